import { platforms as platformNames } from '#contract/modules/org'
import type { OutboxWritten } from '#facts/outbox'
import { type Caller, systemCaller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Listener, round } from '#kernel/events'
import { log } from '#kernel/log'
import { perform } from '#kernel/perform'
import { writeAfresh } from './deliver.ts'
import {
  close,
  isAsking,
  lockSubject,
  markSent,
  markShown,
  type OutboxMessage,
  rest,
  writeFailure,
} from './outbox-store.ts'
import { type Handle, type Platform, PlatformRefusal } from './platforms/platform.ts'
import { takeDue } from './take-due.ts'

/** A platform that refuses is asked this often; one that cannot be reached is tried for a day. */
const refusalsMax = 6
const unreachedMax = 720
const backoffMsMax = 120_000
const waitMsMax = 86_400_000
const tooLate = 'the platform no longer lets it be changed'

/**
 * Each platform is posted to on its own: one that is down or talks nonsense delays its own messages only. All processes have the same listeners,
 * whichever apps they run at the moment.
 */
export const postListeners = (platforms: readonly Platform[]): Listener[] =>
  platformNames.map((name) =>
    round(`bot.post-${name}`, `outbox.written-${name}` satisfies OutboxWritten['name'], async () => {
      await Promise.all(platforms.filter((one) => one.name === name).map((platform) => post(platform)))
    }),
  )

/** Who wants to know when the turn of what had to wait comes. */
const waiting = new Set<(platform: Platform, turnInMs: number) => void>()

/** Posts what had to wait, as it becomes due, on whichever platforms there are then, until stopped. What others put off is found by looking. */
export function startPost(platforms: readonly Platform[], everyMs = 1000): () => Promise<void> {
  const posting = new Map<Platform, Promise<void>>()
  const look = (platform: Platform): void => {
    if (posting.has(platform) || !platforms.includes(platform)) return
    const posted = post(platform)
      .catch((error: unknown) => log.error({ err: error, platform: platform.name }, 'post'))
      .finally(() => posting.delete(platform))
    posting.set(platform, posted)
  }
  const turns = new Map<Platform, { at: number; timer: NodeJS.Timeout }>()
  const lookInTurn = (platform: Platform, turnInMs: number): void => {
    const at = performance.now() + turnInMs
    const known = turns.get(platform)
    if (turnInMs >= everyMs || (known && known.at <= at)) return
    clearTimeout(known?.timer)
    const timer = setTimeout(() => {
      turns.delete(platform)
      look(platform)
    }, turnInMs)
    turns.set(platform, { at, timer })
  }
  waiting.add(lookInTurn)
  platforms.forEach(look)
  const looking = setInterval(() => platforms.forEach(look), everyMs)
  return async () => {
    waiting.delete(lookInTurn)
    clearInterval(looking)
    for (const { timer } of turns.values()) clearTimeout(timer)
    await Promise.all(posting.values())
  }
}

/** Sends and redraws all that is due on a platform. Any number of processes may do so side by side. */
export async function post(platform: Platform, now: () => Date = () => new Date()): Promise<void> {
  for (;;) {
    const { taken, isMore, turnInMs } = await takeInTurn(platform, now)
    if (turnInMs !== undefined) waiting.forEach((wait) => wait(platform, turnInMs))
    const done = await Promise.all(taken.map((message) => work(platform, message, now)))
    if (!isMore || done.includes('unreached')) return
  }
}

type Taken = Awaited<ReturnType<typeof takeDue>>
const taking = new WeakMap<Platform, Promise<unknown>>()

/** One after the other in a process: side by side they would keep connections only to wait for each other. */
function takeInTurn(platform: Platform, now: () => Date): Promise<Taken> {
  const take = (): Promise<Taken> =>
    perform(systemCaller(now()), (tx, caller) => takeDue(tx, caller, platform), undefined)
  const taken = (taking.get(platform) ?? Promise.resolve()).then(take, take)
  taking.set(platform, taken)
  return taken
}

/** Takes one message to its platform, and writes down what became of it. */
async function work(platform: Platform, message: OutboxMessage, now: () => Date): Promise<'done' | 'unreached'> {
  try {
    const outcome = message.handle ? await redraw(platform, message, message.handle) : await send(platform, message)
    await perform(systemCaller(now()), outcome, undefined)
    return 'done'
  } catch (error) {
    await perform(systemCaller(now()), (tx, { at }) => putOff(tx, message, error, at), undefined)
    return error instanceof PlatformRefusal ? 'done' : 'unreached'
  }
}

/** What is written down when the platform has answered. */
type Outcome = (tx: Tx, caller: Caller) => Promise<void>

async function send(platform: Platform, message: OutboxMessage): Promise<Outcome> {
  const { content, openId, replyTo, sendKey } = message
  const handle = await (replyTo
    ? platform.reply(replyTo, content, sendKey)
    : 'card' in content
      ? platform.sendCard(openId, content.card, sendKey)
      : platform.sendText(openId, content.text, sendKey))
  return (tx, { at }) => markSent(tx, message, handle, at)
}

/** A copy that can no longer be changed is left; what it asks, or was to say to somebody who waits before it, comes as a new card. */
async function redraw(platform: Platform, message: OutboxMessage, handle: Handle): Promise<Outcome> {
  if (!('card' in message.content)) return (tx, { at }) => rest(tx, message.id, at)
  if (await platform.updateCard(handle, message.content.card)) return (tx, { at }) => markShown(tx, message, at)
  return async (tx, caller) => {
    await lockSubject(tx, message)
    const last = await close(tx, message.id, tooLate, caller.at)
    if (last.isAsking || isAsking(last.content)) await writeAfresh(tx, caller, platform, last)
  }
}

/**
 * The database is the truth and a card is a view of it: what did not work is tried again, later each time or when the platform says; then it
 * is given up, and the administrator sees it.
 */
async function putOff(tx: Tx, message: OutboxMessage, error: unknown, at: Date): Promise<void> {
  const words = error instanceof Error ? error.message : String(error)
  const refusal = error instanceof PlatformRefusal ? error : undefined
  const tries = refusal?.afterMs === undefined ? message.tries + 1 : message.tries
  const waitMs = refusal?.afterMs ?? Math.min(1000 * 2 ** Math.min(tries, 10), backoffMsMax)
  if (!refusal?.forGood && tries < (refusal ? refusalsMax : unreachedMax) && waitMs <= waitMsMax) {
    const dueAt = new Date(at.getTime() + waitMs)
    return writeFailure(tx, message, { dueAt, tries, error: words }, at)
  }
  const { id, platform, personId } = message
  log.error({ message: id, platform, personId, error: words }, 'a message was given up')
  await writeFailure(tx, message, { state: 'failed', error: words, dueAt: null }, at)
}
