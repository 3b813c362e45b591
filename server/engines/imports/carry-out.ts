import { Refusal } from '#contract'
import { systemCaller } from '#kernel/caller'
import { inNameOf } from '#kernel/in-name-of'
import { ask, perform } from '#kernel/perform'
import { readTable, UnreadableTable } from '#kernel/workbooks'
import { checkRows } from './check-rows.ts'
import { contentOf, findAnyImport, type StoredImport } from './import-store.ts'
import { saveBatch } from './save-batch.ts'
import { stopImport } from './stop-import.ts'
import { storeSheet } from './store-sheet.ts'
import { undoRows } from './undo-rows.ts'

/**
 * Does what an import's state asks for, until it asks for nothing more. Each step is a transaction that looks at the state again, so that it
 * may be begun twice and goes on where it ended. It acts in the name of whoever brought the table, with the rights that he has at each step.
 */
export async function carryOut(id: string): Promise<void> {
  for (;;) {
    const run = await ask(systemCaller(new Date()), findRun, id)
    const step = run && steps[run.state]
    if (!step) return
    try {
      await step(run)
    } catch (error) {
      const refusal = error instanceof UnreadableTable ? new Refusal(error.reason) : error
      if (!(refusal instanceof Refusal)) throw error
      await perform(systemCaller(new Date(), run.createdBy), stopImport, { id, state: run.state, refusal })
    }
  }
}

const findRun = (tx: Parameters<typeof findAnyImport>[0], _caller: unknown, id: string) => findAnyImport(tx, id)

type Step = (run: StoredImport) => Promise<void>
const steps: Record<string, Step> = {
  reading: async (run) => {
    const table = await readTable((await ask(systemCaller(new Date()), findContent, run.id)) ?? new Uint8Array())
    await perform(await callerNow(run), storeSheet, { id: run.id, table })
  },
  checking: async (run) => perform(await callerNow(run), checkRows, { id: run.id }),
  importing: async (run) => perform(await callerNow(run), saveBatch, { id: run.id }),
  undoing: async (run) => perform(await callerNow(run), undoRows, { id: run.id }),
}

const findContent = (tx: Parameters<typeof contentOf>[0], _caller: unknown, id: string) => contentOf(tx, id)

const callerNow = ({ createdBy }: StoredImport) => {
  const at = new Date()
  return ask(systemCaller(at), (tx) => inNameOf(tx, createdBy, { via: 'import', at }), undefined)
}
