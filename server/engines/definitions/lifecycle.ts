import { Refusal, type Text } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import {
  type Definition,
  type DefinitionKind,
  type Draft,
  findDefinitions,
  insertDraft,
  lockKey,
  publishedOn,
  publishVersion,
  retirePublished,
  updateDraft,
} from './definition-store.ts'

const words: Record<DefinitionKind, Text> = {
  rule: { zh: '规则', en: 'rule' },
  flow: { zh: '审批流程', en: 'approval flow' },
}

/** What is in force in front of a move of a document, by key. */
export async function publishedFor(
  tx: Tx,
  kind: DefinitionKind,
  document: string,
  event: string,
): Promise<Definition[]> {
  return (await publishedOn(tx, document)).filter((one) => one.kind === kind && one.event === event)
}

/** The version in force. */
export async function publishedDefinition(tx: Tx, kind: DefinitionKind, key: string): Promise<Definition | undefined> {
  return (await findDefinitions(tx, kind, { key, state: 'published' }))[0]
}

/** All versions, the newest first; a key that was never saved is refused. */
export async function versionsOf(tx: Tx, kind: DefinitionKind, key: string): Promise<Definition[]> {
  const versions = await findDefinitions(tx, kind, { key })
  if (versions.length === 0) throw new Refusal('not_found', { what: words[kind] })
  return versions
}

/** One version; without a number the newest. */
export async function readVersion(tx: Tx, kind: DefinitionKind, key: string, version?: number): Promise<Definition> {
  const versions = await versionsOf(tx, kind, key)
  const found = version === undefined ? versions[0] : versions.find((one) => one.version === version)
  if (!found) throw new Refusal('not_found', { what: words[kind] })
  return found
}

/** Saves what is being written: over the draft there is, or as the next version of what was published. */
export async function saveDraft(tx: Tx, caller: Caller, kind: DefinitionKind, draft: Draft): Promise<Definition> {
  await lockKey(tx, kind, draft.key)
  const [newest] = await findDefinitions(tx, kind, { key: draft.key })
  const begins = newest?.state !== 'draft'
  if (begins !== (draft.revision === 0)) throw new Refusal('stale')
  const saved = begins
    ? await insertDraft(tx, caller, kind, (newest?.version ?? 0) + 1, draft)
    : await updateDraft(tx, caller, kind, draft)
  if (!saved) throw new Refusal('stale')
  return readVersion(tx, kind, draft.key)
}

/** The draft with this revision, to be checked before it is published. */
export async function draftOf(tx: Tx, kind: DefinitionKind, key: string, revision: number): Promise<Definition> {
  const newest = await readVersion(tx, kind, key)
  if (newest.state !== 'draft' || newest.revision !== revision) throw new Refusal('stale')
  return newest
}

/** Puts a draft into force in place of the version before it. */
export async function publishDraft(
  tx: Tx,
  caller: Caller,
  kind: DefinitionKind,
  key: string,
  revision: number,
): Promise<Definition> {
  await lockKey(tx, kind, key)
  await retirePublished(tx, kind, key)
  if (!(await publishVersion(tx, caller, kind, key, revision))) throw new Refusal('stale')
  return readVersion(tx, kind, key)
}

/** Takes a definition out of force; nothing replaces it. */
export async function retireDefinition(tx: Tx, kind: DefinitionKind, key: string): Promise<void> {
  await lockKey(tx, kind, key)
  if (!(await retirePublished(tx, kind, key))) throw new Refusal('not_found', { what: words[kind] })
}
