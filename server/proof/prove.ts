import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { invariants } from './invariants.ts'
import type { ProofResult } from './contract.ts'
import type { ProofFinished } from './facts.ts'

/** Asks every invariant of the house; one that fails names the first document where it does. */
export async function prove(tx: Tx, caller: Caller): Promise<ProofResult> {
  allow(caller, 'reconcile.run', { zh: '对账', en: 'prove the books' })
  const startedMs = Date.now()
  const findings: ProofResult['findings'] = []
  for (const { id, name, find } of invariants) {
    const broken = await find(tx)
    if (broken)
      findings.push({
        id,
        name,
        document: broken.document,
        documentId: broken.id,
        number: broken.number,
        detail: broken.detail,
      })
  }
  return {
    at: caller.at.toISOString(),
    ms: Date.now() - startedMs,
    checked: invariants.map(({ id, name }) => ({ id, name })),
    findings,
  }
}

/** The nightly run: the result is told to whoever listens. */
export async function proveNightly(tx: Tx, caller: Caller): Promise<void> {
  const finished: ProofFinished = { name: 'proof.finished', body: await prove(tx, caller) }
  await publish(tx, caller, [finished])
}
