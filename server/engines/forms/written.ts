import { type Document, type Field, type FieldIssue, type Fields, Refusal, valueSchema } from '#contract'
import { type Caller, canRead, canWrite } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { namesFor } from './names.ts'
import { linkedBy, ownLinks } from './own-names.ts'

type Values = Record<string, unknown>
type Place = Values & { custom?: Values }
type Sent = Place & { lines?: Place[] }
type Mode = 'create' | 'patch'

/**
 * Checks what a caller sent against the descriptor: the right to write each field, and the company's own fields by their kinds.
 * (The built-in fields were checked by the contract.) `create` also asks for the required own fields.
 */
export async function checkWritten(
  tx: Tx,
  caller: Caller,
  document: Document,
  sent: object,
  mode: Mode,
): Promise<void> {
  const places = placesOf(document, sent as Sent, mode) // an object the contract has parsed; only its keys are looked at
  for (const place of places) assertWritable(caller, place)
  const misspelt = places.flatMap(ownIssues)
  const issues = misspelt.length > 0 ? misspelt : await linkIssues(tx, caller, places)
  if (issues.length > 0) throw new Refusal('malformed', {}, issues)
}

/** Where fields stand in what was sent: the document itself, and each of its lines, which are always sent whole. */
type SentPlace = { sent: Place; fields: Fields; path: string; mode: Mode }

const placesOf = (document: Document, sent: Sent, mode: Mode): SentPlace[] => [
  { sent, fields: document.fields, path: '', mode },
  ...(sent.lines ?? []).map((line, i) => ({
    sent: line,
    fields: document.lines?.fields ?? {},
    path: `lines.${i}.`,
    mode: 'create' as const,
  })),
]

const valueOf = (sent: Place, key: string, field: Field): unknown =>
  field.stored === 'custom' ? sent.custom?.[key] : sent[key]

function assertWritable(caller: Caller, { sent, fields, path }: SentPlace): void {
  for (const [key, field] of Object.entries(fields))
    if (valueOf(sent, key, field) !== undefined && !canWrite(caller, field.group))
      throw new Refusal('field_forbidden', { field: path + key, label: field.label })
}

function ownIssues({ sent, fields, path, mode }: SentPlace): FieldIssue[] {
  const own = Object.entries(fields).filter(([, field]) => field.stored === 'custom')
  const known = new Set(own.map(([key]) => key))
  const unknown = Object.keys(sent.custom ?? {}).filter((key) => !known.has(key))
  return [
    ...own.flatMap(([key, field]) => ownValueIssues(field, sent.custom?.[key], mode, `${path}custom.${key}`)),
    ...unknown.map((key) => ({ field: `${path}custom.${key}`, message: `没有字段 ${key} / there is no field ${key}` })),
  ]
}

function ownValueIssues(field: Field, value: unknown, mode: Mode, path: string): FieldIssue[] {
  const missing = value === undefined ? mode === 'create' : value === null || value === ''
  if (missing)
    return field.required
      ? [{ field: path, message: `请填写${field.label.zh} / ${field.label.en ?? field.label.zh} is needed` }]
      : []
  if (value === undefined || value === null) return []
  const parsed = valueSchema(field).safeParse(value)
  return parsed.success ? [] : parsed.error.issues.map((issue) => ({ field: path, message: issue.message }))
}

/** What an own field links to must be there for whoever links to it. */
async function linkIssues(tx: Tx, caller: Caller, places: SentPlace[]): Promise<FieldIssue[]> {
  const linked = places.flatMap(({ sent, fields, path }) =>
    linkedBy(sent, ownLinks(fields)).map((link) => ({ ...link, field: `${path}custom.${link.key}` })),
  )
  const nameOf = await namesFor(tx, caller, linked)
  return linked
    .filter(({ kind, id }) => nameOf(kind, id) === undefined)
    .map(({ field }) => ({ field, message: '没有找到，请重新选择 / not found; choose again' }))
}

/** Those of a row's own values that the caller may not read, and so could not send back. */
export const unseenCustom = (caller: Caller, fields: Fields, custom: Values | undefined): Values =>
  Object.fromEntries(Object.entries(custom ?? {}).filter(([key]) => !canRead(caller, fields[key]?.group)))

/** The own values after a change: what was there, overwritten by what was sent. */
export const mergedCustom = (before: unknown, sent: Values | undefined): Record<string, never> =>
  ({ ...(before as Values | null), ...sent }) as Record<string, never> // jsonb input type of the store
