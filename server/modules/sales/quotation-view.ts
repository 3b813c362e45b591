import type { View } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { documentFor, present, type Row, withOwnNames } from '#server/engines/forms'
import type { QuotationAnswer } from './contract.ts'
import { reasonsFor } from './judge-sale.ts'
import { linksOf } from './linked-names.ts'
import { marginBands } from './margin-bands.ts'
import { orderLabels } from './order-list-store.ts'
import { enteredText, marginOf, soldLineRow } from './order-view.ts'
import { can, quotationDeeds } from './policy.ts'
import type { quotation as quotationDocument } from './quotation.document.ts'
import type { Quotation } from './quotation.model.ts'

type QuotationView = View<typeof quotationDocument>

/** Quotations as the caller may see them, with the names of what they link to. */
export async function quotationViews(
  tx: Tx,
  caller: Caller,
  quotations: readonly Quotation[],
): Promise<QuotationView[]> {
  const document = await documentFor(tx, 'quotation')
  const links = await linksOf(tx, caller, quotations)
  const bands = await marginBands(tx)
  const orders = await orderLabels(
    tx,
    quotations.flatMap(({ orderId }) => orderId ?? []),
  )
  const views = quotations.map((quotation) => {
    const row = { ...quotation, ...marginOf(quotation, bands) }
    const orderNumber = quotation.orderId ? orders.get(quotation.orderId)?.number : undefined
    const names = { ...links.names(quotation), ...(orderNumber ? { orderId: orderNumber } : {}) }
    const lines = quotation.lines.map((line) => soldLineRow(line, links))
    const view = present(document, caller, row, { can: can(caller, quotationDeeds, quotation.state), names, lines })
    return view // documentFor answers the quotation's own descriptor, with the company's fields beside it
  })
  return withOwnNames(tx, caller, document, views)
}

export async function quotationView(tx: Tx, caller: Caller, quotation: Quotation): Promise<QuotationView> {
  const [view] = await quotationViews(tx, caller, [quotation])
  return view!
}

/** What a command on a quotation answers. */
export const quotationAnswer = async (tx: Tx, caller: Caller, quotation: Quotation): Promise<QuotationAnswer> => ({
  quotation: await quotationView(tx, caller, quotation),
  reasons: await reasonsFor(tx, caller, 'quotation', quotation.reasons),
})

/** A quotation as the audit compares it: what was typed stands as text. */
export const auditedQuotation = (quotation: Quotation): Row & { lines: Row[] } => ({
  ...quotation,
  lines: quotation.lines.map((line) => ({ ...line, entered: enteredText(line.entered) })),
})
