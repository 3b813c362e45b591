import { type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { release, reserve } from '#server/modules/inventory'
import type { QuotationAnswer, sales } from './contract.ts'
import { moveQuotation } from './move-quotation.ts'
import { quotationDeeds } from './policy.ts'
import { quotationAnswer } from './quotation-view.ts'
import type { Quotation } from './quotation.model.ts'
import { holdQuotationFor } from './see-quotation.ts'

type Endpoints = (typeof sales)['endpoints']

/** Holds all of a quotation's goods until a moment, or none of them. Asked again, it moves the moment. */
export async function holdQuotation(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['holdQuotation']>,
): Promise<QuotationAnswer> {
  const before = await holdQuotationFor(tx, caller, input, quotationDeeds.hold)
  const until = new Date(input.until)
  if (until <= caller.at || dayAt(until) > before.validUntil) throw new Refusal('bad_hold', { day: before.validUntil })

  await release(tx, before.id)
  await reserve(tx, caller, {
    source: { document: 'quotation', id: before.id, number: before.number ?? '' },
    expiresAt: until,
    lines: before.lines.map(({ id, itemId, quantity }) => ({
      lineId: id,
      itemId,
      warehouseId: before.warehouseId,
      quantity,
    })),
    partial: false,
  })
  return quotationAnswer(
    tx,
    caller,
    await moveQuotation(tx, caller, 'hold', { before, after: { ...before, heldUntil: until } }),
  )
}

/** Gives back what was held for a quotation before its moment has come. */
export async function releaseQuotation(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['releaseQuotation']>,
): Promise<QuotationAnswer> {
  const before = await holdQuotationFor(tx, caller, input, quotationDeeds.release)
  return quotationAnswer(
    tx,
    caller,
    await moveQuotation(tx, caller, 'release', { before, after: await withoutHold(tx, before) }),
  )
}

/** A quotation for which nothing is held any more. */
export async function withoutHold(tx: Tx, quotation: Quotation): Promise<Quotation> {
  await release(tx, quotation.id)
  return { ...quotation, heldUntil: null }
}
