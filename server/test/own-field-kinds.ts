import { type KindName, kindNames, type OwnField } from '#contract'
import { newId } from '#kernel/ids'
import { ids } from './door.ts'

// Fields of every kind, as a company adds them to a document and its lines, and values to try them with.

/** The kind of the fields whose group is for those alone who hold the right to it. */
export const secret: KindName = 'money'
const options = [
  { value: 'a', label: { zh: '甲类', en: 'Type A' } },
  { value: 'b', label: { zh: '乙类', en: 'Type B' } },
]
/** What fields link to: departments, and customers that a test has made. */
export const linked = { department: newId(), otherDepartment: newId(), customer: '', otherCustomer: '' }

type Example = { first: unknown; firstShown: string; then: unknown; thenShown: string; bad: unknown }
/** For each kind a value, another one, how people read them, and what is none. */
export const examples = (): Record<KindName, Example> => ({
  text: { first: '头等', firstShown: '头等', then: '次等', thenShown: '次等', bad: 'x'.repeat(201) },
  longText: { first: '长文甲', firstShown: '长文甲', then: '长文乙', thenShown: '长文乙', bad: 5 },
  integer: { first: 1234, firstShown: '1,234', then: 5678, thenShown: '5,678', bad: 1.5 },
  money: { first: '7654.3', firstShown: '¥7,654.30', then: '8765.40', thenShown: '¥8,765.40', bad: '1.234' },
  price: { first: '0.123456', firstShown: '¥0.123456', then: '0.654321', thenShown: '¥0.654321', bad: 0.1 },
  quantity: { first: '12.5', firstShown: '12.5', then: '13.5', thenShown: '13.5', bad: '1.23456' },
  percent: { first: '21.15', firstShown: '21.15%', then: '22.5', thenShown: '22.50%', bad: 'many' },
  day: {
    first: '2026-12-01',
    firstShown: '2026-12-01',
    then: '2026-12-02',
    thenShown: '2026-12-02',
    bad: '2026-02-30',
  },
  instant: {
    first: '2026-12-01T02:00:00Z',
    firstShown: '2026-12-01 10:00',
    then: '2026-12-01T03:00:00Z',
    thenShown: '2026-12-01 11:00',
    bad: 'noon',
  },
  yesNo: { first: true, firstShown: '是', then: false, thenShown: '否', bad: 'yes' },
  choice: { first: 'a', firstShown: '甲类', then: 'b', thenShown: '乙类', bad: 'c' },
  choices: { first: ['a'], firstShown: '甲类', then: ['a', 'b'], thenShown: '甲类、乙类', bad: ['c'] },
  phone: { first: '0571-8001', firstShown: '0571-8001', then: '0571-8002', thenShown: '0571-8002', bad: 'call me' },
  email: {
    first: 'one@example.com',
    firstShown: 'one@example.com',
    then: 'two@example.com',
    thenShown: 'two@example.com',
    bad: 'one',
  },
  url: {
    first: 'https://example.com/1',
    firstShown: 'https://example.com/1',
    then: 'https://example.com/2',
    thenShown: 'https://example.com/2',
    bad: 'javascript:alert(1)',
  },
  person: { first: ids.buyer, firstShown: '员工 buyer', then: ids.mate, thenShown: '员工 mate', bad: newId() },
  department: {
    first: linked.department,
    firstShown: '销售部',
    then: linked.otherDepartment,
    thenShown: '仓储部',
    bad: newId(),
  },
  link: { first: linked.customer, firstShown: '关联甲', then: linked.otherCustomer, thenShown: '关联乙', bad: newId() },
})

export const places = [
  { document: 'sales_order', place: 'document', prefix: 'own' },
  { document: 'sales_order', place: 'line', prefix: 'line' },
  { document: 'customer', place: 'document', prefix: 'own' },
  { document: 'customer', place: 'line', prefix: 'line' },
] as const
export const keyOf = (prefix: string, kind: KindName): string => prefix + kind.charAt(0).toUpperCase() + kind.slice(1)
export const labelOf = (prefix: string, kind: KindName): string => `自有${prefix === 'own' ? '' : '行'}${kind}`
export const fieldOf = (prefix: string, place: OwnField['place'], kind: KindName) => ({
  key: keyOf(prefix, kind),
  kind,
  place,
  label: { zh: labelOf(prefix, kind) },
  inList: true,
  ...(kind === secret ? { group: 'secret' } : {}),
  ...(kind === 'choice' || kind === 'choices' ? { options } : {}),
  ...(kind === 'link' ? { to: 'customer' } : {}),
})

export const shared = kindNames.filter((kind) => kind !== secret)
export type Take = 'first' | 'then'
/** The own values of a place; without the restricted one for those who may not write it. */
export const custom = (prefix: string, take: Take, kinds: readonly KindName[] = kindNames): Record<string, unknown> =>
  Object.fromEntries(kinds.map((kind) => [keyOf(prefix, kind), examples()[kind][take]]))
/** How a place answers its own values: decimals in full. */
export const answered = (prefix: string, take: Take, kinds: readonly KindName[]): Record<string, unknown> => ({
  ...custom(prefix, take, kinds),
  ...(kinds.includes(secret) ? { [keyOf(prefix, secret)]: take === 'first' ? '7654.30' : '8765.40' } : {}),
  [keyOf(prefix, 'percent')]: take === 'first' ? '21.15' : '22.50',
})
export const named = (prefix: string, take: 'firstShown' | 'thenShown') =>
  Object.fromEntries(
    (['person', 'department', 'link'] as const).map((kind) => [keyOf(prefix, kind), examples()[kind][take]]),
  )
