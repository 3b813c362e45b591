import { setTimeout as pause } from 'node:timers/promises'
import { type Lang, Refusal, say } from '#contract'
import { note } from '#server/engines/audit'
import { type Caller, systemCaller, type Via } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { inNameOf } from '#kernel/in-name-of'
import { log } from '#kernel/log'
import { ask, askAtOneMoment, perform } from '#kernel/perform'
import { openWorkbook } from '#kernel/workbooks'
import { inWords } from './create-export.ts'
import { findAnyExport, keepProgress, keepWorkbook, refuseExport, type StoredExport } from './export-store.ts'
import { allowExports } from './policy.ts'
import { readList } from './read-list.ts'
import { exportableOf, shapeOf } from './registry.ts'

/** How often somebody who waits is told how far it is. */
const toldEveryMs = 1_000
/** After each page others have their turn: a long list takes longer, and nobody else notices. */
const restShare = 0.5

/**
 * Makes the workbook that was asked for, in the name of whoever asked and with the rights that he has now. Begun twice, it is kept once. Somebody
 * waits for it, so what goes wrong is told him at once, and he presses again: nothing is tried in the background.
 */
export async function makeExport(id: string): Promise<void> {
  const run = await ask(systemCaller(new Date()), findRun, id)
  if (run?.state !== 'making') return
  try {
    await make(run)
  } catch (error) {
    if (!(error instanceof Refusal)) log.error({ err: error, export: id }, 'an export failed')
    const reason = error instanceof Refusal ? error : 'export_failed'
    await perform(systemCaller(new Date(), run.createdBy), refuse, { id, reason })
  }
}

const findRun = (tx: Tx, _caller: Caller, id: string) => findAnyExport(tx, id)
const refuse = (tx: Tx, caller: Caller, { id, reason }: { id: string; reason: string | Refusal }): Promise<void> =>
  refuseExport(tx, id, inWords(reason), caller.at)

async function make(run: StoredExport): Promise<void> {
  const caller = await whoAsked(run)
  allowExports(caller)
  const filter = run.filter as Record<string, string> // as the contract took it
  const workbook = openWorkbook()
  try {
    const reading = { list: run.list, filter, workbook, betweenPages: betweenPages(run.id) }
    const rows = await askAtOneMoment(caller, readList, reading)
    const content = await workbook.written()
    await perform({ ...caller, at: new Date() }, keep, { run, rows, content })
  } finally {
    workbook.drop()
  }
}

function whoAsked({ createdBy, via, lang }: StoredExport): Promise<Caller> {
  const at = new Date()
  // Both were a caller's when the export was asked for.
  const call = { via: via as Via, lang: lang as Lang, at }
  return ask(systemCaller(at), (tx) => inNameOf(tx, createdBy, call), undefined)
}

/** Rests after each page, and now and then writes down how far it is. Nobody waits for that: a figure that is lost is made up for by the next. */
function betweenPages(id: string): (rows: number) => Promise<void> {
  let [toldAt, begunAt] = [Date.now(), Date.now()]
  return async (rows) => {
    await pause((Date.now() - begunAt) * restShare)
    begunAt = Date.now()
    if (begunAt - toldAt < toldEveryMs) return
    toldAt = begunAt
    ask(systemCaller(new Date()), (tx) => keepProgress(tx, id, rows), undefined).catch((error: unknown) =>
      log.warn({ err: error, export: id }, 'how far an export is could not be told'),
    )
  }
}

type Made = { run: StoredExport; rows: number; content: Uint8Array }

/** Keeps the workbook, and in the trail that it left the house: who took which list, how it was narrowed, and how many rows it had. */
async function keep(tx: Tx, caller: Caller, { run, rows, content }: Made): Promise<void> {
  const { label } = await shapeOf(tx, exportableOf(run.list))
  const made = {
    rowCount: rows,
    fileName: `${say(label, caller.lang)}-${dayAt(caller.at)}.xlsx`,
    content: new Uint8Array(content),
    finishedAt: caller.at,
  }
  if (!(await keepWorkbook(tx, run.id, made))) return
  const changes = [
    { field: 'list', before: null, after: run.list },
    { field: 'filter', before: null, after: run.filter },
    { field: 'rows', before: null, after: rows },
  ]
  await note(tx, caller, { document: 'export', id: run.id, action: 'export', changes })
}
