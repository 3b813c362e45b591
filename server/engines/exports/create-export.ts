import { type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import type { exports, ExportView } from './contract.ts'
import { findExport, giveUpExports, insertExport } from './export-store.ts'
import { readExport } from './export-view.ts'
import type { ExportAsked } from './facts.ts'
import { allowExports } from './policy.ts'
import { askedOf, exportableOf, narrowing } from './registry.ts'

/** Longer than any list takes. */
const givenUpAfterMs = 15 * 60_000

/** Asks for a list as a workbook, which is made behind the request. Whoever may not read the list is told at once. */
export async function createExport(
  tx: Tx,
  caller: Caller,
  { id, list, filter: sent }: Input<(typeof exports)['endpoints']['createExport']>,
): Promise<ExportView> {
  allowExports(caller)
  const { read } = exportableOf(list)
  const filter = narrowing(sent)
  await read(tx, caller, { ...askedOf(list, filter), limit: 1 })

  const { personId: createdBy, lang, via, at: createdAt } = caller
  await giveUpExports(tx, createdBy, new Date(createdAt.getTime() - givenUpAfterMs), inWords('export_failed'))
  if (await insertExport(tx, { id, list, filter, lang, via, createdBy, createdAt }))
    await publish(tx, caller, [{ name: 'exports.asked', body: { exportId: id } } satisfies ExportAsked])
  else if (!(await findExport(tx, id, createdBy))) throw new Refusal('export_under_way')
  return readExport(tx, caller, { id })
}

/** A refusal as it is kept, for a reader of either language. */
export function inWords(reason: string | Refusal): { zh: string; en: string } {
  const refusal = typeof reason === 'string' ? new Refusal(reason) : reason
  return { zh: refusal.say('zh'), en: refusal.say('en') }
}
