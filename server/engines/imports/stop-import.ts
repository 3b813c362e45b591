import type { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { ImportState } from './contract.ts'
import { holdImport, updateImport } from './import-store.ts'

/** Where an import stands when its step was refused. */
const after: Partial<Record<string, ImportState>> = {
  reading: 'unreadable',
  checking: 'mapping',
  importing: 'stopped',
  undoing: 'done',
}

/** A step has nobody to tell: its refusal becomes a state, with the reason beside it. */
export async function stopImport(
  tx: Tx,
  _caller: Caller,
  { id, state, refusal }: { id: string; state: string; refusal: Refusal },
): Promise<void> {
  const run = await holdImport(tx, id)
  const next = after[state]
  if (run.state !== state || !next) return
  const problem = { zh: refusal.say('zh'), en: refusal.say('en') }
  await updateImport(tx, id, { state: next, problem, ...(next === 'unreadable' && { content: null }) })
}
