import { Decimal, type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { itemsByIds } from '#server/modules/catalog'
import type { inventory, LandedCostPage } from './contract.ts'
import { receivedGoods } from './landed-cost-page.ts'
import { type Landed, type LandedLine, layersOf } from './landed-cost-store.ts'
import { partsOf, type Share, spread } from './landed-cost.model.ts'
import { landedDeeds, receiptsOf } from './landed-costs.ts'
import { postMoves } from './post-moves.ts'
import type { Movement } from './posting.model.ts'
import { lockStock } from './stock-store.ts'

/** Spreads a cost over the goods it brought in: what is still there is worth more, the rest is a cost of what has left. */
export async function postLandedCost(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof inventory)['endpoints']['postLandedCost']>,
): Promise<LandedCostPage> {
  const before = await landedDeeds.held(tx, caller, input, 'post')
  const receipts = await receiptsOf(tx, before)
  const on = input.on ?? dayAt(caller.at)
  const late = receipts.find(({ receivedOn }) => receivedOn !== null && on < receivedOn)
  if (late) throw new Refusal('cost_before_goods', { receipt: late.number, day: late.receivedOn ?? '' })

  const shares = spread(before.amount, before.basis, receivedGoods(receipts))
  const lines = await put(tx, caller, before, shares, on)
  return landedDeeds.changed(tx, caller, 'post', before, { ...before, state: 'posted', postedOn: on, lines })
}

/** Puts shares upon the stock; answers what of each stayed there. */
async function put(tx: Tx, caller: Caller, cost: Landed, shares: readonly Share[], on: string): Promise<LandedLine[]> {
  const named = shares.map((share) => ({ ...share, lineId: newId() }))
  const itemIds = shares.map(({ itemId }) => itemId)
  // How costs of an item are kept is read under its lock, in the same order as every posting takes it.
  const { layers } = await lockStock(
    tx,
    named.map((share) => movement(share, new Decimal(0))),
  )
  const known = await layersOf(tx, [...layers.keys()], cost.receiptIds)
  const movements = partsOf(named, new Set(layers.keys()), known).map(({ share, amount, received, layerId }) => ({
    ...movement(
      named.find((one) => one.itemId === share.itemId && one.goodsReceiptId === share.goodsReceiptId)!,
      amount,
    ),
    upon: { received, layerId },
  }))
  const source = { document: 'landed_cost', id: cost.id, number: cost.number }
  const moves = await postMoves(
    tx,
    caller,
    { source, kind: 'revaluation', on, movements },
    await itemsByIds(tx, itemIds),
  )
  return named.map(({ lineId, goodsReceiptId, itemId, amount }) => {
    const inStock = Decimal.sum(0, ...moves.filter((move) => move.lineId === lineId).map((move) => move.cost))
    return { id: lineId, goodsReceiptId, itemId, amount, inStock, expensed: amount.minus(inStock) }
  })
}

const movement = ({ lineId, itemId, warehouseId }: Share & { lineId: string }, value: Decimal): Movement => ({
  lineId,
  itemId,
  warehouseId,
  quantity: new Decimal(0),
  lotId: null,
  serialId: null,
  value,
})
