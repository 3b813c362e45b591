import { savingFrom } from '#contract/outbox'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { gather, isTell } from './digest.ts'
import { claim, dueLater, lockDue, type OutboxMessage, rest } from './outbox-store.ts'
import { callsInMonth, countUse, holdTurns, type Turns } from './pace-store.ts'
import type { Platform } from './platforms/platform.ts'

/** A send that was cut off is taken up again after this: longer than any call may take. */
const claimMs = 60_000
const atOnce = 10
/** What waits for a digest goes with the next one. */
const digestEveryMs = 4 * 3_600_000

/** Claims what may go now. What has to wait for its turn, the first of which comes in `turnInMs`, is given its time, or becomes a line of a digest. */
export async function takeDue(
  tx: Tx,
  caller: Caller,
  platform: Platform,
): Promise<{ taken: OutboxMessage[]; isMore: boolean; turnInMs?: number }> {
  const due = await lockDue(tx, platform, caller.at, atOnce)
  if (due.length === 0) return { taken: [], isMore: false }
  const app = appKey(platform)
  const turns = await holdTurns(
    tx,
    app,
    due.map(({ openId }) => `${app}/${openId}`),
  )
  const isSaving = await savesCalls(tx, caller, platform)
  const gathered = new Set<string>()
  const taken: OutboxMessage[] = []
  const turnsInMs: number[] = []
  let fate: Fate = { is: 'waits' }
  for (const message of due) {
    if (gathered.has(message.openId) && isTell(message)) continue
    fate = await fateOf(tx, caller, platform, message, { turns, isSaving })
    if (fate.turnInMs !== undefined) turnsInMs.push(fate.turnInMs)
    if (fate.is === 'all wait') break
    if (fate.is === 'gathered') gathered.add(message.openId)
    if (fate.is !== 'goes') continue
    // At once, so that no digest gathers it.
    await claim(tx, message.id, claimMs)
    taken.push(message)
  }
  await turns.save()
  if (taken.length > 0) await countUse(tx, platform, { calls: taken.length }, caller.at)
  const turnInMs = turnsInMs.length > 0 ? Math.min(...turnsInMs) : undefined
  return { taken, isMore: fate.is !== 'all wait', turnInMs }
}

async function savesCalls(tx: Tx, caller: Caller, platform: Platform): Promise<boolean> {
  const { month } = platform.limits
  return month !== undefined && (await callsInMonth(tx, platform, caller.at)) >= month.calls * savingFrom
}

const appKey = ({ name, appId }: Platform): string => `${name}/${appId}`

type Fate = { is: 'goes' | 'waits' | 'gathered' | 'all wait'; turnInMs?: number }

async function fateOf(
  tx: Tx,
  caller: Caller,
  platform: Platform,
  message: OutboxMessage,
  { turns, isSaving }: { turns: Turns; isSaving: boolean },
): Promise<Fate> {
  const { limits } = platform
  const isRedraw = message.handle !== null
  if (isRedraw && platform.redraws === 'once' && !message.isFinal) {
    await rest(tx, message.id, caller.at)
    return { is: 'waits' }
  }
  if (isSaving && isTell(message)) {
    await gather(tx, caller, message, nextDigest(caller.at), true)
    return { is: 'gathered' }
  }
  const app = appKey(platform)
  const turnInMs = isRedraw ? undefined : turns.take(`${app}/${message.openId}`, limits.person)
  if (turnInMs) {
    const free = new Date(caller.at.getTime() + turnInMs)
    if (isTell(message) && (await gather(tx, caller, message, free, false))) return { is: 'gathered', turnInMs }
    await dueLater(tx, message.id, free)
    return { is: 'waits', turnInMs }
  }
  const anyInMs = turns.take(app, limits.app)
  return anyInMs ? { is: 'all wait', turnInMs: anyInMs } : { is: 'goes' }
}

const nextDigest = (at: Date): Date => new Date(Math.ceil((at.getTime() + 1) / digestEveryMs) * digestEveryMs)
