import { type Caller, systemCaller } from '#kernel/caller'
import { ask, perform } from '#kernel/perform'
import { callerOf, identitiesOf } from '#server/modules/org'
import type { Card } from './card.ts'
import type { Platform } from './platforms/platform.ts'
import { type Copy, liveCopies, markSent, markShown, planCopy, shownHash, withTokens } from './sent-card-store.ts'

/** What a card is about: every copy of one subject is redrawn together. */
export type Subject = { subject: string; subjectId: string }

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
  for (const { platform: name, appId, openId } of identities) {
    const platform = platforms.find((one) => one.name === name && one.appId === appId)
    if (platform) await replyCard(platform, { openId }, { ...about, personId, key: `${key}:${name}:${appId}` }, card)
  }
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
  const plan = await perform(
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
  if (plan.planned.state !== 'pending') return
  const handle =
    'openId' in target
      ? await platform.sendCard(target.openId, plan.drawn, sendKey)
      : await platform.reply(target.messageId, { card: plan.drawn }, sendKey)
  await perform(system, (tx) => markSent(tx, plan.planned.id, handle, shownHash(card), new Date()), undefined)
}

/** Draws every copy of a subject anew, each for the person who holds it. `draw` answers what he may see now, and whether it is final. */
export async function refreshCopies(
  platforms: Platform[],
  about: Subject,
  draw: (caller: Caller) => Promise<{ card: Card; isFinal: boolean } | undefined>,
): Promise<void> {
  const copies = await ask(systemCaller(new Date()), (tx) => liveCopies(tx, about.subject, about.subjectId), undefined)
  // One copy that cannot be reached must not keep the others stale.
  const results = await Promise.allSettled(copies.map((copy) => refreshCopy(platforms, copy, draw)))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

async function refreshCopy(
  platforms: Platform[],
  copy: Copy,
  draw: (caller: Caller) => Promise<{ card: Card; isFinal: boolean } | undefined>,
): Promise<void> {
  const platform = platforms.find((one) => one.name === copy.platform && one.appId === copy.appId)
  if (!platform || !copy.handle) return
  const at = new Date()
  const caller = await ask(systemCaller(at), (tx) => callerOf(tx, copy.personId, { via: platform.name, at }), undefined)
  const now = await draw(caller)
  if (!now) return
  const shown = shownHash(now.card)
  if (shown === copy.shown && !now.isFinal) return
  const drawn = await perform(systemCaller(at), (tx) => withTokens(tx, copy.id, now.card), undefined)
  const changed = shown === copy.shown || (await platform.updateCard(copy.handle, drawn))
  const state = !changed ? 'failed' : now.isFinal ? 'final' : 'sent'
  await perform(systemCaller(at), (tx) => markShown(tx, copy.id, shown, state, new Date()), undefined)
}
