import { createHash } from 'node:crypto'
import { joinSql, sql, type Tx } from '#kernel/db'
import type { Card, TokenCard } from './card.ts'
import type { Handle, Platform } from './platforms/platform.ts'

export type Content = { card: TokenCard } | { text: string }
/** What a card or text is about: every copy of one subject is redrawn together, and of one subject nothing overtakes. */
export type Subject = { subject: string; subjectId: string }

/** One message to one person, and what is known of it. */
export type OutboxMessage = Subject & {
  id: string
  platform: string
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
  platform: string
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

/** Writes a message down, to be sent. False when its key was written down before. */
export async function insertMessage(tx: Tx, message: NewMessage, at: Date): Promise<boolean> {
  const { content } = message
  const { count } = await tx.outboxMessage.createMany({
    data: {
      ...message,
      kind: 'card' in content ? 'card' : 'text',
      isAsking: 'card' in content && content.card.buttons.length > 0,
      state: 'pending',
      writtenAt: at,
      updatedAt: at,
    },
    skipDuplicates: true,
  })
  return count === 1
}

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
  await tx.outboxMessage.update({ where: { id: message.id }, data: { handle, sentAt: at } })
  await markShown(tx, message, at)
}

/** It now shows what it was to show; when that has changed while it was on its way, it is due again. */
export async function markShown(tx: Tx, { id, wanted, kind, content }: OutboxMessage, at: Date): Promise<void> {
  const isAsking = 'card' in content && content.card.buttons.length > 0
  await tx.$executeRaw`
    update outbox_message set
      shown = ${wanted}, is_asking = ${isAsking}, tries = 0, error = null, claimed_until = null, updated_at = ${at},
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
  await tx.outboxMessage.update({ where: { id }, data: { dueAt } })
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
  const found = await tx.$queryRaw<{ id: string }[]>`
    select id from outbox_message as m
    where platform = ${platform.name} and app_id = ${platform.appId} and due_at <= ${at} and (claimed_until is null or claimed_until < clock_timestamp())
      and (${elsewhere}::text is null or reply_to is null or not starts_with(reply_to, ${elsewhere}))
      and not exists (
        select 1 from outbox_message as earlier
        where earlier.platform = m.platform and earlier.app_id = m.app_id and earlier.open_id = m.open_id
          and earlier.subject = m.subject and earlier.subject_id = m.subject_id and earlier.id < m.id and earlier.state = 'pending')
    order by due_at, id limit ${most} for update skip locked`
  if (found.length === 0) return []
  const rows = await tx.outboxMessage.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  })
  return rows.map(asMessage)
}

/** Claims a message for this process, until it must have been sent: by the database's clock, which all processes share. */
export async function claim(tx: Tx, id: string, ms: number): Promise<void> {
  await tx.$executeRaw`
    update outbox_message set claimed_until = clock_timestamp() + ${ms} * interval '1 millisecond' where id = ${id}::uuid`
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
  const lines = await tx.outboxMessage.findMany({ where: { mergedInto: digest.id }, orderBy: { id: 'asc' } })
  return { id: digest.id, titles: lines.map(({ title }) => title) }
}

export async function fillDigest(
  tx: Tx,
  id: string,
  said: Pick<NewMessage, 'title' | 'content' | 'wanted'>,
): Promise<void> {
  await tx.outboxMessage.update({ where: { id }, data: said })
}

export async function markMerged(tx: Tx, ids: string[], digestId: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    update outbox_message set state = 'merged', merged_into = ${digestId}::uuid, due_at = null, updated_at = ${at}
    where id in (${joinSql(ids.map((id) => sql`${id}::uuid`))})`
}

/** The content in short: what is unchanged is not sent again. */
export const hashOf = (content: Card | string): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)

type Row = Omit<OutboxMessage, 'handle' | 'content'> & { handle: unknown; content: unknown }
export const asMessage = (row: Row): OutboxMessage => ({
  ...row,
  content: row.content as Content, // written by insertMessage and wantShown
  handle: row.handle as Handle | null, // written by markSent and renewHandle
})
