import type { Tx } from '#kernel/db'
import type { Broken, Invariant } from '#kernel/invariant'
import { customersByIds } from '#server/modules/parties'
import {
  brokenAt,
  costOffLedger,
  deliveredOffNotes,
  exposedOffRest,
  heldOffStock,
  orderedOffExposure,
  plannedBeyondHeld,
  stateOffDelivered,
  totalOffLines,
} from './invariant-store.ts'

/** What must hold of quotations, orders and delivery notes, whatever was done and in whatever order. */
export const salesInvariants: Invariant[] = [
  {
    id: 'I8',
    name: { zh: '明细合计等于单据金额', en: 'Lines add up to the totals of their document' },
    find: async (tx) => brokenAt(await totalOffLines(tx)),
  },
  {
    id: 'I9',
    name: {
      zh: '已发货不超过订货，且等于出库单合计',
      en: 'No more has left than was ordered, and it is what the notes say',
    },
    find: async (tx) => brokenAt(await deliveredOffNotes(tx)),
  },
  {
    id: 'I9.state',
    name: { zh: '订单状态与发货数量一致', en: "An order's state tells how much has left" },
    find: async (tx) => brokenAt(await stateOffDelivered(tx)),
  },
  {
    id: 'I9.cost',
    name: { zh: '出库成本等于库存流水', en: 'What a delivery cost is what the stock ledger says' },
    find: async (tx) => brokenAt(await costOffLedger(tx)),
  },
  {
    id: 'S1',
    name: {
      zh: '订单占用等于库存预留，只有进行中的订单占用',
      en: 'Orders under way, and only they, hold what the stock holds for them',
    },
    find: async (tx) => brokenAt(await heldOffStock(tx)),
  },
  {
    id: 'S2',
    name: { zh: '待出库数量不超过占用', en: 'No more is planned to leave than is held' },
    find: async (tx) => brokenAt(await plannedBeyondHeld(tx)),
  },
  {
    id: 'S3',
    name: { zh: '客户已下单占用等于其订单合计', en: 'What counts as ordered of a customer is the sum of his orders' },
    find: orderedOff,
  },
  {
    id: 'S4',
    name: { zh: '订单占用信用等于未发货金额', en: 'An order counts with what has not left' },
    find: async (tx) => brokenAt(await exposedOffRest(tx)),
  },
]

async function orderedOff(tx: Tx): Promise<Broken | null> {
  const found = await orderedOffExposure(tx)
  if (!found) return null
  const customer = (await customersByIds(tx, [found.customerId])).get(found.customerId)
  return {
    document: 'customer',
    id: found.customerId,
    number: customer?.number ?? found.customerId,
    detail: `${found.left.toFixed(2)} ≠ ${found.right.toFixed(2)}`,
  }
}
