import type { PlatformName } from '#contract/modules/org'
import type { OutboxWritten } from '#facts/outbox'
import { type Caller, systemCaller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { newId } from '#kernel/ids'
import { perform } from '#kernel/perform'
import { addressesOf } from '#server/modules/org'
import type { Card, TokenCard } from './card.ts'
import { withOwnTokens, withTokens } from './card-button-store.ts'
import {
  changeableCopies,
  hashOf,
  fillCard,
  insertMessages,
  lockSubject,
  type NewMessage,
  type OutboxMessage,
  type Subject,
  wantShown,
} from './outbox-store.ts'
import type { Platform } from './platforms/platform.ts'
import { reader, unlessRefused } from './reader.ts'

// What leaves the house for a chat is only written down here; bot/post.ts takes it to the platforms after the commit.

/** Where a message goes: to one person, or into the chat of the message that it answers. */
export type Target = { openId: string; replyTo?: string }
/** Whose copy it is, what it is about, and the key that it is written down once under. */
export type Copy = Subject & { personId: string; key: string }

/** A card for a person on each platform he is on. Once for each key, however often it is called. */
export const deliverCard = (
  tx: Tx,
  caller: Caller,
  platforms: readonly Platform[],
  copy: Copy,
  card: Card,
): Promise<void> => deliverCards(tx, caller, platforms, [{ copy, card }])

/** The same for many cards, to whomever. */
export async function deliverCards(
  tx: Tx,
  caller: Caller,
  platforms: readonly Platform[],
  cards: readonly { copy: Copy; card: Card }[],
): Promise<void> {
  if (cards.length === 0) return
  const addresses = await addressesOf(
    tx,
    cards.map(({ copy }) => copy.personId),
  )
  const letters = cards.flatMap(({ copy, card }) =>
    addresses
      .filter(({ personId }) => personId === copy.personId)
      .flatMap(({ platform: name, appId, openId }) => {
        const platform = platforms.find((one) => one.name === name && one.appId === appId)
        const key = `${copy.key}:${name}:${appId}`
        return platform ? [{ platform, target: { openId }, copy: { ...copy, key }, card }] : []
      }),
  )
  await writeCards(tx, caller, letters)
}

/** One copy of a card, to a person or as the answer to a message. */
export const replyCard = (platform: Platform, target: Target, copy: Copy, card: Card): Promise<void> =>
  perform(
    systemCaller(new Date()),
    (tx, caller) => writeCards(tx, caller, [{ platform, target, copy, card }]),
    undefined,
  )

/** Words, to a person or as the answer to a message. `personId` is nobody when a stranger is answered. */
export const replyText = (
  platform: Platform,
  target: Target,
  copy: Subject & { personId: string | null; key: string },
  text: string,
): Promise<void> =>
  perform(
    systemCaller(new Date()),
    async (tx, caller) => {
      const { key: sendKey, ...about } = copy
      const said = { title: text.slice(0, 80), content: { text }, wanted: hashOf(text) }
      await write(tx, caller, [messageTo(platform, target, { ...about, ...said, sendKey }, caller.at)])
    },
    undefined,
  )

/** A card on its way to one place. */
type Letter = { platform: Platform; target: Target; copy: Copy; card: Card }

async function writeCards(tx: Tx, caller: Caller, letters: readonly Letter[]): Promise<void> {
  const messages = letters.map(({ platform, target, copy: { key: sendKey, ...about }, card }) => {
    const said = { title: card.title, content: { card: { ...card, buttons: [] } }, wanted: hashOf(card) }
    return messageTo(platform, target, { ...about, ...said, sendKey }, caller.at)
  })
  const isNew = await write(tx, caller, messages)
  for (const [i, { id }] of messages.entries()) {
    const { card } = letters[i]! // each message was made of one
    if (isNew.has(id) && card.buttons.length > 0) await fillCard(tx, id, await withTokens(tx, id, card))
  }
}

type Written = Omit<NewMessage, 'id' | 'platform' | 'appId' | 'openId' | 'replyTo' | 'dueAt'>

const messageTo = ({ name, appId }: Platform, target: Target, written: Written, dueAt: Date): NewMessage => ({
  id: newId(),
  platform: name,
  appId,
  ...target,
  ...written,
  dueAt,
})

/** Writes messages down and has them sent after the commit; answers those whose keys were not written before. */
async function write(tx: Tx, caller: Caller, messages: readonly NewMessage[]): Promise<Set<string>> {
  const isNew = await insertMessages(tx, messages, caller.at)
  await wake(
    tx,
    caller,
    messages.filter(({ id }) => isNew.has(id)).map(({ platform }) => platform),
  )
  return isNew
}

/** Once for each platform: whoever posts sees by himself how much there is. */
const wake = (tx: Tx, caller: Caller, names: readonly PlatformName[]): Promise<void> =>
  publish(
    tx,
    caller,
    [...new Set(names)].map((name): OutboxWritten => ({ name: `outbox.written-${name}`, body: {} })),
  )

/** What a holder may see of a subject now, and whether that will never change again. */
export type Redraw = (holder: Caller) => Promise<{ card: Card; isFinal: boolean }>

/** Draws every copy of a subject anew, each for the person who holds it. */
export async function refreshCopies(
  tx: Tx,
  caller: Caller,
  platforms: readonly Platform[],
  about: Subject,
  draw: Redraw,
): Promise<void> {
  await lockSubject(tx, about)
  const changed: PlatformName[] = []
  for (const copy of await changeableCopies(tx, about)) {
    const platform = platforms.find((one) => one.name === copy.platform && one.appId === copy.appId)
    const holder = platform && copy.personId && (await reader(tx, copy.personId, caller.at, platform.name))
    const now = holder && (await unlessRefused(draw(holder)))
    if (!platform || !now) continue
    const { card, isFinal } = now
    const wanted = hashOf(card)
    if (wanted === copy.wanted && isFinal === copy.isFinal) continue
    const drawn = await withTokens(tx, copy.id, card)
    await wantShown(tx, copy, { card: drawn, title: card.title, wanted, isFinal }, caller.at)
    changed.push(platform.name)
  }
  await wake(tx, caller, changed)
}

/** Has one copy show another card as soon as it can be posted. */
export async function redrawCopy(
  tx: Tx,
  caller: Caller,
  copy: OutboxMessage,
  platform: Platform,
  card: TokenCard,
): Promise<void> {
  await wantShown(
    tx,
    copy,
    { card, title: card.title, wanted: hashOf(JSON.stringify(card)), isFinal: false },
    caller.at,
  )
  await wake(tx, caller, [platform.name])
}

/** What a copy that can no longer be changed was to show goes to its holder as a new card: once for each thing it was to show. */
export async function writeAfresh(tx: Tx, caller: Caller, platform: Platform, stale: OutboxMessage): Promise<void> {
  const { content, personId, openId, subject, subjectId, title, wanted, isFinal } = stale
  if (!('card' in content)) return
  const { card } = content
  const said = { title, content: { card: { ...card, buttons: [] } }, wanted, isFinal }
  const about = { personId, subject, subjectId, sendKey: `fresh:${stale.id}:${wanted}` }
  const message = messageTo(platform, { openId }, { ...about, ...said }, caller.at)
  const isNew = await write(tx, caller, [message])
  if (isNew.has(message.id) && card.buttons.length > 0)
    await fillCard(tx, message.id, await withOwnTokens(tx, message.id, card))
}
