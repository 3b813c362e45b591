import { z } from 'zod'
import { type Colour, type FieldKind, type KindName, kindNames, type ValueOf, valueSchema } from './field-kinds.ts'
import type { Moves } from './moves.ts'
import { Text } from './text.ts'
import { Id, Instant, Version } from './values.ts'

/**
 * A field of a document. Where it is stored: in a column of its own name, in the table's `custom` (the company's own
 * fields), or nowhere (computed when the document is read).
 */
export type Field = FieldKind & {
  label: Text
  stored?: 'column' | 'custom' | 'computed'
  /** Group of fields (cost, margin, contact, …) that one needs the right to see; none: whoever sees the document. */
  group?: string
  required?: boolean
  /** Set by the system; never taken from a caller. */
  readOnly?: boolean
  /** Shown in lists and found by filters. */
  inList?: boolean
  hint?: Text
}
export type Fields = Record<string, Field>

export type State = { label: Text; colour: Colour }

/** What a document is, described once. Forms, lists, cards, the bot, rules, audit and OpenAPI work from it. */
export type Document<
  N extends string = string,
  F extends Fields = Fields,
  L extends Fields = Fields,
  S extends string = string,
> = {
  name: N
  label: Text
  /** Where its page is in the mini-app: '/orders/:id'. */
  page: string
  /** Prefix of its numbers: 'SO' gives SO202611-00042. Documents without numbers have none. */
  numbers?: string
  /** The field people call it by. */
  title: keyof F & string
  /** The fields that say in one line, on a card, in an answer, what it is about. */
  summary: readonly (keyof F & string)[]
  states?: Record<S, State>
  /** From which states which move leads where; what else must hold is in the module's policy. */
  moves?: Moves<S>
  fields: F
  /** Sub-table, e.g. order lines. */
  lines?: { label: Text; fields: L }
}

export const defineDocument = <
  const N extends string,
  const F extends Fields,
  const L extends Fields = Record<never, Field>,
  const S extends string = never,
>(
  document: Document<N, F, L, S>,
): Document<N, F, L, S> => document

type Values<F extends Fields> = { -readonly [K in keyof F]?: ValueOf<F[K]> | null }
/** A document as one viewer may see it: what he may not read is not there. */
export type View<D extends Document> = Values<D['fields']> & {
  id: string
  version: number
  /** What this viewer may do with it now. */
  can: string[]
  /** Names of linked people and records, by field: { customerId: '宏达装饰' }. */
  names: Record<string, string>
  custom: Record<string, unknown>
  lines: LineView<D>[]
}
export type LineView<D extends Document> = Values<NonNullable<D['lines']>['fields']> & {
  id: string
  names: Record<string, string>
  custom: Record<string, unknown>
}

const custom = z.record(z.string().max(60), z.unknown())

/** Schema of a document as it is answered; the caller's rights have cut it before. */
export function viewSchema<D extends Document>(document: D): z.ZodType<View<D>> {
  const names = z.record(z.string(), z.string())
  const line = z.object({ ...nullable(document.lines?.fields ?? {}), id: Id, names, custom })
  const view = z
    .object({
      ...nullable(document.fields),
      id: Id,
      version: Version,
      can: z.array(z.string()),
      names,
      custom,
      lines: z.array(line),
    })
    .meta({ id: pascal(document.name), 'x-document': document.name })
  // The object is built field by field from the same descriptor that View<D> is computed from.
  return view as unknown as z.ZodType<View<D>>
}

/** Schema of the fields a caller may send: the writable ones, all optional (`patch`) or with the required ones (`create`). */
export function inputShape(fields: Fields, mode: 'create' | 'patch'): Record<string, z.ZodType> {
  const writable = Object.entries(fields).filter(([, field]) => isWritable(field))
  return Object.fromEntries(
    writable.map(([key, field]) => {
      const schema = requiredText(field, valueSchema(field))
      return [key, field.required ? (mode === 'create' ? schema : schema.optional()) : schema.nullable().optional()]
    }),
  )
}

/** An input object made of a document's writable fields, the company's own ones under `custom`, and what an action adds. */
export function inputSchema<D extends Document, M extends 'create' | 'patch', E extends z.core.$ZodShape>(
  document: D,
  mode: M,
  extra: E,
) {
  const shape = inputShape(document.fields, mode) as Record<never, never> // typed by Sent<D, M> below
  const schema = z.strictObject({ ...shape, custom: custom.optional(), ...extra }).meta({ 'x-written': document.name })
  return schema as unknown as z.ZodType<Sent<D, M> & z.output<z.ZodObject<E>>, Sent<D, M> & z.input<z.ZodObject<E>>>
}
type Sent<D extends Document, M> = M extends 'create' ? Written<D['fields']> : Changed<D['fields']>

/** The fields of a new document as they are sent: those that are required are there. */
export type Written<F extends Fields> = {
  -readonly [
    K in keyof F as F[K]['readOnly'] extends true ? never : F[K]['required'] extends true ? K : never
  ]: ValueOf<F[K]>
} & Changed<F>

/** The fields of a change as they are sent: what is not there stays as it is. */
export type Changed<F extends Fields> = {
  -readonly [K in keyof F as F[K]['readOnly'] extends true ? never : K]?:
    | ValueOf<F[K]>
    | (F[K]['required'] extends true ? never : null)
} & {
  custom?: Record<string, unknown>
}

export const isWritable = (field: Field): boolean =>
  !field.readOnly && field.stored !== 'computed' && field.stored !== 'custom'

const requiredText = (field: Field, schema: z.ZodType): z.ZodType =>
  field.required && (field.kind === 'text' || field.kind === 'longText')
    ? schema.refine((value) => value !== '', {
        error: `请填写${field.label.zh} / ${field.label.en ?? field.label.zh} is needed`,
      })
    : schema

/** Answers are built by us: their values are checked by kind, and each may be absent or empty. */
const nullable = (fields: Fields): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, valueSchema(field).nullable().optional()]))

const pascal = (name: string): string => name.replace(/(^|_)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase())

/** A field that a company adds to a document, as it is stored and sent. */
export const OwnField = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
  kind: z.enum(kindNames),
  label: Text,
  /** Where it stands: on the document itself or on each of its lines. */
  place: z.enum(['document', 'line']).default('document'),
  group: z.string().max(40).optional(),
  required: z.boolean().default(false),
  inList: z.boolean().default(false),
  options: z
    .array(z.strictObject({ value: z.string().min(1).max(40), label: Text }))
    .max(100)
    .optional(),
  to: z.string().max(40).optional(),
})
export type OwnField = z.output<typeof OwnField>

/** Turns a company's field into a descriptor's field. */
export function fieldOf(own: OwnField): Field {
  const { key: _, place: __, options, to, kind, ...rest } = own
  const base = { ...rest, stored: 'custom' as const }
  if (kind === 'choice' || kind === 'choices') return { ...base, kind, options: options ?? [] }
  if (kind === 'link') return { ...base, kind, to: to ?? 'customer' }
  return { ...base, kind: kind satisfies Exclude<KindName, 'choice' | 'choices' | 'link'> }
}

export const OptionSchema = z.object({
  value: z.string(),
  label: Text,
  colour: z.enum(['grey', 'blue', 'orange', 'green', 'red']).optional(),
})
/** A document's description as a page gets it: for one viewer, with the company's own fields. */
export const FieldDescription = z.object({
  key: z.string(),
  kind: z.enum(kindNames),
  label: Text,
  stored: z.enum(['column', 'custom', 'computed']),
  required: z.boolean(),
  writable: z.boolean(),
  inList: z.boolean(),
  hint: Text.optional(),
  options: z.array(OptionSchema).optional(),
  to: z.string().optional(),
})
export type FieldDescription = z.output<typeof FieldDescription>
export const DocumentDescription = z.object({
  name: z.string(),
  label: Text,
  page: z.string(),
  title: z.string(),
  summary: z.array(z.string()),
  states: z.array(OptionSchema),
  fields: z.array(FieldDescription),
  lines: z.array(FieldDescription),
})
export type DocumentDescription = z.output<typeof DocumentDescription>

/** One entry of a document's timeline. */
export const TimelineEntry = z.object({
  id: Id,
  at: Instant,
  by: z.string(),
  via: z.string(),
  /** What was done: 'submit', 'confirm', 'edit', … with its words. */
  action: z.string(),
  words: Text,
  changes: z.array(z.object({ field: z.string(), label: Text, before: z.string(), after: z.string() })),
})
export type TimelineEntry = z.output<typeof TimelineEntry>
