import type { OwnField } from '#contract'
import { type Document, fieldOf, type Fields, Refusal } from '#contract'
import type { Tx } from '#kernel/db'
import { remembers } from '#kernel/memory'
import { readOwnFields } from './own-field-store.ts'

const documents = new Map<string, Document>()
/** How long another process may go on without a field that was just added. */
const freshMs = 2000
const known = new Map<string, { at: number; document: Document }>()
remembers(() => known.clear())

/** Makes a document known to the engines; each module does so for its own when it is loaded. */
export function registerDocument(document: Document): void {
  documents.set(document.name, document)
}

export const registeredDocuments = (): Document[] => [...documents.values()]

/** The descriptor with the company's own fields. */
export async function documentFor(tx: Tx, name: string): Promise<Document> {
  const cached = known.get(name)
  if (cached && Date.now() - cached.at < freshMs) return cached.document
  const built = documents.get(name)
  if (!built) throw new Refusal('not_found', { what: { zh: '单据类型', en: 'document type' } })
  const document = withOwnFields(built, await readOwnFields(tx, name))
  known.set(name, { at: Date.now(), document })
  return document
}

export const forgetDocument = (name: string): void => void known.delete(name)

function withOwnFields(document: Document, own: OwnField[]): Document {
  const placed = (place: OwnField['place']): Fields =>
    Object.fromEntries(own.filter((field) => field.place === place).map((field) => [field.key, fieldOf(field)]))
  // What a company wants to see in lists it wants to see in a few words too: on cards, in answers.
  const told = own.filter((field) => field.place === 'document' && field.inList).map(({ key }) => key)
  return {
    ...document,
    summary: [...document.summary, ...told],
    fields: { ...document.fields, ...placed('document') },
    lines: document.lines && { ...document.lines, fields: { ...document.lines.fields, ...placed('line') } },
  }
}
