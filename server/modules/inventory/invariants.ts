import type { Invariant } from '#kernel/invariant'
import {
  balanceOffLedger,
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
    id: 'I2',
    name: { zh: '占用等于未释放的预留合计', en: 'What is reserved is the sum of the open holds' },
    find: reservedOffHolds,
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
    id: 'I10.stock',
    name: { zh: '库存单据与库存流水一一对应', en: 'Stock documents and stock moves agree' },
    find: documentOffLedger,
  },
  {
    id: 'I17.stock',
    name: { zh: '库存单号都由编号规则给出', en: 'Every stock document has a number that was given' },
    find: numberOutOfSequence,
  },
]
