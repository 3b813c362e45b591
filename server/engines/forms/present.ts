import {
  Decimal,
  type Document,
  type Field,
  type Fields,
  showValue,
  toMoney,
  toPercent,
  toPrice,
  toQuantity,
  type View,
} from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import { dayOf } from '#kernel/days'
import { linkedKind } from './names.ts'

/** A stored row: columns by field name, the company's own values under `custom`. */
export type Row = { id: string; version?: number; custom?: unknown } & Record<string, unknown>
export type Shown = {
  can?: string[]
  names?: Record<string, string>
  lines?: (Row & { names?: Record<string, string> })[]
}

/** A document as this caller may see it: values as they cross the wire, fields he may not read left out. */
export function present<D extends Document>(document: D, caller: Caller, row: Row, shown: Shown = {}): View<D> {
  const seen = (fields: Fields) => Object.entries(fields).filter(([, field]) => canRead(caller, field.group))
  const own = seen(document.fields)
  const lineFields = seen(document.lines?.fields ?? {})
  const view = {
    ...values(own, row),
    id: row.id,
    version: row.version ?? 1,
    can: shown.can ?? [],
    names: shown.names ?? {},
    custom: customValues(own, row),
    lines: (shown.lines ?? []).map((line) => ({
      ...values(lineFields, line),
      id: line.id,
      names: line.names ?? {},
      custom: customValues(lineFields, line),
    })),
  }
  return view as unknown as View<D> // built field by field from the descriptor that View<D> is computed from
}

const values = (fields: [string, Field][], row: Row): Record<string, unknown> =>
  Object.fromEntries(
    fields
      .filter(([key, field]) => field.stored !== 'custom' && key in row)
      .map(([key, field]) => [key, wireValue(field, row[key])]),
  )

function customValues(fields: [string, Field][], row: Row): Record<string, unknown> {
  const custom = (row.custom ?? {}) as Record<string, unknown> // a jsonb object, or nothing yet
  return Object.fromEntries(
    fields
      .filter(([key, field]) => field.stored === 'custom' && key in custom)
      .map(([key, field]) => [key, wireValue(field, custom[key])]),
  )
}

/** One value as it crosses the wire: decimals and days as text. */
export function wireValue(field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return null
  switch (field.kind) {
    case 'money':
      return toMoney(asDecimal(value))
    case 'price':
      return toPrice(asDecimal(value))
    case 'quantity':
      return toQuantity(asDecimal(value))
    case 'percent':
      return toPercent(asDecimal(value))
    case 'day':
      return value instanceof Date ? dayOf(value) : value
    case 'instant':
      return value instanceof Date ? value.toISOString() : value
    default:
      return value
  }
}

// Prisma's Decimal is a class of its own; its text is exact.
const asDecimal = (value: unknown): Decimal => (value instanceof Decimal ? value : new Decimal(String(value)))

/** Any document's view, looked at by the keys of its descriptor. */
type Seen = Pick<View<Document>, 'names' | 'custom'>

/** The summary of a document in label/value pairs, for cards, answers and notices. */
export function summaryOf(
  document: Document,
  view: Seen,
  lang: 'zh' | 'en',
): { key: string; label: string; value: string }[] {
  return document.summary
    .map((key) => [key, document.fields[key]] as const)
    .filter(
      (pair): pair is readonly [string, Field] => pair[1] !== undefined && (pair[0] in view || pair[0] in view.custom),
    )
    .map(([key, field]) => ({
      key,
      label: lang === 'en' ? (field.label.en ?? field.label.zh) : field.label.zh,
      value: shownValue(document, view, key, field, lang),
    }))
}

/** A field's value as people read it: the name of what it links to, the word of a state. */
export function shownValue(
  document: Pick<Document, 'states'>,
  view: Seen,
  key: string,
  field: Field,
  lang: 'zh' | 'en',
): string {
  const named = Object.hasOwn(view.names, key) ? view.names[key] : undefined
  if (named) return named
  // What has no name here is not there for this viewer: its id would tell him nothing.
  if (linkedKind(field)) return showValue(field, null, lang)
  const value = field.stored === 'custom' ? view.custom[key] : Reflect.get(view, key)
  const state = key === 'state' ? document.states?.[String(value)] : undefined
  if (state) return lang === 'en' ? (state.label.en ?? state.label.zh) : state.label.zh
  return showValue(field, value, lang)
}
