import type { Tx } from '#kernel/db'
import type { Broken, Invariant } from '#kernel/invariant'
import { followedStates } from '#server/engines/audit'
import { customersByIds } from '#server/modules/parties'
import {
  deedNotWritten,
  expectedOffExposed,
  followedSales,
  lineOffPrice,
  quotationHeldBeyond,
  quotationOffOrder,
  shippedNotOwed,
  shippedOffStock,
  stateOffApproval,
} from './chain-invariant-store.ts'
import { returnedOffReturns, returnOffCredit, returnOffStock } from './return-invariant-store.ts'
import {
  brokenAt,
  costOffLedger,
  costOffUnits,
  deliveredOffNotes,
  exposedOffRest,
  heldOffStock,
  marginOffFigures,
  orderedOffExposure,
  plannedBeyondHeld,
  stateOffDelivered,
  totalOffLines,
} from './invariant-store.ts'

/** What must hold of quotations, orders, delivery notes and returns, whatever was done and in whatever order. */
export const salesInvariants: Invariant[] = [
  {
    id: 'I8',
    name: { zh: '明细合计等于单据金额', en: 'Lines add up to the totals of their document' },
    find: async (tx) => brokenAt(await totalOffLines(tx)),
  },
  {
    id: 'I8.line',
    name: { zh: '每行金额等于单价乘数量', en: "A line's amounts follow from its price, quantity and tax" },
    find: async (tx) => brokenAt(await lineOffPrice(tx)),
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
    id: 'I10.shipped',
    name: { zh: '出库单数量等于库存流水', en: 'What a delivery note says has left has left the stock' },
    find: async (tx) => brokenAt(await shippedOffStock(tx)),
  },
  {
    id: 'I10.owed',
    name: { zh: '已出库的都已记应收', en: 'Goods that have left are owed, for what they cost' },
    find: async (tx) => brokenAt(await shippedNotOwed(tx)),
  },
  {
    id: 'I9.returned',
    name: {
      zh: '已退不超过已发，且等于退货单合计',
      en: 'No more has come back than left, and it is what the returns say',
    },
    find: async (tx) => brokenAt(await returnedOffReturns(tx)),
  },
  {
    id: 'I10.returned',
    name: {
      zh: '退货入库的数量和成本等于库存流水',
      en: 'What came back is in the stock ledger, at the cost it had left at',
    },
    find: async (tx) => brokenAt(await returnOffStock(tx)),
  },
  {
    id: 'I10.credited',
    name: { zh: '退货抵减的应收等于退货明细合计', en: 'What a return credits is the sum of its lines' },
    find: async (tx) => brokenAt(await returnOffCredit(tx)),
  },
  {
    id: 'I12.document',
    name: { zh: '单据状态与审批结果一致', en: 'A document waits for its approval, and goes on only when it was given' },
    find: async (tx) => brokenAt(await stateOffApproval(tx)),
  },
  {
    id: 'I15.deed',
    name: { zh: '每次提交、出库、退货都有操作记录', en: 'Every submission, shipment and return is in the audit trail' },
    find: async (tx) => brokenAt(await deedNotWritten(tx)),
  },
  followedStates(
    'I15.sales',
    { zh: '报价、订单、出库单、退货单的状态与操作记录一致', en: 'The audit trail leads to where each sale stands' },
    followedSales,
  ),
  {
    id: 'I9.margin',
    name: { zh: '已出库毛利等于明细与流水重算', en: 'The margin of what has left is what its parts come to' },
    find: async (tx) => brokenAt(await marginOffFigures(tx)),
  },
  {
    id: 'I9.agreed',
    name: { zh: '订单成本等于数量乘确认时单位成本', en: 'The cost an order was agreed at is quantity by unit cost' },
    find: async (tx) => brokenAt(await costOffUnits(tx)),
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
  {
    id: 'S5',
    name: { zh: '订单的回款计划等于其信用占用', en: 'What is expected of an order is what counts of it as ordered' },
    find: async (tx) => brokenAt(await expectedOffExposed(tx)),
  },
  {
    id: 'S6',
    name: { zh: '报价单与订单互相对应', en: 'A quotation and its order know each other' },
    find: async (tx) => brokenAt(await quotationOffOrder(tx)),
  },
  {
    id: 'S7',
    name: { zh: '只有保留中的报价单占用库存', en: 'Stock is held only for quotations that hold it' },
    find: async (tx) => brokenAt(await quotationHeldBeyond(tx)),
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
