import { type DocumentDescription, type FieldDescription, type FieldKind } from '#contract'
import { forms } from '#contract/engines/forms'
import { connect } from '../api.ts'
import { lang } from '../i18n.ts'

const formsApi = connect(forms)
const freshMs = 60_000
const known = new Map<string, { at: number; description: Promise<DocumentDescription> }>()

/** What a document is made of for this viewer, the company's own fields among them. Kept for a minute. */
export function describeDocument(name: string): Promise<DocumentDescription> {
  const key = `${name} ${lang.value}`
  const kept = known.get(key)
  if (kept && Date.now() - kept.at < freshMs) return kept.description
  const description = formsApi.document({ name })
  known.set(key, { at: Date.now(), description })
  // A failure is not kept: the next one asks again.
  description.catch(() => known.delete(key))
  return description
}

/** The next one on this device may read other fields. */
export const forgetDescriptions = (): void => known.clear()

/** The kind of a described field with its arguments, as checks and texts want it. */
export function kindOf(field: FieldDescription): FieldKind {
  const { kind } = field
  if (kind === 'choice' || kind === 'choices') return { kind, options: field.options ?? [] }
  if (kind === 'link') return { kind, to: field.to ?? '' }
  return { kind }
}

/** A document as it is answered: its own fields beside the company's. */
export type AnyView = { id: string; names: Record<string, string>; custom: Record<string, unknown> }

/** The value of a field, wherever it is stored. */
export const valueOf = (view: AnyView, field: FieldDescription): unknown =>
  field.stored === 'custom' ? view.custom[field.key] : (view as unknown as Record<string, unknown>)[field.key] // a view has a key for each field

/** Where a form keeps and marks a field. */
export const pathOf = (field: FieldDescription): string =>
  field.stored === 'custom' ? `custom.${field.key}` : field.key
