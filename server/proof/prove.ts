import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { newId } from '#kernel/ids'
import { log } from '#kernel/log'
import { perform } from '#kernel/perform'
import type { ProofResult, ProofRun } from './contract.ts'
import type { ProofFinished } from './facts.ts'
import { invariants } from './invariants.ts'
import { insertRun } from './run-store.ts'
import { mayProve, nameOf } from './runs.ts'

/** Asks every invariant of the house; one that fails names the first document where it does. */
export async function prove(tx: Tx, caller: Caller): Promise<ProofResult> {
  mayProve(caller)
  // Whole ledgers are put in order and added up: in the room that an ordinary statement is given, most of it would go by way of the disk.
  await tx.$executeRaw`set local work_mem = '32MB'`
  const startedMs = Date.now()
  const checked: ProofResult['checked'] = []
  const findings: ProofResult['findings'] = []
  for (const { id, name, find } of invariants) {
    const askedMs = Date.now()
    const broken = await find(tx)
    checked.push({ id, name, ms: Date.now() - askedMs })
    if (!broken) continue
    const { document, id: documentId, number, detail } = broken
    findings.push({ id, name, document, documentId, number, detail })
  }
  return { at: caller.at.toISOString(), ms: Date.now() - startedMs, checked, findings }
}

/** Proves the books now, and keeps what was found. */
export async function proveNow(tx: Tx, caller: Caller): Promise<ProofRun> {
  const result = await prove(tx, caller)
  const run = { id: newId(), by: caller.personId, isNightly: false }
  await insertRun(tx, { ...run, ...result })
  return { ...result, ...run, by: await nameOf(tx, run.by) }
}

/** The nightly run: what it found is kept, and told to whoever listens. A run that could not be finished is told as a fault. */
export async function proveNightly(caller: Caller): Promise<void> {
  try {
    await perform(caller, async (tx) => tell(tx, caller, await prove(tx, caller)), undefined)
  } catch (error) {
    const fault = newId()
    log.error({ err: error, fault }, 'the nightly proof could not be finished')
    await perform(caller, (tx) => tell(tx, caller, unfinished(caller, fault)), undefined)
  }
}

async function tell(tx: Tx, caller: Caller, body: ProofResult): Promise<void> {
  await insertRun(tx, { ...body, id: newId(), by: caller.personId, isNightly: true })
  await publish(tx, caller, [{ name: 'proof.finished', body } satisfies ProofFinished])
}

/** What is told when nobody knows whether the books are right. */
function unfinished({ at }: Caller, fault: string): ProofResult {
  const check = {
    id: 'proof',
    name: { zh: '对账没有完成，请联系管理员', en: 'The proof was not finished; tell your administrator' },
  }
  const finding = { ...check, document: 'fault', documentId: fault, number: fault, detail: fault }
  return { at: at.toISOString(), ms: 0, checked: [{ ...check, ms: 0 }], findings: [finding] }
}
