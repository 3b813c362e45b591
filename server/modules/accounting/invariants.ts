import type { Invariant } from '#kernel/invariant'
import {
  customerOffLedger,
  lineWithoutVoucher,
  stockOffLedger,
  trialOffZero,
  voucherOfNothing,
  voucherOffBalance,
} from './invariant-store.ts'

/** What must hold between the vouchers and the ledgers that they tell of. */
export const accountingInvariants: Invariant[] = [
  {
    id: 'V1',
    name: { zh: '每张凭证借贷平衡', en: 'Every voucher balances' },
    find: voucherOffBalance,
  },
  {
    id: 'V2',
    name: { zh: '库存和往来的每笔业务都有凭证', en: 'Every event of stock and money has its voucher' },
    find: lineWithoutVoucher,
  },
  {
    id: 'V2.source',
    name: { zh: '每张凭证都有业务来源', en: 'Every voucher is made of something' },
    find: voucherOfNothing,
  },
  {
    id: 'V3',
    name: { zh: '应收、预收科目等于客户往来明细', en: 'Receivables and advances are what the receivables ledger says' },
    find: customerOffLedger,
  },
  {
    id: 'V4',
    name: { zh: '库存商品科目等于库存成本流水', en: 'Goods in stock are worth what the stock ledger says' },
    find: stockOffLedger,
  },
  {
    id: 'V5',
    name: { zh: '科目余额表借贷相等', en: 'The trial balance sums to zero' },
    find: trialOffZero,
  },
]
