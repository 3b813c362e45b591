import type { CostedReceipt, LandedCostPage } from '#contract/modules/inventory'

/** A receipt that a cost is spread over, as the form shows it. */
export type ChosenReceipt = { id: string; number: string; words: string }
/** A cost being written down, as it is kept on the device until the server has it. */
type LandedCostEntry = {
  head: Record<string, unknown> & { custom?: Record<string, unknown> }
  receipts: ChosenReceipt[]
}
/** A cost that is there, as the form takes it up. */
export type BegunCost = { id: string; version: number; names: Record<string, string>; entry: LandedCostEntry }

export const newEntry = (): LandedCostEntry => ({
  head: { kind: 'freight', supplierId: null, amount: null, basis: 'value', note: '' },
  receipts: [],
})

export const chosenOf = ({ id, number, supplier, warehouse }: Omit<CostedReceipt, 'receivedOn'>): ChosenReceipt => ({
  id,
  number,
  words: [supplier, warehouse].filter(Boolean).join(' · '),
})

export const begunFrom = ({ landedCost: cost, receipts }: LandedCostPage): BegunCost => ({
  id: cost.id,
  version: cost.version,
  names: cost.names,
  entry: {
    head: {
      kind: cost.kind,
      supplierId: cost.supplierId ?? null,
      amount: cost.amount ?? null,
      basis: cost.basis,
      note: cost.note ?? '',
      custom: { ...cost.custom },
    },
    receipts: receipts.map(chosenOf),
  },
})

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** As the contract wants it; what is missing the server names with its field. */
export const sentEntry = ({ head, receipts }: LandedCostEntry) => ({
  ...head,
  kind: text(head['kind']),
  basis: text(head['basis']),
  amount: text(head['amount']),
  receiptIds: receipts.map(({ id }) => id),
})
