import { Decimal } from '#contract'

export type LotChoice = { lotId: string; code: string; expiresOn: string | null; quantity: Decimal }
export type SerialChoice = { serialId: string; code: string }
/** `short`: what no lot covers. Items that are kept by neither have no choice to make and are short of all. */
export type Proposal = { lots: LotChoice[]; serials: SerialChoice[]; short: Decimal }

type Line = { itemId: string; warehouseId: string; quantity: Decimal }
type Lot = {
  lotId: string
  code: string
  itemId: string
  warehouseId: string
  onHand: Decimal
  expiresOn: string | null
}
type Serial = { serialId: string; code: string; itemId: string; warehouseId: string }

/** Serves the lines in their order from lots and serial numbers in theirs. */
export function proposed(lines: readonly Line[], lots: readonly Lot[], serials: readonly Serial[]): Proposal[] {
  const left = new Map(lots.map((lot) => [lot, lot.onHand]))
  const free = new Set(serials)
  const isHere = (line: Line) => (one: Lot | Serial) =>
    one.itemId === line.itemId && one.warehouseId === line.warehouseId
  return lines.map((line) => {
    const proposal: Proposal = { lots: [], serials: [], short: line.quantity }
    for (const lot of lots.filter(isHere(line))) {
      const quantity = Decimal.min(left.get(lot)!, proposal.short)
      if (quantity.lte(0)) continue
      left.set(lot, left.get(lot)!.minus(quantity))
      proposal.lots.push({ lotId: lot.lotId, code: lot.code, expiresOn: lot.expiresOn, quantity })
      proposal.short = proposal.short.minus(quantity)
    }
    for (const serial of [...free].filter(isHere(line))) {
      if (proposal.short.lt(1)) break
      free.delete(serial)
      proposal.serials.push({ serialId: serial.serialId, code: serial.code })
      proposal.short = proposal.short.minus(1)
    }
    return proposal
  })
}
