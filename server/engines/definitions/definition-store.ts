import type { Text } from '#contract'
import type { Caller } from '#kernel/caller'
import { asSetUp, lookAgain } from '#kernel/as-set-up'
import { sql, type Tx } from '#kernel/db'
import type { DefinitionState } from './contract.ts'

export type DefinitionKind = 'rule' | 'flow'
/** One version of a rule or a flow; what it says is in `body`, in the form its engine gave it. */
export type Definition = {
  kind: DefinitionKind
  key: string
  version: number
  state: DefinitionState
  revision: number
  name: Text
  document: string
  event: string
  body: unknown
  publishedAt: Date | null
  publishedBy: string | null
}
export type Draft = Pick<Definition, 'key' | 'revision' | 'name' | 'document' | 'event'> & { body: object }
type Where = { key?: string; version?: number; document?: string; event?: string; state?: DefinitionState }

/** Versions of a kind, the newest of each key first. */
export async function findDefinitions(tx: Tx, kind: DefinitionKind, where: Where): Promise<Definition[]> {
  const rows = await tx.definition.findMany({
    where: { kind, ...where },
    orderBy: [{ key: 'asc' }, { version: 'desc' }],
    take: 500,
  })
  return rows as unknown as Definition[] // written below in this form; the database checks kind and state
}

/** What is in force for a document, of both kinds, by key: who asks the rules of a move looks for its flows next. */
export const publishedOn = (tx: Tx, document: string): Promise<Definition[]> =>
  asSetUp(
    tx,
    `published definitions ${document}`,
    () => tx.$queryRaw<Definition[]>`
      select kind, key, version, state, revision, name, document, event, body,
        published_at as "publishedAt", published_by as "publishedBy"
      from definition where document = ${document} and state = 'published' order by key`,
  )

/** Writes a new version; false when somebody was quicker. */
export async function insertDraft(
  tx: Tx,
  caller: Caller,
  kind: DefinitionKind,
  version: number,
  draft: Draft,
): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    insert into definition (kind, key, version, state, name, document, event, body, saved_at, saved_by)
    values (${kind}, ${draft.key}, ${version}, 'draft', ${JSON.stringify(draft.name)}::jsonb, ${draft.document}, ${draft.event},
            ${JSON.stringify(draft.body)}::jsonb, ${caller.at}, ${caller.personId}::uuid)
    on conflict do nothing`
  return inserted === 1
}

/** Overwrites the draft that the caller has read; false when it has changed since. */
export async function updateDraft(tx: Tx, caller: Caller, kind: DefinitionKind, draft: Draft): Promise<boolean> {
  const updated = await tx.$executeRaw`
    update definition set name = ${JSON.stringify(draft.name)}::jsonb, document = ${draft.document}, event = ${draft.event},
           body = ${JSON.stringify(draft.body)}::jsonb, revision = revision + 1, saved_at = ${caller.at}, saved_by = ${caller.personId}::uuid
    where kind = ${kind} and key = ${draft.key} and state = 'draft' and revision = ${draft.revision}`
  return updated === 1
}

/** Puts the draft that the caller has read into force; false when it has changed since. */
export async function publishVersion(
  tx: Tx,
  caller: Caller,
  kind: DefinitionKind,
  key: string,
  revision: number,
): Promise<boolean> {
  const published = await tx.$executeRaw`
    update definition set state = 'published', published_at = ${caller.at}, published_by = ${caller.personId}::uuid
    where kind = ${kind} and key = ${key} and state = 'draft' and revision = ${revision}`
  lookAgain(tx)
  return published === 1
}

/** Takes the published version out of force; false when there is none. */
export async function retirePublished(tx: Tx, kind: DefinitionKind, key: string): Promise<boolean> {
  const retired = await tx.$executeRaw`
    update definition set state = 'retired' where kind = ${kind} and key = ${key} and state = 'published'`
  lookAgain(tx)
  return retired === 1
}

/** One writer at a time for each key, also while it has no row yet. */
export async function lockKey(tx: Tx, kind: DefinitionKind, key: string): Promise<void> {
  await tx.$queryRaw(sql`select pg_advisory_xact_lock(hashtextextended(${`definition:${kind}:${key}`}, 0))::text`)
}
