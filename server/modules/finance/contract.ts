import { z } from 'zod'
import {
  contract,
  Day,
  endpoint,
  Id,
  inputSchema,
  Instant,
  ListInput,
  Money,
  pageOf,
  Percent,
  Text,
  TimelineEntry,
  Version,
  type View,
  viewSchema,
} from '#contract'
import { receiptDocument } from './receipt.document.ts'
import { receivableDocument } from './receivable.document.ts'

export {
  creditMethod,
  paymentMethods,
  receiptDocument,
  receiptMoves,
  receiptPrefix,
  type ReceiptState,
  receiptStates,
} from './receipt.document.ts'
export { receivableDocument } from './receivable.document.ts'
export * from './finance-refusals.document.ts'

/** Knowledge of the past as it was then: at the end of a day, or at an instant. */
export const AsKnownAt = z.union([Day, Instant])
export type AsKnownAt = z.output<typeof AsKnownAt>
/** Whoever enters a document of a closed period may let it take effect in the next one; otherwise it is refused. */
export const IntoNextPeriod = z.boolean().optional()

/** How long an amount has been overdue, from the day after it was due. The order is that of the chart. */
export const ageBuckets = [
  { key: 'notDue', label: { zh: '未到期', en: 'Not due' } },
  { key: 'upTo30', label: { zh: '逾期 1–30 天', en: '1–30 days' } },
  { key: 'upTo60', label: { zh: '逾期 31–60 天', en: '31–60 days' } },
  { key: 'upTo90', label: { zh: '逾期 61–90 天', en: '61–90 days' } },
  { key: 'over90', label: { zh: '逾期 90 天以上', en: 'Over 90 days' } },
] as const satisfies readonly { key: string; label: Text }[]
export type AgeBucket = (typeof ageBuckets)[number]['key']

/** What is owed by age. The five buckets add up to `owed`; `balance` is what is owed less what was paid in advance. */
const Ageing = z.object({
  notDue: Money,
  upTo30: Money,
  upTo60: Money,
  upTo90: Money,
  over90: Money,
  owed: Money,
  advance: Money,
  balance: Money,
})
export type Ageing = z.output<typeof Ageing>

const Overdue = z.object({ amount: Money, days: z.number().int(), count: z.number().int() })

/** An instalment that will be owed when the goods have left. */
const ExpectedInstalment = z.object({
  orderId: Id,
  orderNumber: z.string(),
  part: z.number().int(),
  dueOn: Day,
  amount: Money,
  remaining: Money,
})

/** Where a customer stands. What the viewer may not read (groups `credit`, `amount`) is not there. */
const CustomerAccount = z.object({
  customerId: Id,
  customerName: z.string(),
  asOf: Day,
  at: Instant,
  /** exposure = ordered + owed - advance; usedPercent ends at 999.99; left is negative beyond the limit. */
  credit: z.object({ limit: Money, exposure: Money, usedPercent: Percent, left: Money }).optional(),
  amounts: z
    .object({
      /** Ordered, not yet delivered. */
      ordered: Money,
      /** Delivered, not yet paid. */
      owed: Money,
      /** Paid, not yet allocated. */
      advance: Money,
      overdue: Overdue,
      ageing: Ageing,
      nextDue: z.object({ on: Day, amount: Money }).nullable(),
      expected: z.array(ExpectedInstalment),
    })
    .optional(),
})
export type CustomerAccount = z.output<typeof CustomerAccount>

/** Where each of several customers stands, in short, for lists. */
const CustomerStandings = z.object({
  rows: z.array(
    z.object({
      customerId: Id,
      /** Delivered, not yet paid. */
      owed: Money,
      overdue: Money,
      overdueDays: z.number().int(),
      /** What of the credit is left; negative beyond the limit. Absent for who may not read credit. */
      creditLeft: Money.optional(),
    }),
  ),
})

export const ReceivableView = viewSchema(receivableDocument)
export type ReceivableView = View<typeof receivableDocument>
export const ReceiptView = viewSchema(receiptDocument)
export type ReceiptView = View<typeof receiptDocument>

/** Money of a receipt that was set against a receivable. */
const Allocation = z.object({
  receiptId: Id,
  receiptNumber: z.string(),
  receivableId: Id,
  sourceNumber: z.string(),
  dueOn: Day,
  on: Day,
  amount: Money,
})
export type Allocation = z.output<typeof Allocation>

const PositiveMoney = Money.refine((value) => !value.startsWith('-') && /[1-9]/.test(value), {
  error: '金额要大于 0 / the amount must be more than 0',
})
const ToldAllocations = z
  .array(z.strictObject({ receivableId: Id, amount: PositiveMoney }))
  .min(1)
  .max(200)
/** Oldest due first, as told, or `none`: keep it as an advance. */
const Allocate = z.union([z.literal('oldest'), z.literal('none'), ToldAllocations])
export type Allocate = z.output<typeof Allocate>

const ReceiptAnswer = z.object({
  receipt: ReceiptView,
  /** The day it took effect: its own, or a later one where the books of that day were closed. */
  effectiveOn: Day,
  allocations: z.array(Allocation),
  timeline: z.array(TimelineEntry),
})
export type ReceiptAnswer = z.output<typeof ReceiptAnswer>

/** A flag of a query string: `true` or `false`. */
const Flag = z.union([z.boolean(), z.stringbool()])

const StatementEntry = z.object({
  id: Id,
  on: Day,
  kind: z.string(),
  words: Text,
  sourceDocument: z.string(),
  sourceId: Id,
  sourceNumber: z.string(),
  /** Positive: owes more. */
  amount: Money,
  /** What is owed less advances, after this entry. */
  balance: Money,
  recordedAt: Instant,
  /** The day of its document, where that lies in a closed period and so it took effect later. */
  documentOn: Day.nullable(),
})
const Statement = z.object({
  customerId: Id,
  customerName: z.string(),
  from: Day,
  to: Day,
  /** As it was known then; absent: as it is known now. */
  asKnownAt: AsKnownAt.optional(),
  opening: Money,
  charged: Money,
  paid: Money,
  closing: Money,
  /** How much more the closing balance is as it is known now; only where it was asked for as known then. */
  later: Money.optional(),
  entries: z.array(StatementEntry),
})
export type Statement = z.output<typeof Statement>

/** `later`: how much more the balance of that day is as it is known now; only where it was asked for as known then. */
const Aged = Ageing.extend({ later: Money.optional() })
const AgeingRow = Aged.extend({ id: Id, name: z.string() })
const AgeingAnswer = z.object({
  asOf: Day,
  asKnownAt: AsKnownAt.optional(),
  by: z.enum(['customer', 'owner']),
  totals: Aged,
  /** Those who owe most first. */
  rows: z.array(AgeingRow),
  cursor: z.string().nullable(),
})
export type AgeingAnswer = z.output<typeof AgeingAnswer>

/** A line of the ledger that took effect until a day and was not known yet at a moment. */
const LateEntry = StatementEntry.omit({ balance: true }).extend({ customerId: Id, customerName: z.string() })

/** A reminder goes `days` after the due day (before it when negative) to one audience. */
export const ReminderStage = z.strictObject({
  days: z.number().int().min(-90).max(720),
  audience: z.enum(['owner', 'manager', 'director']),
})
export type ReminderStage = z.output<typeof ReminderStage>

export const PostAt = z.enum(['delivery', 'confirmation'])
/** What becomes of a document of a closed period: it is refused, or takes effect in the next one. */
export const LateDocuments = z.enum(['refuse', 'next_period'])
export type LateDocuments = z.output<typeof LateDocuments>

const FinanceSettings = z.object({
  /** The last day whose books are closed. */
  closedUntil: Day.nullable(),
  /** When an order becomes a receivable. */
  postAt: PostAt,
  /** Whether a new receivable takes what was paid in advance. */
  autoAllocate: z.boolean(),
  lateDocuments: LateDocuments,
  reminders: z.array(ReminderStage).max(20),
})
export type FinanceSettings = z.output<typeof FinanceSettings>

const ById = z.object({ id: Id })
/** Of one customer, or of all of one owner's. */
const whose = { customerId: Id.optional(), ownerId: Id.optional() }

/** What customers owe, what they paid, and how far their credit goes. */
export const finance = contract('finance', {
  account: endpoint(
    'GET /customers/:id/account',
    { zh: '客户往来：欠款、逾期、信用', en: "A customer's account: owed, overdue, credit" },
    ById,
    CustomerAccount,
  ),
  standings: endpoint(
    'GET /receivables/standings',
    { zh: '多个客户的欠款与逾期', en: 'Where several customers stand' },
    z.object({
      /** Ids, separated by commas; those that the caller does not see are left out of the answer. */
      customers: z
        .string()
        .transform((ids) => ids.split(','))
        .pipe(z.array(Id).min(1).max(100)),
    }),
    CustomerStandings,
  ),
  statement: endpoint(
    'GET /customers/:id/statement',
    { zh: '客户对账单', en: 'Statement of a customer' },
    ById.extend({ from: Day.optional(), to: Day.optional(), asKnownAt: AsKnownAt.optional() }),
    Statement,
  ),
  ageing: endpoint(
    'GET /receivables/ageing',
    { zh: '应收账龄', en: 'Ageing of receivables' },
    ListInput.omit({ q: true }).extend({
      asOf: Day.optional(),
      ...whose,
      asKnownAt: AsKnownAt.optional(),
      by: z.enum(['customer', 'owner']).default('customer'),
    }),
    AgeingAnswer,
  ),
  lateEntries: endpoint(
    'GET /receivables/late',
    { zh: '事后补记的往来', en: 'What of the receivables of a day was recorded later' },
    ListInput.omit({ q: true }).extend({ ...whose, asOf: Day, asKnownAt: AsKnownAt }),
    pageOf(LateEntry),
  ),
  receivables: endpoint(
    'GET /receivables',
    { zh: '应收列表', en: 'Receivables' },
    ListInput.omit({ q: true }).extend({
      customerId: Id.optional(),
      ownerId: Id.optional(),
      orderId: Id.optional(),
      overdue: Flag.default(false),
      openOnly: Flag.default(true),
      dueFrom: Day.optional(),
      dueTo: Day.optional(),
    }),
    pageOf(ReceivableView),
  ),
  receivable: endpoint(
    'GET /receivables/:id',
    { zh: '一笔应收', en: 'A receivable' },
    ById,
    /** `documentOn`: the day of its document, where that lies in a closed period and so it was posted later. */
    z.object({ receivable: ReceivableView, documentOn: Day.nullable(), allocations: z.array(Allocation) }),
  ),
  receipts: endpoint(
    'GET /receipts',
    { zh: '收款列表', en: 'Receipts' },
    ListInput.omit({ q: true }).extend({
      customerId: Id.optional(),
      /** Whose customers paid. */
      ownerId: Id.optional(),
      unallocated: Flag.default(false),
      /** Money alone, without what is credited for returns. */
      paid: Flag.optional(),
      from: Day.optional(),
      to: Day.optional(),
    }),
    pageOf(ReceiptView),
  ),
  receipt: endpoint('GET /receipts/:id', { zh: '一笔收款', en: 'A receipt' }, ById, ReceiptAnswer),
  postReceipt: endpoint(
    'POST /receipts',
    { zh: '登记收款', en: 'Post a receipt' },
    inputSchema(receiptDocument, 'create', {
      id: Id,
      allocations: Allocate.default('oldest'),
      intoNextPeriod: IntoNextPeriod,
    }),
    ReceiptAnswer,
  ),
  allocateReceipt: endpoint(
    'POST /receipts/:id/allocate',
    { zh: '核销收款', en: 'Allocate a receipt' },
    z.strictObject({ id: Id, version: Version, allocations: z.union([z.literal('oldest'), ToldAllocations]) }),
    ReceiptAnswer,
  ),
  reverseReceipt: endpoint(
    'POST /receipts/:id/reverse',
    { zh: '冲销收款', en: 'Reverse a receipt' },
    z.strictObject({ id: Id, version: Version }),
    ReceiptAnswer,
  ),
  settings: endpoint(
    'GET /finance/settings',
    { zh: '财务设置', en: 'Finance settings' },
    z.object({}),
    FinanceSettings,
  ),
  changeSettings: endpoint(
    'PATCH /finance/settings',
    { zh: '修改财务设置', en: 'Change finance settings' },
    z.strictObject({
      postAt: PostAt.optional(),
      autoAllocate: z.boolean().optional(),
      lateDocuments: LateDocuments.optional(),
      reminders: z.array(ReminderStage).max(20).optional(),
    }),
    FinanceSettings,
  ),
  closePeriod: endpoint(
    'POST /finance/period/close',
    { zh: '结账', en: 'Close a period' },
    z.strictObject({ until: Day }),
    FinanceSettings,
  ),
  openPeriod: endpoint(
    'POST /finance/period/open',
    { zh: '反结账', en: 'Open a closed period again' },
    /** The last day that stays closed; null opens everything. */
    z.strictObject({ until: Day.nullable() }),
    FinanceSettings,
  ),
})
