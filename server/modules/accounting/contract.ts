import { z } from 'zod'
import { contract, Day, defineRefusals, endpoint, Id, Instant, ListInput, Money, pageOf, Text } from '#contract'
import { controls, templateEvents, voucherEvents } from './voucher-template.document.ts'

export {
  keyOfLine,
  linesOf,
  type Side,
  sides,
  type TemplateKey,
  templateEvents,
  type VoucherEvent,
  voucherEvents,
} from './voucher-template.document.ts'

/** 记-202611-00042. */
export const voucherPrefix = '记-'

export const accountingRefusals = defineRefusals({
  account_above_missing: {
    status: 422,
    zh: '科目编码 {code} 要在已有科目编码之后加两位数字，如 100201',
    en: 'Account {code} must be the code of an account that is there and two more digits, such as 100201',
  },
  account_exists: {
    status: 409,
    zh: '科目 {code} 已经有了，请换一个编码',
    en: 'Account {code} is there already; use another code',
  },
  account_not_for_line: {
    status: 422,
    zh: '这一行不能用科目 {code}，请选列出的科目',
    en: 'Account {code} cannot be used for this line; choose one of those listed',
  },
  periods_reversed: { status: 422, zh: '起始期间不能晚于结束期间', en: 'The first period must not be after the last' },
})

/** A month of the books, 'YYYY-MM'. */
export const Period = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: '期间格式应为 YYYY-MM / a period looks like YYYY-MM' })
const AccountCode = z.string().regex(/^[1-6]\d{3}(\d{2}){0,4}$/, {
  error: '科目编码为 4 位数字，下级各加 2 位 / four digits, two more for each level',
})
const keysOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]] // the keys of a table that is not empty

const LedgerAccount = z.object({
  code: z.string(),
  name: Text,
  kind: z.enum(['asset', 'liability', 'equity', 'cost', 'profit']),
  /** On which side it usually stands. */
  side: z.enum(['debit', 'credit']),
  /** What its lines say besides an amount. */
  keeps: z.array(z.enum(['customer', 'category'])),
  /** The ledger that it has to agree with. */
  control: z.enum(keysOf(controls)).nullable(),
})
export type LedgerAccount = z.output<typeof LedgerAccount>
const Chart = z.object({ rows: z.array(LedgerAccount), can: z.array(z.string()) })
export type Chart = z.output<typeof Chart>

const VoucherRow = z.object({
  id: Id,
  number: z.string(),
  /** The day on which it takes effect; its month is the period. */
  on: Day,
  /** The day of its document, where the books of that day were closed. */
  documentOn: Day.nullable(),
  event: z.enum(keysOf(voucherEvents)),
  sourceDocument: z.string(),
  sourceId: Id,
  sourceNumber: z.string(),
  customerId: Id.nullable(),
  customerName: z.string().nullable(),
  /** What its debits come to, and its credits; below nothing in red. */
  amount: Money,
})
export type VoucherRow = z.output<typeof VoucherRow>

const VoucherLine = z.object({
  id: Id,
  account: z.string(),
  accountName: Text,
  /** One of both is nothing. */
  debit: Money,
  credit: Money,
  customerId: Id.nullable(),
  customerName: z.string().nullable(),
  category: z.string().nullable(),
})
const Voucher = z.object({
  voucher: VoucherRow.extend({ madeAt: Instant, by: z.string(), lines: z.array(VoucherLine) }),
  /** The other vouchers of the same document. */
  others: z.array(VoucherRow),
})
export type Voucher = z.output<typeof Voucher>

/** A balance stands on one of both sides. */
const Sides = z.object({ debit: Money, credit: Money })
const Balance = z.object({ opening: Sides, turnover: Sides, closing: Sides })
const TrialBalance = z.object({
  from: Period,
  to: Period,
  /** Accounts that have something to show, in the order of the chart. */
  rows: z.array(Balance.extend({ account: z.string(), name: Text, kind: LedgerAccount.shape.kind })),
  /** Debit equals credit in each of the three. */
  total: Balance,
})
export type TrialBalance = z.output<typeof TrialBalance>

const AccountEntry = z.object({
  id: Id,
  voucherId: Id,
  number: z.string(),
  on: Day,
  event: VoucherRow.shape.event,
  sourceNumber: z.string(),
  customerName: z.string().nullable(),
  category: z.string().nullable(),
  debit: Money,
  credit: Money,
  /** What the account stands at after it, on its usual side. */
  balance: Money,
})
export type AccountEntry = z.output<typeof AccountEntry>
const AccountPage = pageOf(AccountEntry).extend({
  account: LedgerAccount,
  /** On the account's usual side. */
  opening: Money,
  debit: Money,
  credit: Money,
  closing: Money,
})
export type AccountPage = z.output<typeof AccountPage>

const VoucherTemplates = z.object({
  events: z.array(
    z.object({
      event: z.enum(keysOf(templateEvents)),
      lines: z.array(
        z.object({
          key: z.string(),
          account: z.string(),
          accountName: Text,
          /** The account that it comes with. */
          usual: z.string(),
          /** The accounts that it may go to. */
          choices: z.array(z.string()),
        }),
      ),
    }),
  ),
  can: z.array(z.string()),
})
export type VoucherTemplates = z.output<typeof VoucherTemplates>

const ById = z.object({ id: Id })
const days = { from: Day.optional(), to: Day.optional() }

/** Vouchers, and what the accounts come to by them. */
export const accounting = contract('accounting', {
  vouchers: endpoint(
    'GET /vouchers',
    { zh: '凭证列表', en: 'Vouchers' },
    ListInput.extend({
      ...days,
      account: AccountCode.optional(),
      event: VoucherRow.shape.event.optional(),
      sourceId: Id.optional(),
      customerId: Id.optional(),
    }),
    pageOf(VoucherRow),
  ),
  voucher: endpoint('GET /vouchers/:id', { zh: '一张凭证', en: 'A voucher' }, ById, Voucher),
  trialBalance: endpoint(
    'GET /trial-balance',
    { zh: '科目余额表', en: 'Trial balance' },
    z.object({ from: Period, to: Period }),
    TrialBalance,
  ),
  ledgerAccounts: endpoint('GET /ledger-accounts', { zh: '会计科目', en: 'Chart of accounts' }, z.object({}), Chart),
  addLedgerAccount: endpoint(
    'POST /ledger-accounts',
    { zh: '新增会计科目', en: 'Add an account' },
    z.strictObject({ code: AccountCode, name: Text }),
    LedgerAccount,
  ),
  accountLedger: endpoint(
    'GET /ledger-accounts/:code/entries',
    { zh: '科目明细账', en: 'Ledger of an account' },
    ListInput.omit({ q: true }).extend({ code: AccountCode, from: Day, to: Day, customerId: Id.optional() }),
    AccountPage,
  ),
  voucherTemplates: endpoint(
    'GET /voucher-templates',
    { zh: '凭证模板', en: 'Voucher templates' },
    z.object({}),
    VoucherTemplates,
  ),
  changeTemplate: endpoint(
    'PATCH /voucher-templates/:event',
    { zh: '修改凭证模板', en: 'Change a voucher template' },
    /** `accounts`: the account for some lines, by their keys. */
    z.strictObject({ event: z.enum(keysOf(templateEvents)), accounts: z.record(z.string(), AccountCode) }),
    VoucherTemplates,
  ),
})
