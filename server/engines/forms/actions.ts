import { type DocumentDescription, type Input, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Actions } from '#kernel/perform'
import type { forms } from './contract.ts'
import { describe } from './describe.ts'
import { hasNames } from './names.ts'
import { insertOwnField } from './own-field-store.ts'
import { documentFor, forgetDocument, registeredDocuments } from './registry.ts'

async function documents(tx: Tx, caller: Caller): Promise<{ documents: DocumentDescription[] }> {
  const all = await Promise.all(registeredDocuments().map(({ name }) => documentFor(tx, name)))
  return { documents: all.map((document) => describe(caller, document)) }
}

async function document(tx: Tx, caller: Caller, { name }: { name: string }): Promise<DocumentDescription> {
  return describe(caller, await documentFor(tx, name))
}

/** What every view has beside its fields. */
const reserved = ['id', 'version', 'can', 'names', 'custom', 'lines']

/** Adds a field of the company's own: from now on it is validated, stored, audited and shown like a built-in one. */
async function addField(
  tx: Tx,
  caller: Caller,
  { name, field }: Input<(typeof forms)['endpoints']['addField']>,
): Promise<DocumentDescription> {
  allow(caller, 'forms.design', { zh: '设计表单', en: 'design forms' })
  const before = await documentFor(tx, name)
  if (field.kind === 'link' && !hasNames(field.to ?? '')) throw new Refusal('no_such_link', { to: field.to ?? '' })
  const isChoice = field.kind === 'choice' || field.kind === 'choices'
  if (isChoice && !field.options?.length) throw new Refusal('no_options')
  const keys = [...reserved, ...Object.keys(before.fields), ...Object.keys(before.lines?.fields ?? {})]
  const taken = keys.includes(field.key)
  if (taken || !(await insertOwnField(tx, name, field))) throw new Refusal('field_exists', { key: field.key })
  forgetDocument(name)
  const after = await documentFor(tx, name)
  // The transaction may still be undone; the next call reads the committed fields.
  forgetDocument(name)
  return describe(caller, after)
}

export const formsActions: Actions<typeof forms> = { documents, document, addField }
