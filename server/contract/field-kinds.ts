import { z } from 'zod'
import { type Lang, say, type Text } from './text.ts'
import { Day, Id, Instant, Money, Percent, Price, Quantity } from './values.ts'

export type Colour = 'grey' | 'blue' | 'orange' | 'green' | 'red'
export type Option = { value: string; label: Text; colour?: Colour }

/** What kinds of field exist, with the arguments of each. A descriptor is made of these and nothing else. */
export type FieldKind =
  | { kind: 'text'; max?: number }
  | { kind: 'longText'; max?: number }
  | { kind: 'integer'; min?: number; max?: number }
  | { kind: 'money' }
  | { kind: 'price' }
  | { kind: 'quantity' }
  | { kind: 'percent' }
  | { kind: 'day' }
  | { kind: 'instant' }
  | { kind: 'yesNo' }
  | { kind: 'choice'; options: readonly Option[] }
  | { kind: 'choices'; options: readonly Option[] }
  | { kind: 'phone' }
  | { kind: 'email' }
  | { kind: 'url' }
  /** A person of the company. */
  | { kind: 'person' }
  | { kind: 'department' }
  /** Another document or master record; its `…Name` stands beside it in a view. */
  | { kind: 'link'; to: string }

export type KindName = FieldKind['kind']

/** The type of a field's value on the wire. */
export type ValueOf<F extends { kind: KindName }> = F extends { kind: 'integer' }
  ? number
  : F extends { kind: 'yesNo' }
    ? boolean
    : F extends { kind: 'choices' }
      ? string[]
      : string

/** How values of a kind compare: decides which operators a condition may use. */
export type Comparison = 'number' | 'text' | 'day' | 'set' | 'yesNo'

type Behaviour<F> = {
  /** Checks a value on both sides. */
  schema: (field: F) => z.ZodType
  /** How a person reads it on a card, in the chat, on paper. */
  show: (value: string, field: F, lang: Lang) => string
  compares: Comparison
}

const asIs = (value: string): string => value
const grouped = (value: string): string =>
  value.replace(/^(-?)(\d+)/, (_, sign: string, digits: string) => sign + digits.replace(/\B(?=(\d{3})+$)/g, ','))
const label = (options: readonly Option[], value: string, lang: Lang): string => {
  const option = options.find((one) => one.value === value)
  return option ? say(option.label, lang) : value
}
const oneOf = (options: readonly Option[]) => z.enum(options.map((option) => option.value))

const behaviours: { [K in KindName]: Behaviour<Extract<FieldKind, { kind: K }>> } = {
  text: {
    schema: (f) =>
      z
        .string()
        .trim()
        .max(f.max ?? 200),
    show: asIs,
    compares: 'text',
  },
  longText: {
    schema: (f) =>
      z
        .string()
        .trim()
        .max(f.max ?? 2000),
    show: asIs,
    compares: 'text',
  },
  integer: {
    schema: (f) =>
      z
        .number()
        .int()
        .min(f.min ?? -2147483648)
        .max(f.max ?? 2147483647),
    show: grouped,
    compares: 'number',
  },
  money: { schema: () => Money, show: (value) => `¥${grouped(value)}`, compares: 'number' },
  price: { schema: () => Price, show: (value) => `¥${grouped(value)}`, compares: 'number' },
  quantity: { schema: () => Quantity, show: grouped, compares: 'number' },
  percent: { schema: () => Percent, show: (value) => `${value}%`, compares: 'number' },
  day: { schema: () => Day, show: asIs, compares: 'day' },
  instant: { schema: () => Instant, show: (value) => shanghaiMinute(value), compares: 'day' },
  yesNo: {
    schema: () => z.boolean(),
    show: (value, _, lang) => (lang === 'en' ? (value === 'true' ? 'Yes' : 'No') : value === 'true' ? '是' : '否'),
    compares: 'yesNo',
  },
  choice: {
    schema: (f) => oneOf(f.options),
    show: (value, f, lang) => label(f.options, value, lang),
    compares: 'text',
  },
  choices: {
    schema: (f) => z.array(oneOf(f.options)).max(50),
    show: (value, f, lang) =>
      value
        .split(',')
        .map((one) => label(f.options, one, lang))
        .join('、'),
    compares: 'set',
  },
  phone: {
    schema: () => z.string().regex(/^[+\d][\d\s()-]{4,24}$/, { error: '电话格式不对 / not a phone number' }),
    show: asIs,
    compares: 'text',
  },
  email: { schema: () => z.email({ error: '邮箱格式不对 / not an e-mail address' }), show: asIs, compares: 'text' },
  url: {
    schema: () => z.url({ protocol: /^https?$/, error: '网址格式不对 / not a web address' }).max(500),
    show: asIs,
    compares: 'text',
  },
  person: { schema: () => Id, show: asIs, compares: 'text' },
  department: { schema: () => Id, show: asIs, compares: 'text' },
  link: { schema: () => Id, show: asIs, compares: 'text' },
}

// The table is indexed by the field's own kind, so the behaviour found always fits the field given.
const behaviourOf = (field: FieldKind): Behaviour<FieldKind> =>
  behaviours[field.kind] as unknown as Behaviour<FieldKind>

export const kindNames = Object.keys(behaviours) as KindName[] // the keys of a table typed by KindName
export const valueSchema = (field: FieldKind): z.ZodType => behaviourOf(field).schema(field)
export const comparison = (field: FieldKind): Comparison => behaviourOf(field).compares
/** A value as people read it; nothing reads as a dash. */
export const showValue = (field: FieldKind, value: unknown, lang: Lang): string =>
  value === null || value === undefined || value === '' ? '—' : behaviourOf(field).show(String(value), field, lang)

function shanghaiMinute(iso: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(iso),
  )
}
