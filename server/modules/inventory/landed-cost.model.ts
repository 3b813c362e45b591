import { Decimal, Refusal } from '#contract'
import { split } from './tracking.model.ts'

export type Basis = 'value' | 'quantity'
/** The contract and a CHECK know no other. */
export const basisOf = (sent: string): Basis => (sent === 'quantity' ? 'quantity' : 'value')
/** What was received of an item with one receipt. */
export type ReceivedGoods = {
  goodsReceiptId: string
  warehouseId: string
  itemId: string
  quantity: Decimal
  value: Decimal
}
/** What of a cost falls on them. */
export type Share = ReceivedGoods & { amount: Decimal }

/** Spreads a cost over goods by what they are worth or how many they are; the shares add up to it to the fen. */
export function spread(amount: Decimal, basis: Basis, goods: readonly ReceivedGoods[]): Share[] {
  const weights = goods.map((one) => one[basis])
  if (!Decimal.sum(0, ...weights).gt(0)) throw new Refusal('nothing_to_spread_over')
  const amounts = split(amount, weights)
  return goods.map((one, i) => ({ ...one, amount: amounts[i]! }))
}

type ReceivedLine = { itemId: string; quantity: Decimal; amount: Decimal }
type Received = { id: string; warehouseId: string; lines: readonly ReceivedLine[] }

/** The goods of receipts, each item of a receipt once, in the order of the receipts and of their lines. */
export function goodsOf(receipts: readonly Received[]): ReceivedGoods[] {
  const found = new Map<string, ReceivedGoods>()
  for (const { id: goodsReceiptId, warehouseId, lines } of receipts)
    for (const { itemId, quantity, amount } of lines) {
      const key = `${goodsReceiptId} ${itemId}`
      const before = found.get(key)
      found.set(key, {
        goodsReceiptId,
        warehouseId,
        itemId,
        quantity: quantity.plus(before?.quantity ?? 0),
        value: amount.plus(before?.value ?? 0),
      })
    }
  return [...found.values()].filter(({ quantity }) => quantity.gt(0))
}

/** A layer that goods of a receipt opened; of none: the one into which everything before a change of method went. */
export type LayerOf = { id: string; itemId: string; goodsReceiptId: string | null; quantity: Decimal }
/** A part of a share: on how many goods it falls, and in which layer they are. */
type Part = { share: Share; amount: Decimal; received: Decimal; layerId: string | null }

/** Where shares are put: upon the layers that the goods are in, or upon all of the item where it has none. */
export function partsOf(shares: readonly Share[], layered: ReadonlySet<string>, layers: readonly LayerOf[]): Part[] {
  return shares.flatMap((share): Part[] => {
    const { itemId, goodsReceiptId, amount } = share
    const alike = shares.filter((one) => one.itemId === itemId)
    if (!layered.has(itemId)) return [{ share, amount, received: quantityOf(alike), layerId: null }]
    const ofItem = layers.filter((layer) => layer.itemId === itemId)
    const own = ofItem.filter((layer) => layer.goodsReceiptId === goodsReceiptId)
    if (own.length > 0) {
      const amounts = split(
        amount,
        own.map((layer) => layer.quantity),
      )
      return own.map((layer, i) => ({ share, amount: amounts[i]!, received: layer.quantity, layerId: layer.id }))
    }
    const before = alike.filter((one) => !ofItem.some((layer) => layer.goodsReceiptId === one.goodsReceiptId))
    const opening = ofItem.find((layer) => layer.goodsReceiptId === null)
    return opening ? [{ share, amount, received: quantityOf(before), layerId: opening.id }] : []
  })
}

const quantityOf = (goods: readonly ReceivedGoods[]): Decimal => Decimal.sum(0, ...goods.map((one) => one.quantity))
