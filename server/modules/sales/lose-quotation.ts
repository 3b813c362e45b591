import type { Input } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import type { Job } from '#kernel/events'
import { perform } from '#kernel/perform'
import type { QuotationAnswer, sales } from './contract.ts'
import type { QuotationExpired, QuotationLost } from './facts.ts'
import { withoutHold } from './hold-quotation.ts'
import { moveQuotation, quotationBody } from './move-quotation.ts'
import { quotationDeeds } from './policy.ts'
import { lockQuotation, overdueQuotationIds } from './quotation-store.ts'
import { quotationAnswer } from './quotation-view.ts'
import { quotationMoves } from './quotation.document.ts'
import type { Quotation } from './quotation.model.ts'
import { holdQuotationFor } from './see-quotation.ts'

/** The customer bought elsewhere, or not at all. */
export async function loseQuotation(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof sales)['endpoints']['loseQuotation']>,
): Promise<QuotationAnswer> {
  const before = await holdQuotationFor(tx, caller, input, quotationDeeds.lose)
  const note = [before.note, input.reason].filter(Boolean).join('\n')
  const after: Quotation = { ...(await withoutHold(tx, before)), state: 'lost', note }
  const fact: QuotationLost = { name: 'sales.quotation-lost', body: quotationBody(before) }
  return quotationAnswer(tx, caller, await moveQuotation(tx, caller, 'lose', { before, after, facts: [fact] }))
}

const atOnce = 200

/** Quotations whose day is over expire, and what was held for them is free. */
async function expireQuotations(tx: Tx, caller: Caller): Promise<number> {
  const ids = await overdueQuotationIds(tx, dayAt(caller.at), atOnce)
  for (const id of ids) await expireQuotation(tx, caller, id)
  return ids.length
}

async function expireQuotation(tx: Tx, caller: Caller, id: string): Promise<void> {
  const before = await lockQuotation(tx, id)
  if (!before || !quotationMoves.expire.from.some((state) => state === before.state)) return
  const after: Quotation = { ...(await withoutHold(tx, before)), state: 'expired' }
  const fact: QuotationExpired = { name: 'sales.quotation-expired', body: quotationBody(before) }
  await moveQuotation(tx, caller, 'expire', { before, after, facts: [fact] })
}

export const expireQuotationsJob: Job = {
  name: 'sales.expire-quotations',
  cron: '10 0 * * *',
  run: async (caller) => {
    for (let expired = atOnce; expired === atOnce;) expired = await perform(caller, expireQuotations, undefined)
  },
}
