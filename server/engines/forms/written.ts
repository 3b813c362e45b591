import { type Document, type Field, type FieldIssue, type Fields, Refusal, valueSchema } from '#contract'
import { type Caller, canWrite } from '#kernel/caller'

type Values = Record<string, unknown>
type Sent = Values & { custom?: Values; lines?: (Values & { custom?: Values })[] }

/**
 * Checks what a caller sent against the descriptor: the right to write each field, and the company's own fields by their kinds.
 * (The built-in fields were checked by the contract.) `create` also asks for the required own fields.
 */
export function checkWritten(caller: Caller, document: Document, sent: object, mode: 'create' | 'patch'): void {
  const given = sent as Sent // an object the contract has parsed; only its keys are looked at
  const issues: FieldIssue[] = []
  checkPlace(caller, document.fields, given, mode, '', issues)
  given.lines?.forEach((line, i) =>
    checkPlace(caller, document.lines?.fields ?? {}, line, 'create', `lines.${i}.`, issues),
  )
  if (issues.length > 0) throw new Refusal('malformed', {}, issues)
}

function checkPlace(
  caller: Caller,
  fields: Fields,
  sent: Values & { custom?: Values },
  mode: 'create' | 'patch',
  path: string,
  issues: FieldIssue[],
): void {
  for (const [key, field] of Object.entries(fields)) {
    const value = field.stored === 'custom' ? sent.custom?.[key] : sent[key]
    if (value !== undefined && !canWrite(caller, field.group))
      throw new Refusal('field_forbidden', { field: path + key, label: field.label })
    if (field.stored === 'custom') issues.push(...ownValueIssues(field, value, mode, `${path}custom.${key}`))
  }
  for (const key of Object.keys(sent.custom ?? {}))
    if (fields[key]?.stored !== 'custom')
      issues.push({ field: `${path}custom.${key}`, message: `没有字段 ${key} / there is no field ${key}` })
}

function ownValueIssues(field: Field, value: unknown, mode: 'create' | 'patch', path: string): FieldIssue[] {
  const missing = value === undefined ? mode === 'create' : value === null || value === ''
  if (missing)
    return field.required
      ? [{ field: path, message: `请填写${field.label.zh} / ${field.label.en ?? field.label.zh} is needed` }]
      : []
  if (value === undefined || value === null) return []
  const parsed = valueSchema(field).safeParse(value)
  return parsed.success ? [] : parsed.error.issues.map((issue) => ({ field: path, message: issue.message }))
}

/** The own values after a change: what was there, overwritten by what was sent. */
export const mergedCustom = (before: unknown, sent: Values | undefined): Record<string, never> =>
  ({ ...(before as Values | null), ...sent }) as Record<string, never> // jsonb input type of the store
