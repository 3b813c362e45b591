import type { Caller } from '#kernel/caller'
import { log } from '#kernel/log'
import { perform } from '#kernel/perform'
import { dropInbound, dropMessages } from './clear-away-store.ts'

/** Longer than any platform sends the same thing again; the longest is hours. */
const inboundKeptDays = 30
/** Longer than any platform lets a card be changed: 72 hours on WeCom, 14 days on Feishu. */
const messagesKeptDays = 90
/** A card with buttons can be pressed as long as somebody has it before him: for a year he gets the true answer. */
const askingKeptDays = 365
const dayMs = 86_400_000
const atOnce = 500
const firstKey = '00000000-0000-0000-0000-000000000000'

/** Deletes what came in and went out long ago, a little at a time, so that nobody waits for it. */
export async function clearAway(caller: Caller): Promise<void> {
  const ago = (days: number): Date => new Date(caller.at.getTime() - days * dayMs)
  let inbound = 0
  for (let batch = atOnce; batch === atOnce; inbound += batch)
    batch = await perform(caller, (tx) => dropInbound(tx, ago(inboundKeptDays), atOnce), undefined)
  const span = { before: ago(messagesKeptDays), askingBefore: ago(askingKeptDays) }
  let batches = 0
  for (let after: string | undefined = firstKey; after; batches++) {
    const from: string = after
    after = await perform(caller, (tx) => dropMessages(tx, { ...span, after: from }, atOnce), undefined)
  }
  log.info({ inbound, batches }, 'old messages were cleared away')
}
