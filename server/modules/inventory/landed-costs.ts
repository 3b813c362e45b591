import { Decimal, type Input, type Output, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { nextNumber } from '#kernel/numbers'
import { pageFrom } from '#kernel/paging'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { suppliersByIds } from '#server/modules/parties'
import { goodsReceipt, type inventory, type LandedCostPage } from './contract.ts'
import { listKeys } from './document-list-store.ts'
import { findReceipt, type Receipt } from './goods-receipt-store.ts'
import { landedPage, landedRow, landedViews, receivedGoods } from './landed-cost-page.ts'
import { insertLanded, type Landed, listLanded, saveLanded } from './landed-cost-store.ts'
import { basisOf, spread } from './landed-cost.model.ts'
import { allowCosts, allowWriting, reached } from './policy.ts'
import { seeLanded, seeReceipt } from './see-documents.ts'
import { stockDeeds } from './stock-deeds.ts'

type Endpoints = (typeof inventory)['endpoints']

export const landedDeeds = stockDeeds({
  name: 'landed_cost',
  see: seeLanded,
  insert: insertLanded,
  save: saveLanded,
  besides: (tx, costs: readonly Landed[]) => receiptsOf(tx, costs.at(-1)!), // there is one at least
  row: (_tx, cost) => landedRow(cost),
  page: landedPage,
})

export async function landedCosts(
  tx: Tx,
  caller: Caller,
  { limit, ...filter }: Input<Endpoints['landedCosts']>,
): Promise<Output<Endpoints['landedCosts']>> {
  allowCosts(caller)
  const found = await listLanded(tx, { ...filter, warehouses: reached(caller) }, limit)
  const { rows, cursor } = pageFrom(found, limit, listKeys)
  return { rows: await landedViews(tx, caller, rows), cursor }
}

export async function landedCost(tx: Tx, caller: Caller, { id }: { id: string }): Promise<LandedCostPage> {
  return landedDeeds.shown(tx, caller, id)
}

/** A cost as it was billed; nothing is worth more until it is spread. */
export async function createLandedCost(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['createLandedCost']>,
): Promise<LandedCostPage> {
  const document = await documentFor(tx, 'landed_cost')
  allowCosts(caller)
  allowWriting(caller, document)
  await checkWritten(tx, caller, document, input, 'create')
  const cost: Landed = {
    id: input.id,
    number: await nextNumber('LC', caller.at),
    state: 'draft',
    kind: input.kind,
    supplierId: input.supplierId ?? null,
    amount: new Decimal(input.amount),
    basis: basisOf(input.basis),
    postedOn: null,
    note: input.note ?? '',
    custom: mergedCustom(null, input.custom),
    version: 1,
    createdAt: caller.at,
    createdBy: caller.personId,
    receiptIds: [...new Set(input.receiptIds)],
    lines: [],
  }
  await assertSound(tx, caller, cost)
  return landedDeeds.created(tx, caller, cost)
}

export async function editLandedCost(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['editLandedCost']>,
): Promise<LandedCostPage> {
  const before = await landedDeeds.held(tx, caller, input, 'edit')
  await checkWritten(tx, caller, await documentFor(tx, 'landed_cost'), input, 'patch')
  const after: Landed = {
    ...before,
    kind: input.kind ?? before.kind,
    supplierId: input.supplierId === undefined ? before.supplierId : input.supplierId,
    amount: new Decimal(input.amount ?? before.amount),
    basis: input.basis ? basisOf(input.basis) : before.basis,
    note: input.note ?? before.note,
    custom: mergedCustom(before.custom, input.custom),
    receiptIds: input.receiptIds ? [...new Set(input.receiptIds)] : before.receiptIds,
  }
  await assertSound(tx, caller, after)
  return landedDeeds.changed(tx, caller, 'edit', before, after)
}

export async function cancelLandedCost(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['cancelLandedCost']>,
): Promise<LandedCostPage> {
  const before = await landedDeeds.held(tx, caller, input, 'cancel')
  return landedDeeds.changed(tx, caller, 'cancel', before, { ...before, state: 'cancelled' })
}

/** The receipts it is spread over, of which a caller who sees one sees all: the shares make no sense apart. */
export async function receiptsOf(tx: Tx, { receiptIds }: Landed): Promise<Receipt[]> {
  const receipts = []
  for (const id of receiptIds) receipts.push(await findReceipt(tx, id))
  return receipts
}

/** Refuses what could not be spread. */
async function assertSound(tx: Tx, caller: Caller, { amount, basis, supplierId, receiptIds }: Landed): Promise<void> {
  if (amount.isZero()) throw new Refusal('nothing_to_spread')
  if (supplierId && !(await suppliersByIds(tx, [supplierId])).has(supplierId))
    throw new Refusal('not_found', { what: { zh: '供应商', en: 'supplier' } })
  const receipts = []
  for (const id of receiptIds) {
    const receipt = await seeReceipt(tx, caller, id)
    if (receipt.state !== 'received')
      throw new Refusal('wrong_state', {
        document: goodsReceipt.label,
        state: goodsReceipt.states?.[receipt.state === 'expected' ? 'expected' : 'cancelled'].label ?? receipt.state,
        doing: { zh: '分摊费用', en: 'have costs spread over it' },
      })
    receipts.push(receipt)
  }
  spread(amount, basis, receivedGoods(receipts))
}
