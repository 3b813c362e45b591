import { z } from 'zod'
import {
  contract,
  Day,
  Decimal,
  defineRefusals,
  endpoint,
  Id,
  inputSchema,
  inputShape,
  Instant,
  ListInput,
  pageOf,
  Percent,
  Text,
  TimelineEntry,
  Version,
  viewSchema,
  type Written,
} from '#contract'
import { contactFields, customer } from './customer.document.ts'
import { supplier } from './supplier.document.ts'

export { customer, supplier }

export const partiesRefusals = defineRefusals({
  duplicate_customer: {
    status: 409,
    zh: '可能已有这家客户：{names}。确认不是同一家，可以选择仍然保存',
    en: 'This customer may exist already: {names}. If it is another one, save it all the same',
  },
  customer_frozen: {
    status: 409,
    zh: '客户「{customer}」已冻结，请先解冻',
    en: 'The customer "{customer}" is frozen; unfreeze it first',
  },
  unknown_term: {
    status: 422,
    zh: '没有付款条件「{code}」，请重新选择',
    en: 'There are no payment terms "{code}"; choose again',
  },
  unknown_owner: {
    status: 422,
    zh: '负责人不在通讯录里，请重新选择',
    en: 'The owner is not in the directory; choose again',
  },
  planned_in_the_past: {
    status: 422,
    zh: '下次跟进的日期不能早于今天（{today}）',
    en: 'The next step cannot be before today ({today})',
  },
  same_owner: { status: 409, zh: '客户已由 {owner} 负责', en: 'The customer belongs to {owner} already' },
})

/**
 * A part of payment terms: `percent` of the amount, due `days` after the order, the delivery, or the end of the month of
 * delivery (月结30天), or on `dayOfMonth` of the month after it (次月25日; the last day where the month is shorter).
 */
export const TermPart = z.strictObject({
  percent: Percent,
  from: z.enum(['order', 'delivery', 'month_end', 'next_month_day']),
  days: z.number().int().min(0).max(720),
  dayOfMonth: z.number().int().min(1).max(31).optional(),
})
export type TermPart = z.output<typeof TermPart>
export const PaymentTerm = z.strictObject({
  code: z.string().regex(/^[a-z0-9_]{1,40}$/),
  name: Text,
  parts: z
    .array(TermPart)
    .min(1)
    .max(12)
    .refine((parts) => Decimal.sum(...parts.map((part) => part.percent)).eq(100), {
      error: '各期比例之和必须是 100% / the parts must add up to 100%',
    })
    .refine((parts) => parts.every((part) => !part.percent.startsWith('-')), {
      error: '比例不能为负 / a part cannot be negative',
    })
    .refine((parts) => parts.every((part) => (part.from === 'next_month_day') === (part.dayOfMonth !== undefined)), {
      error: '次月某日要写明几号 / a day of the next month needs its day',
    }),
})
export type PaymentTerm = z.output<typeof PaymentTerm>

/** A customer; its contacts are its `lines`. */
export const CustomerView = viewSchema(customer)
export type CustomerView = z.output<typeof CustomerView>
export const SupplierView = viewSchema(supplier)
export type SupplierView = z.output<typeof SupplierView>

/** The whole set of contacts: one with a known id is kept and changed, one that is left out goes. */
const contactShape = inputShape(contactFields, 'create') as Record<never, never> // typed by ContactInput below
const ContactInput = z
  .strictObject({ ...contactShape, id: Id, custom: z.record(z.string().max(60), z.unknown()).optional() })
  .meta({ 'x-written-line': customer.name }) as unknown as z.ZodType<ContactInput> // built from the fields that Written is computed from
type ContactInput = Written<typeof contactFields> & { id: string }
const customerParts = {
  contacts: z.array(ContactInput).max(50).optional(),
  aliases: z.array(z.string().trim().min(1).max(60)).max(20).optional(),
  /** Save although a customer with this name, tax number or phone is there. */
  evenIfAlike: z.boolean().default(false),
}

export const FollowUpKind = z.enum(['visit', 'call', 'wechat', 'collection', 'other'])
export type FollowUpKind = z.output<typeof FollowUpKind>
export const followUpKinds: Record<FollowUpKind, Text> = {
  visit: { zh: '拜访', en: 'Visit' },
  call: { zh: '电话', en: 'Call' },
  wechat: { zh: '微信', en: 'WeChat' },
  collection: { zh: '催款', en: 'Collection' },
  other: { zh: '其他', en: 'Other' },
}
/** What was said or done with a customer, and when the next step is due. */
export const FollowUpView = z.object({
  id: Id,
  customerId: Id,
  kind: FollowUpKind,
  text: z.string(),
  at: Instant,
  nextOn: Day.nullable(),
  by: z.string(),
  isMine: z.boolean(),
})
export type FollowUpView = z.output<typeof FollowUpView>
const DueCustomer = z.object({
  customerId: Id,
  shortName: z.string(),
  ownerId: Id,
  owner: z.string(),
  /** What was said last. */
  lastAt: Instant.nullable(),
  kind: FollowUpKind.nullable(),
  text: z.string().nullable(),
  nextOn: Day.nullable(),
  orderedOn: Day.nullable(),
  /** Since when nothing was heard of him. */
  silentSince: Day,
})
export type DueCustomer = z.output<typeof DueCustomer>

const CustomerAnswer = z.object({ customer: CustomerView, aliases: z.array(z.string()) })
const SupplierAnswer = z.object({ supplier: SupplierView })
const ById = z.object({ id: Id })
const Move = z.strictObject({ id: Id, version: Version })

/** Who buys from the company and who sells to it. */
export const parties = contract('parties', {
  customers: endpoint(
    'GET /customers',
    { zh: '客户列表与搜索', en: 'Find customers by name, pinyin, initials, number or phone' },
    ListInput.extend({
      level: z.string().max(20).optional(),
      ownerId: Id.optional(),
      state: z.enum(['active', 'frozen']).optional(),
      region: z.string().max(40).optional(),
    }),
    pageOf(CustomerView),
  ),
  customerFilters: endpoint(
    'GET /customer-filters',
    { zh: '客户列表可选的地区与负责人', en: 'Regions and owners among the customers one may see' },
    z.object({}),
    z.object({ regions: z.array(z.string()), owners: z.array(z.object({ id: Id, name: z.string() })) }),
  ),
  customer: endpoint(
    'GET /customers/:id',
    { zh: '客户详情', en: 'A customer with its contacts' },
    ById,
    CustomerAnswer,
  ),
  createCustomer: endpoint(
    'POST /customers',
    { zh: '新建客户', en: 'Create a customer; without an owner it is mine' },
    inputSchema(customer, 'create', { id: Id, ownerId: Id.optional(), ...customerParts }),
    CustomerAnswer,
  ),
  editCustomer: endpoint(
    'PATCH /customers/:id',
    { zh: '修改客户', en: 'Change a customer' },
    inputSchema(customer, 'patch', { id: Id, version: Version, ...customerParts }),
    CustomerAnswer,
  ),
  freezeCustomer: endpoint(
    'POST /customers/:id/freeze',
    { zh: '冻结客户：不能再报价下单', en: 'Freeze a customer: no more quotations or orders' },
    Move,
    CustomerAnswer,
  ),
  unfreezeCustomer: endpoint(
    'POST /customers/:id/unfreeze',
    { zh: '解冻客户', en: 'Unfreeze a customer' },
    Move,
    CustomerAnswer,
  ),
  reassignCustomer: endpoint(
    'POST /customers/:id/reassign',
    { zh: '转交客户', en: 'Give a customer to another owner' },
    Move.extend({ ownerId: Id }),
    z.object({ customerId: Id, ownerId: Id, version: Version }),
  ),
  customerTimeline: endpoint(
    'GET /customers/:id/timeline',
    { zh: '客户的修改记录', en: 'What happened to a customer' },
    ById,
    z.object({ entries: z.array(TimelineEntry) }),
  ),
  followUps: endpoint(
    'GET /customers/:id/follow-ups',
    { zh: '客户的跟进记录', en: 'What was said and done with a customer' },
    ById,
    z.object({ rows: z.array(FollowUpView) }),
  ),
  logFollowUp: endpoint(
    'POST /customers/:id/follow-ups',
    { zh: '记一次跟进', en: 'Log a follow-up' },
    z.strictObject({
      id: Id,
      followUpId: Id,
      kind: FollowUpKind,
      text: z.string().trim().min(1).max(1000),
      nextOn: Day.nullish(),
    }),
    z.object({ followUp: FollowUpView }),
  ),
  removeFollowUp: endpoint(
    'DELETE /follow-ups/:id',
    { zh: '删除自己的跟进', en: 'Take back a follow-up of mine' },
    ById,
    z.object({ removed: z.literal(true) }),
  ),
  dueCustomers: endpoint(
    'GET /due-customers',
    { zh: '该跟进的客户', en: 'Customers to get in touch with' },
    z.object({
      isMine: z.stringbool().default(false),
      /** Only those of this colleague, as far as one may see them. */
      ownerId: Id.optional(),
      /** Days of the planned step; without `from` also what is late, without `to` until today. */
      from: Day.optional(),
      to: Day.optional(),
      /** Instead: those that nothing was heard of for so many days. */
      silentDays: z.coerce.number().int().min(1).max(3650).optional(),
      /** What counts as hearing of somebody. */
      since: z.enum(['any', 'order']).default('any'),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    z.object({ count: z.number().int(), rows: z.array(DueCustomer) }),
  ),
  paymentTerms: endpoint(
    'GET /payment-terms',
    { zh: '付款条件', en: 'Payment terms' },
    z.object({}),
    z.object({ terms: z.array(PaymentTerm) }),
  ),
  suppliers: endpoint(
    'GET /suppliers',
    { zh: '供应商列表与搜索', en: 'Find suppliers' },
    ListInput.extend({ active: z.stringbool().optional() }),
    pageOf(SupplierView),
  ),
  supplier: endpoint('GET /suppliers/:id', { zh: '供应商详情', en: 'A supplier' }, ById, SupplierAnswer),
  createSupplier: endpoint(
    'POST /suppliers',
    { zh: '新建供应商', en: 'Create a supplier' },
    inputSchema(supplier, 'create', { id: Id }),
    SupplierAnswer,
  ),
  editSupplier: endpoint(
    'PATCH /suppliers/:id',
    { zh: '修改供应商', en: 'Change a supplier' },
    inputSchema(supplier, 'patch', { id: Id, version: Version }),
    SupplierAnswer,
  ),
})
