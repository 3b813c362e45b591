import { createHash } from 'node:crypto'
import type { PlatformName } from '#contract/modules/org'
import { sendAlong, sql, type Tx } from '#kernel/db'
import type { Card, TokenCard } from './card.ts'
import type { Handle, Platform } from './platforms/platform.ts'

export type Content = { card: TokenCard } | { text: string }
/** What a card or text is about: every copy of one subject is redrawn together, and of one subject nothing overtakes. */
export type Subject = { subject: string; subjectId: string }

/** One message to one person, and what is known of it. */
export type OutboxMessage = Subject & {
  id: string
  platform: PlatformName
  appId: string
  personId: string | null
  openId: string
  replyTo: string | null
  kind: string
  title: string
  content: Content
  wanted: string
  shown: string
  isFinal: boolean
  isAsking: boolean
  state: string
  handle: Handle | null
  sendKey: string
  tries: number
  /** Set while it is on its way; left behind by a process that died before it could say what became of it. */
  claimedUntil: Date | null
}

export type NewMessage = Subject & {
  id: string
  platform: PlatformName
  appId: string
  personId: string | null
  openId: string
  replyTo?: string
  sendKey: string
  title: string
  content: Content
  wanted: string
  isFinal?: boolean
  dueAt: Date
}

/** Writes messages down, to be sent; answers those whose keys were not written down before. */
export async function insertMessages(tx: Tx, messages: readonly NewMessage[], at: Date): Promise<Set<string>> {
  const rows = messages.map((message) => ({
    ...message,
    kind: 'card' in message.content ? 'card' : 'text',
    isAsking: isAsking(message.content),
  }))
  const written = await tx.$queryRaw<{ id: string }[]>`
    insert into outbox_message (id, platform, app_id, person_id, open_id, reply_to, kind, subject, subject_id, title, content, wanted,
      is_final, is_asking, state, send_key, due_at, written_at, updated_at)
    select id, platform, "appId", "personId", "openId", "replyTo", kind, subject, "subjectId", title, content, wanted,
      coalesce("isFinal", false), "isAsking", 'pending', "sendKey", "dueAt", ${at}, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m(id uuid, platform text, "appId" text, "personId" uuid, "openId" text,
      "replyTo" text, kind text, subject text, "subjectId" text, title text, content jsonb, wanted text, "isFinal" boolean,
      "isAsking" boolean, "sendKey" text, "dueAt" timestamptz)
    order by "sendKey" on conflict (send_key) do nothing returning id`
  return new Set(written.map(({ id }) => id))
}

/** Whether a message shows buttons, and so waits for its holder. */
export const isAsking = (content: Content): boolean => 'card' in content && content.card.buttons.length > 0

/** A card gets its buttons when it has its row: their tokens stand for acts of this copy. */
export async function fillCard(tx: Tx, id: string, card: TokenCard): Promise<void> {
  await tx.outboxMessage.update({ where: { id }, data: { content: { card }, isAsking: card.buttons.length > 0 } })
}

/** Redrawing and writing anew about one subject wait for each other: whoever comes later sees, and draws, the later truth. */
export const lockSubject = (tx: Tx, { subject, subjectId }: Subject): Promise<unknown> =>
  tx.$queryRaw`select 1 from pg_advisory_xact_lock(hashtextextended(${`${subject}/${subjectId}`}, 0))`

/** The copies of a card that may still have to change. One that failed is tried anew when there is something new to show. */
export async function changeableCopies(tx: Tx, { subject, subjectId }: Subject): Promise<OutboxMessage[]> {
  const rows = await tx.outboxMessage.findMany({
    where: { subject, subjectId, kind: 'card', state: { in: ['pending', 'sent', 'failed'] } },
    orderBy: { id: 'asc' },
  })
  return rows.map(asMessage)
}

type Wanted = { card: TokenCard; title: string; wanted: string; isFinal: boolean }

/** What a copy is to show from now on. One that was given up unsent stays so, but would now tell the truth. */
export async function wantShown(tx: Tx, copy: OutboxMessage, change: Wanted, at: Date): Promise<void> {
  const { card, ...columns } = change
  const isUnsent = copy.handle === null
  const isDue = columns.wanted !== copy.shown && !(isUnsent && copy.state === 'failed')
  const settled = columns.isFinal && columns.wanted === copy.shown ? 'final' : 'sent'
  await tx.outboxMessage.update({
    where: { id: copy.id },
    data: {
      ...columns,
      content: { card },
      ...(isUnsent ? { isAsking: card.buttons.length > 0 } : { state: settled, tries: 0, error: null }),
      dueAt: isDue ? at : null,
      updatedAt: at,
    },
  })
}

export async function markSent(tx: Tx, message: OutboxMessage, handle: Handle, at: Date): Promise<void> {
  await tx.$executeRaw`
    update outbox_message set handle = ${JSON.stringify(handle)}::jsonb, sent_at = ${at} where id = ${message.id}::uuid`
  await markShown(tx, message, at)
}

/** It now shows what it was to show; when that has changed while it was on its way, it is due again. */
export async function markShown(tx: Tx, { id, wanted, kind, content }: OutboxMessage, at: Date): Promise<void> {
  await tx.$executeRaw`
    update outbox_message set
      shown = ${wanted}, is_asking = ${isAsking(content)}, tries = 0, error = null, claimed_until = null, updated_at = ${at},
      state = case when ${kind} = 'text' or (is_final and wanted = ${wanted}) then 'final' else 'sent' end,
      due_at = case when wanted = ${wanted} then null::timestamptz else ${at} end
    where id = ${id}::uuid`
}

/** Nothing is to be done with it now: it waits for what it will show in the end. */
export async function rest(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.outboxMessage.update({ where: { id }, data: { dueAt: null, claimedUntil: null, updatedAt: at } })
}

/** It can no longer be changed. What it was to show last is still known. */
export async function close(tx: Tx, id: string, error: string, at: Date): Promise<OutboxMessage> {
  return asMessage(
    await tx.outboxMessage.update({
      where: { id },
      data: { state: 'closed', error, dueAt: null, claimedUntil: null, updatedAt: at },
    }),
  )
}

type Failure = { state: 'failed'; error: string; dueAt: null } | { error: string; tries: number; dueAt: Date }

/** Writes down that it did not work. When it was to show something else meanwhile, that is tried as if for the first time. */
export async function writeFailure(tx: Tx, { id, wanted }: OutboxMessage, failure: Failure, at: Date): Promise<void> {
  const { count } = await tx.outboxMessage.updateMany({
    where: { id, wanted },
    data: { ...failure, claimedUntil: null, updatedAt: at },
  })
  if (count === 0) await tx.outboxMessage.update({ where: { id }, data: { claimedUntil: null } })
}

export async function dueLater(tx: Tx, id: string, dueAt: Date): Promise<void> {
  await tx.$executeRaw`update outbox_message set due_at = ${dueAt} where id = ${id}::uuid`
}

/** A press brought a new means to change its card: what could no longer be shown is shown now. */
export async function renewHandle(tx: Tx, copy: OutboxMessage, handle: Handle, at: Date): Promise<void> {
  const isBehind = copy.state === 'closed' && copy.wanted !== copy.shown
  await tx.outboxMessage.update({
    where: { id: copy.id },
    data: {
      handle: { ...copy.handle, ...handle },
      ...(copy.state === 'closed' && { state: 'sent', error: null, tries: 0 }),
      ...(isBehind && { dueAt: at }),
      updatedAt: at,
    },
  })
}

/** All of a message, from a statement over its table. */
export const messageColumns = sql`
  id, platform, app_id as "appId", person_id as "personId", open_id as "openId", reply_to as "replyTo", kind, subject, subject_id as "subjectId",
  title, content, wanted, shown, is_final as "isFinal", is_asking as "isAsking", state, handle, send_key as "sendKey", tries,
  claimed_until as "claimedUntil"`

/**
 * What is due on a platform and nobody is at work on, locked. Of one subject to one person the earlier goes first; answers that only another
 * process can give are left to it.
 */
export async function lockDue(
  tx: Tx,
  platform: Pick<Platform, 'name' | 'appId' | 'answeredElsewhere'>,
  at: Date,
  most: number,
): Promise<OutboxMessage[]> {
  const elsewhere = platform.answeredElsewhere() ?? null
  const rows = await tx.$queryRaw<MessageRow[]>`
    select ${messageColumns} from outbox_message as m
    where platform = ${platform.name} and app_id = ${platform.appId} and due_at <= ${at} and (claimed_until is null or claimed_until < clock_timestamp())
      and (${elsewhere}::text is null or reply_to is null or not starts_with(reply_to, ${elsewhere}))
      and not exists (
        select 1 from outbox_message as earlier
        where earlier.platform = m.platform and earlier.app_id = m.app_id and earlier.open_id = m.open_id
          and earlier.subject = m.subject and earlier.subject_id = m.subject_id and earlier.id < m.id and earlier.state = 'pending')
    order by due_at, id limit ${most} for update skip locked`
  return rows.map(asMessage).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Claims a message for this process, until it must have been sent: by the database's clock, which all processes share. */
export async function claim(tx: Tx, id: string, ms: number): Promise<void> {
  const claimed = tx.$executeRaw`
    update outbox_message set claimed_until = clock_timestamp() + ${ms} * interval '1 millisecond' where id = ${id}::uuid`
  await sendAlong(tx, claimed)
}

type Mergeable = { id: string; title: string }

/** What waits for one person and only tells: it can as well go as a line of a digest, unless it was begun to be sent. */
export async function waitingTells(tx: Tx, { platform, appId, openId }: OutboxMessage): Promise<Mergeable[]> {
  return tx.$queryRaw<Mergeable[]>`
    select id, title from outbox_message
    where platform = ${platform} and app_id = ${appId} and open_id = ${openId} and state = 'pending' and kind = 'card'
      and not is_asking and reply_to is null and subject <> 'digest' and claimed_until is null and tries = 0
    order by id for update skip locked`
}

/** The digest that already waits for somebody, with its lines; one that was begun to be sent gets no more of them. */
export async function waitingDigest(
  tx: Tx,
  { platform, appId, openId }: OutboxMessage,
): Promise<{ id: string; titles: string[] } | undefined> {
  const [digest] = await tx.$queryRaw<{ id: string }[]>`
    select id from outbox_message
    where platform = ${platform} and app_id = ${appId} and open_id = ${openId} and state = 'pending' and subject = 'digest'
      and claimed_until is null and tries = 0
    limit 1 for update skip locked`
  if (!digest) return undefined
  const lines = await tx.$queryRaw<{ title: string }[]>`
    select title from outbox_message where merged_into = ${digest.id}::uuid order by id`
  return { id: digest.id, titles: lines.map(({ title }) => title) }
}

export async function fillDigest(
  tx: Tx,
  id: string,
  said: Pick<NewMessage, 'title' | 'content' | 'wanted'>,
): Promise<void> {
  await tx.$executeRaw`
    update outbox_message set title = ${said.title}, content = ${JSON.stringify(said.content)}::jsonb, wanted = ${said.wanted}
    where id = ${id}::uuid`
}

export async function markMerged(tx: Tx, ids: string[], digestId: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    update outbox_message set state = 'merged', merged_into = ${digestId}::uuid, due_at = null, updated_at = ${at}
    where id = any(${ids}::uuid[])`
}

/** The content in short: what is unchanged is not sent again. */
export const hashOf = (content: Card | string): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)

export type MessageRow = Omit<OutboxMessage, 'platform' | 'handle' | 'content'> & {
  platform: string
  handle: unknown
  content: unknown
}
export const asMessage = (row: MessageRow): OutboxMessage => ({
  ...row,
  platform: row.platform as PlatformName, // as above
  content: row.content as Content, // written by insertMessage and wantShown
  handle: row.handle as Handle | null, // written by markSent and renewHandle
})
