import { type Input, type Output, Refusal } from '#contract'
import { type PlatformName, platforms } from '#contract/modules/org'
import { allow, type Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { keysOf, pageFrom } from '#kernel/paging'
import { namesOf } from '#server/modules/org'
import type { outbox, PlatformUseView } from './contract.ts'
import type { OutboxWritten } from './facts.ts'
import { type AppUse, listFailed, takeUpFailed, useOfMonth } from './undelivered-store.ts'

type Endpoints = (typeof outbox)['endpoints']
const mayAdminister = (caller: Caller): void =>
  allow(caller, 'org.admin', { zh: '管理聊天平台', en: 'administer the chat platforms' })

export async function platformUse(tx: Tx, caller: Caller): Promise<Output<Endpoints['platformUse']>> {
  mayAdminister(caller)
  const { month, apps } = await useOfApps(tx, caller.at)
  return { month, platforms: byPlatform(apps) }
}

/** What each app was used for in the month of a moment. */
export async function useOfApps(tx: Tx, at: Date): Promise<{ month: string; apps: AppUse[] }> {
  const month = dayAt(at).slice(0, 7)
  return { month, apps: await useOfMonth(tx, month) }
}

/** The apps of one platform together: they share its month. */
const byPlatform = (apps: AppUse[]): PlatformUseView[] =>
  platforms.flatMap((platform) => {
    const own = apps.filter((app) => app.platform === platform)
    if (own.length === 0) return []
    const sum = (of: (app: AppUse) => number) => own.reduce((total, app) => total + of(app), 0)
    const most = (of: (app: AppUse) => number | null) => {
      const known = own.flatMap((app) => of(app) ?? [])
      return known.length > 0 ? Math.max(...known) : null
    }
    return {
      platform,
      calls: sum(({ calls }) => calls),
      callsMax: most(({ callsMax }) => callsMax),
      deliveries: sum(({ deliveries }) => deliveries),
      deliveriesMax: most(({ deliveriesMax }) => deliveriesMax),
      waiting: sum(({ waiting }) => waiting),
      undelivered: sum(({ undelivered }) => undelivered),
    }
  })

export async function undelivered(
  tx: Tx,
  caller: Caller,
  { cursor, limit }: Input<Endpoints['undelivered']>,
): Promise<Output<Endpoints['undelivered']>> {
  mayAdminister(caller)
  const found = await listFailed(tx, limit + 1, keysOf(cursor, ['milliseconds', 'id']))
  const { rows, ...page } = pageFrom(found, limit, (row) => [row.updatedAt.getTime(), row.id])
  const names = await namesOf(
    tx,
    rows.flatMap(({ personId }) => personId ?? []),
  )
  return {
    ...page,
    rows: rows.map((row) => ({
      id: row.id,
      platform: row.platform as PlatformName, // written by the bot, which knows no other
      person: row.personId ? { id: row.personId, name: names.get(row.personId) ?? '' } : null,
      title: row.title,
      what: row.handle === null ? 'unsent' : 'stale',
      reason: row.error ?? '',
      writtenAt: row.writtenAt.toISOString(),
      failedAt: row.updatedAt.toISOString(),
    })),
  }
}

export async function sendAgain(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['sendAgain']>,
): Promise<Output<Endpoints['sendAgain']>> {
  mayAdminister(caller)
  const taken = await takeUpFailed(tx, id, caller.at)
  if (taken.length === 0) throw new Refusal('not_found', { what: { zh: '未送达的消息', en: 'undelivered message' } })
  await wake(tx, caller, taken)
  return {}
}

export async function sendAllAgain(tx: Tx, caller: Caller): Promise<Output<Endpoints['sendAllAgain']>> {
  mayAdminister(caller)
  const taken = await takeUpFailed(tx, undefined, caller.at)
  await wake(tx, caller, taken)
  return { count: taken.length }
}

const wake = (tx: Tx, caller: Caller, platforms: PlatformName[]): Promise<void> =>
  publish(
    tx,
    caller,
    [...new Set(platforms)].map((name): OutboxWritten => ({ name: `outbox.written-${name}`, body: {} })),
  )
