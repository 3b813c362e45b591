import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { digestCard } from './cards/digest-card.ts'
import {
  fillDigest,
  hashOf,
  insertMessages,
  markMerged,
  type OutboxMessage,
  waitingDigest,
  waitingTells,
} from './outbox-store.ts'
import { reader } from './reader.ts'

/** Two messages that wait a moment are no trouble; more are one list. */
const mergedFrom = 3

/**
 * Whether this only tells something: it asks for no decision and answers no question, so it may go as a line among others. What was begun to be
 * sent may have arrived: it goes again as it is, under the key that the platform drops a repeat by.
 */
export const isTell = ({ kind, isAsking, replyTo, subject, handle, claimedUntil, tries }: OutboxMessage): boolean =>
  kind === 'card' &&
  !isAsking &&
  replyTo === null &&
  handle === null &&
  subject !== 'digest' &&
  !claimedUntil &&
  tries === 0

/**
 * Puts what waits for this person and only tells into one digest, which goes at `dueAt` or when it already was to go. Few messages are left
 * as they are, unless `always`. False when they were.
 */
export async function gather(
  tx: Tx,
  caller: Caller,
  message: OutboxMessage,
  dueAt: Date,
  always: boolean,
): Promise<boolean> {
  const tells = await waitingTells(tx, message)
  const waiting = await waitingDigest(tx, message)
  if (!always && !waiting && tells.length < mergedFrom) return false
  const { platform, appId, openId, personId } = message
  const lang = personId ? ((await reader(tx, personId, caller.at))?.lang ?? 'zh') : 'zh'
  const card = digestCard([...(waiting?.titles ?? []), ...tells.map(({ title }) => title)], lang)
  const said = { title: card.title, content: { card: { ...card, buttons: [] } }, wanted: hashOf(card) }
  const id = waiting?.id ?? newId()
  if (waiting) await fillDigest(tx, id, said)
  else {
    const about = { personId, subject: 'digest', subjectId: id, sendKey: `digest:${id}` }
    await insertMessages(tx, [{ id, platform, appId, openId, ...about, ...said, dueAt }], caller.at)
  }
  await markMerged(
    tx,
    tells.map((one) => one.id),
    id,
    caller.at,
  )
  return true
}
