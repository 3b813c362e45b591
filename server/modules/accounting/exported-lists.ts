import { type Fields, say } from '#contract'
import { registerExport } from '#server/engines/exports'
import { accounting, voucherEvents } from './contract.ts'
import { accountLedger } from './trial-balance.ts'
import { vouchers, withLines } from './vouchers.ts'

const events = Object.entries(voucherEvents).map(([value, label]) => ({ value, label }))
const customer = { kind: 'text', label: { zh: '客户', en: 'Customer' } } as const
const sides = {
  debit: { kind: 'money', label: { zh: '借方', en: 'Debit' } },
  credit: { kind: 'money', label: { zh: '贷方', en: 'Credit' } },
} as const satisfies Fields
const category = { kind: 'text', label: { zh: '商品分类', en: 'Category' } } as const

const voucherFields = {
  number: { kind: 'text', label: { zh: '凭证号', en: 'Voucher no.' } },
  on: { kind: 'day', label: { zh: '日期', en: 'Date' } },
  documentOn: { kind: 'day', label: { zh: '单据日期（跨期）', en: 'Dated (late)' } },
  event: { kind: 'choice', label: { zh: '业务', en: 'Event' }, options: events },
  sourceNumber: { kind: 'text', label: { zh: '来源单据', en: 'Document' } },
  customerName: customer,
  amount: { kind: 'money', label: { zh: '金额', en: 'Amount' } },
} as const satisfies Fields
const lineFields = {
  account: { kind: 'text', label: { zh: '科目编码', en: 'Account' } },
  accountName: { kind: 'text', label: { zh: '科目名称', en: 'Account name' } },
  ...sides,
  customerName: customer,
  category,
} as const satisfies Fields
const entryFields = {
  on: voucherFields.on,
  number: voucherFields.number,
  event: voucherFields.event,
  sourceNumber: voucherFields.sourceNumber,
  customerName: customer,
  category,
  ...sides,
  balance: { kind: 'money', label: { zh: '余额', en: 'Balance' } },
} as const satisfies Fields

export function registerAccountingExports(): void {
  registerExport(accounting, 'vouchers', {
    read: vouchers,
    whole: (tx, _caller, rows) => withLines(tx, rows),
    of: {
      label: { zh: '凭证', en: 'Vouchers' },
      title: 'number',
      fields: voucherFields,
      lines: { label: { zh: '分录', en: 'Lines' }, fields: lineFields },
    },
    values: (row, { lang }) => ({
      ...row,
      lines: row.lines.map((line) => ({ ...line, accountName: say(line.accountName, lang) })),
    }),
  })
  registerExport(accounting, 'accountLedger', {
    read: accountLedger,
    of: { label: { zh: '科目明细账', en: 'Ledger of an account' }, fields: entryFields },
  })
}
