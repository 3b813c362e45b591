import type { Tx } from '#kernel/db'
import type { Broken, Invariant } from '#kernel/invariant'
import { followedStates } from '#server/engines/audit'
import { customersByIds } from '#server/modules/parties'
import { owedOf, shownAgeing } from './ageing.model.ts'
import { type CustomerAged, ledgerAged, openAged } from './ageing-store.ts'
import { exposureOf } from './exposure-store.ts'
import {
  allocationOffBalance,
  checkpointOffLedger,
  customerOffLedger,
  type Disagreement,
  documentWithoutEntry,
  entryWithoutSource,
  expectedBeyondOrdered,
  followedMoney,
  lastDay,
  receiptOffLedger,
  receivableOffLedger,
  usedBeyondAmount,
} from './invariant-store.ts'

/** What must hold of receivables and receipts, whatever was done and in whatever order. */
export const financeInvariants: Invariant[] = [
  {
    id: 'I5.customer',
    name: { zh: '客户往来余额等于往来明细合计', en: "A customer's balance is the sum of the ledger" },
    find: async (tx) => ofCustomer(tx, await customerOffLedger(tx)),
  },
  {
    id: 'I5.receivable',
    name: { zh: '应收未收额等于往来明细合计', en: 'What is open of a receivable is the sum of its ledger lines' },
    find: async (tx) => found(await receivableOffLedger(tx)),
  },
  {
    id: 'I5.receipt',
    name: { zh: '收款未核销额等于往来明细合计', en: 'What is left of a receipt is the sum of its ledger lines' },
    find: async (tx) => found(await receiptOffLedger(tx)),
  },
  {
    id: 'I5.expected',
    name: { zh: '待出库的回款计划不超过已下单金额', en: 'No more is expected of orders than counts as ordered' },
    find: async (tx) => found(await expectedBeyondOrdered(tx)),
  },
  {
    id: 'I6',
    name: {
      zh: '任何一天核销都不超过收款和应收',
      en: 'On no day is more allocated than a receipt or a receivable holds',
    },
    find: async (tx) => found(await usedBeyondAmount(tx)),
  },
  {
    id: 'I5.checkpoint',
    name: {
      zh: '往来结存点等于往来明细合计',
      en: 'A checkpoint of the receivables is the sum of the ledger until its day',
    },
    find: async (tx) => {
      const one = await checkpointOffLedger(tx)
      return ofCustomer(tx, one && { ...one, stands: `${one.day} ${one.stands}` })
    },
  },
  { id: 'I7', name: { zh: '账龄合计等于应收余额', en: 'The ageing adds up to the balance' }, find: ageingOffBalance },
  {
    id: 'I10.entry',
    name: { zh: '每条往来明细都有来源单据', en: 'Every ledger line has its document' },
    find: async (tx) => found(await entryWithoutSource(tx)),
  },
  {
    id: 'I10.document',
    name: { zh: '每张应收和收款都已记入往来明细', en: 'Every receivable and receipt is in the ledger' },
    find: async (tx) => found(await documentWithoutEntry(tx)),
  },
  {
    id: 'I11',
    name: {
      zh: '核销两边相等：收款减多少，应收减多少',
      en: 'An allocation takes from the debt what it takes from the money',
    },
    find: async (tx) => found(await allocationOffBalance(tx)),
  },
  followedStates(
    'I15.money',
    { zh: '收款单的状态与操作记录一致', en: 'The audit trail leads to where each receipt stands' },
    followedMoney,
  ),
]

const found = (one: Disagreement | null): Broken | null =>
  one ? { document: one.document, id: one.id, number: one.number, detail: `${one.stands} ≠ ${one.ledger}` } : null

async function ofCustomer(tx: Tx, one: { id: string; stands: string; ledger: string } | null): Promise<Broken | null> {
  if (!one) return null
  const number = (await customersByIds(tx, [one.id])).get(one.id)?.number ?? one.id
  return { document: 'customer', id: one.id, number, detail: `${one.stands} ≠ ${one.ledger}` }
}

/** The ageing is worked out in two ways, from what is open and from the ledger: both must give the balance. */
async function ageingOffBalance(tx: Tx): Promise<Broken | null> {
  const day = await lastDay(tx)
  if (!day) return null
  const open = new Map((await openAged(tx, day, null)).map((one) => [one.customerId, one]))
  const ledger = new Map((await ledgerAged(tx, day, null)).map((one) => [one.customerId, one]))
  const exposures = await exposureOf(tx, [...new Set([...open.keys(), ...ledger.keys()])])
  for (const [customerId, { owed }] of exposures) {
    const one = open.get(customerId)
    const stands = shown(one)
    const says = shown(ledger.get(customerId))
    if (stands !== says || !owed.eq(one ? owedOf(one) : 0))
      return ofCustomer(tx, { id: customerId, stands: `${owed.toFixed(2)} = ${stands}`, ledger: says })
  }
  return null
}

const shown = (aged: CustomerAged | undefined): string =>
  aged ? JSON.stringify(Object.values(shownAgeing(aged))) : '[]'
