import type { Invariant } from '#kernel/invariant'
import { followedStates } from '#server/engines/audit'
import { landedOffLedger, layerOffUses, layersOffWorth, moveOffUses } from './cost-invariant-store.ts'
import {
  balanceOffLedger,
  checkpointOffLedger,
  documentOffLedger,
  historyBelowZero,
  lotOffLedger,
  numberOutOfSequence,
  partsOffBalance,
  reservedBeyondStock,
  reservedOffHolds,
  serialOffLedger,
  worthOffLedger,
} from './invariant-store.ts'
import { followedStock, heldTooLong, moveUntracked, serialOffTransfer } from './tracking-invariant-store.ts'

/** What must hold of the stock, whatever was done and in whatever order. */
export const inventoryInvariants: Invariant[] = [
  {
    id: 'I1',
    name: { zh: '现存量等于库存流水合计', en: 'What is on hand is the sum of the moves' },
    find: balanceOffLedger,
  },
  {
    id: 'I1.lot',
    name: { zh: '批次现存量等于库存流水合计', en: 'What is there of a lot is the sum of its moves' },
    find: lotOffLedger,
  },
  {
    id: 'I1.serial',
    name: { zh: '序列号在流水所到的仓库', en: 'A serial number is where its moves brought it' },
    find: serialOffLedger,
  },
  {
    id: 'I1.tracked',
    name: {
      zh: '批次、序列号商品的流水都写明批次、序列号',
      en: 'A move of a tracked item names its lot or serial number',
    },
    find: moveUntracked,
  },
  {
    id: 'I1.transit',
    name: { zh: '在途序列号都在未收货的调拨单上', en: 'A serial number on the way is on a transfer, and the reverse' },
    find: serialOffTransfer,
  },
  {
    id: 'I1.checkpoint',
    name: { zh: '库存结存点等于库存流水合计', en: 'A checkpoint of the stock is the sum of the moves until its day' },
    find: checkpointOffLedger,
  },
  {
    id: 'I2',
    name: { zh: '占用等于未释放的预留合计', en: 'What is reserved is the sum of the open holds' },
    find: reservedOffHolds,
  },
  {
    id: 'I2.expired',
    name: { zh: '到期的占用已经释放', en: 'A hold whose time is over is let go' },
    find: heldTooLong,
  },
  { id: 'I3', name: { zh: '占用不超过现存量', en: 'No more is reserved than is there' }, find: reservedBeyondStock },
  {
    id: 'I3.history',
    name: { zh: '任何一天的库存都不为负', en: 'On no day of the history was stock below zero' },
    find: historyBelowZero,
  },
  {
    id: 'I4',
    name: { zh: '批次、序列号合计等于现存量', en: 'Lots and serial numbers make up what is on hand' },
    find: partsOffBalance,
  },
  {
    id: 'I4.value',
    name: { zh: '库存金额等于成本流水加调拨在途', en: 'Stock value is the sum of the moves and of what is on the way' },
    find: worthOffLedger,
  },
  {
    id: 'I4.layers',
    name: { zh: '成本层合计等于库存金额', en: 'Cost layers make up the value of the stock' },
    find: layersOffWorth,
  },
  {
    id: 'I4.uses',
    name: { zh: '成本层减少的部分都有去处', en: 'What is missing from a cost layer was taken by something' },
    find: layerOffUses,
  },
  {
    id: 'I4.moves',
    name: { zh: '出库成本等于取自各成本层的合计', en: 'A move cost what was taken from layers for it' },
    find: moveOffUses,
  },
  {
    id: 'I10.landed',
    name: {
      zh: '分摊的费用等于计入库存加计入销售成本',
      en: 'A cost is spread to the fen, into stock and cost of sales',
    },
    find: landedOffLedger,
  },
  {
    id: 'I10.stock',
    name: { zh: '库存单据与库存流水一一对应', en: 'Stock documents and stock moves agree' },
    find: documentOffLedger,
  },
  followedStates(
    'I15.stock',
    { zh: '库存单据的状态与操作记录一致', en: 'The audit trail leads to where each stock document stands' },
    followedStock,
  ),
  {
    id: 'I17.stock',
    name: { zh: '库存单号都由编号规则给出', en: 'Every stock document has a number that was given' },
    find: numberOutOfSequence,
  },
]
