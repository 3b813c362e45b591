import { type Caller, systemCaller } from '#kernel/caller'
import { log } from '#kernel/log'
import { ask, perform } from '#kernel/perform'
import { identitiesOf } from '#server/modules/org'
import type { Card } from './card.ts'
import type { Handle, Platform } from './platforms/platform.ts'
import { reader, unlessRefused } from './reader.ts'
import {
  type Copy,
  countFailure,
  liveCopies,
  markFailed,
  markSent,
  markShown,
  planCopy,
  shownHash,
  withTokens,
} from './sent-card-store.ts'

/** What a card is about: every copy of one subject is redrawn together. */
export type Subject = { subject: string; subjectId: string }

/** The queue tries again this often; then a copy is given up, and the log says so. */
const triesMax = 6
const tooLate = 'the platform no longer lets it be changed'

/**
 * Sends a card to a person on each platform he is on. Harmless twice: the copy is written down before it is sent, and the platform drops a
 * repeated key.
 */
export async function deliverCard(
  platforms: Platform[],
  personId: string,
  about: Subject,
  key: string,
  card: Card,
): Promise<void> {
  const identities = await ask(systemCaller(new Date()), (tx) => identitiesOf(tx, [personId]), undefined)
  await eachOf(identities, async ({ platform: name, appId, openId }) => {
    const platform = platforms.find((one) => one.name === name && one.appId === appId)
    if (platform) await replyCard(platform, { openId }, { ...about, personId, key: `${key}:${name}:${appId}` }, card)
  })
}

/** Sends one copy, to a person or as the answer to a message. */
export async function replyCard(
  platform: Platform,
  target: { openId: string } | { messageId: string },
  copy: Subject & { personId: string; key: string },
  card: Card,
): Promise<void> {
  const system = systemCaller(new Date())
  const { subject, subjectId, personId, key: sendKey } = copy
  const { planned, drawn } = await perform(
    system,
    async (tx) => {
      const planned = await planCopy(tx, {
        platform: platform.name,
        appId: platform.appId,
        personId,
        subject,
        subjectId,
        sendKey,
        at: system.at,
      })
      return { planned, drawn: await withTokens(tx, planned.id, card) }
    },
    undefined,
  )
  if (planned.state !== 'pending') return
  const handle = await tried<Handle>(planned, () =>
    'openId' in target
      ? platform.sendCard(target.openId, drawn, sendKey)
      : platform.reply(target.messageId, { card: drawn }, sendKey),
  )
  if (handle) await perform(system, (tx) => markSent(tx, planned.id, handle, shownHash(card), new Date()), undefined)
}

/** What a holder may see of a subject now, and whether that will never change again. */
export type Redraw = (caller: Caller) => Promise<{ card: Card; isFinal: boolean }>

/** Draws every copy of a subject anew, each for the person who holds it. A copy that cannot be reached keeps no other stale. */
export async function refreshCopies(platforms: Platform[], about: Subject, draw: Redraw): Promise<void> {
  const copies = await ask(systemCaller(new Date()), (tx) => liveCopies(tx, about.subject, about.subjectId), undefined)
  await eachOf(copies, (copy) => refreshCopy(platforms, copy, draw))
}

async function refreshCopy(platforms: Platform[], copy: Copy, draw: Redraw): Promise<void> {
  const platform = platforms.find((one) => one.name === copy.platform && one.appId === copy.appId)
  const { handle } = copy
  if (!platform || !handle) return
  const caller = await reader(copy.personId, platform.name)
  const now = caller && (await unlessRefused(draw(caller)))
  if (!now) return
  const system = systemCaller(new Date())
  const shown = shownHash(now.card)
  const state = now.isFinal ? 'final' : 'sent'
  if (shown === copy.shown && state === 'sent') return
  const drawn = await perform(system, (tx) => withTokens(tx, copy.id, now.card), undefined)
  const isChanged = shown === copy.shown || (await tried(copy, () => platform.updateCard(handle, drawn)))
  if (isChanged) await perform(system, (tx) => markShown(tx, copy.id, shown, state, new Date()), undefined)
  if (isChanged === false) await perform(system, (tx) => markFailed(tx, copy.id, tooLate, new Date()), undefined)
}

/**
 * The database is the truth and a card is a view of it: what a platform refuses is tried again by the queue, then given up. Answers nothing
 * when it was given up.
 */
async function tried<T>(copy: Copy, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    const at = new Date()
    const tries = await perform(systemCaller(at), (tx) => countFailure(tx, copy.id, words, at), undefined)
    if (tries < triesMax) throw error
    await perform(systemCaller(at), (tx) => markFailed(tx, copy.id, words, at), undefined)
    log.error({ copy: copy.id, platform: copy.platform, personId: copy.personId, error: words }, 'a card was given up')
    return undefined
  }
}

/** Does something for each of them, whatever becomes of the others; then the first failure is thrown, so that the queue tries again. */
export async function eachOf<T>(list: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(list.map(act))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}
