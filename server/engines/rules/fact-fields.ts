import { comparison, Decimal, type Facts, type Fields, Refusal } from '#contract'
import type { Tx } from '#kernel/db'
import { documentFor, wireValue } from '#server/engines/forms'

const registered = new Map<string, Fields>()

/** Says what conditions about a document may look at; its module gives these facts whenever it asks the rules. */
export function registerFactFields(document: string, fields: Fields): void {
  registered.set(document, fields)
}

/** What conditions about a document may look at: what its module registered, and the company's own fields as `custom.<key>`. */
export async function factFieldsOf(tx: Tx, document: string): Promise<Fields> {
  const own = registered.get(document)
  if (!own) throw new Refusal('no_fact_fields', { document })
  const custom = Object.entries((await documentFor(tx, document)).fields).filter(
    ([, field]) => field.stored === 'custom',
  )
  return { ...own, ...Object.fromEntries(custom.map(([key, field]) => [`custom.${key}`, field])) }
}

/** Facts as conditions name them: those under `custom` become `custom.<key>`. */
export function flatFacts({ custom, ...facts }: Facts): Facts {
  const own = Object.entries((custom as Record<string, unknown> | null | undefined) ?? {}) // the document's own fields, by key
  return { ...facts, ...Object.fromEntries(own.map(([key, value]) => [`custom.${key}`, value])) }
}

/** A figure as it is kept and shown: rounded by its kind, as text. Conditions themselves compare the exact one. */
export function keptFigure(fields: Fields, key: string, value: unknown): unknown {
  const field = fields[key]
  const isFigure = field && comparison(field) === 'number' && /^-?\d+(\.\d+)?$/.test(String(value))
  if (field && (isFigure || value instanceof Date)) return wireValue(field, value)
  return value instanceof Decimal || value instanceof Date ? String(value) : (value ?? null)
}

/** A limit as the rule has it stays as it was written; one taken from another field is a figure like any other. */
export const keptLimit = (fields: Fields, key: string, value: unknown): unknown =>
  value instanceof Decimal || value instanceof Date ? keptFigure(fields, key, value) : (value ?? null)
