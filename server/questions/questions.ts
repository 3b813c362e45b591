import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import { addDays, dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import type { questions } from './contract.ts'
import { listMissed, removeMissed, useSince } from './questions-store.ts'

type Endpoints = (typeof questions)['endpoints']
export const mayReview = (caller: Caller): void =>
  allow(caller, 'org.admin', { zh: '管理机器人', en: 'administer the bot' })

export async function questionUse(
  tx: Tx,
  caller: Caller,
  { days }: Input<Endpoints['questionUse']>,
): Promise<Output<Endpoints['questionUse']>> {
  mayReview(caller)
  return { days: await useSince(tx, addDays(dayAt(caller.at), 1 - days)) }
}

export async function missedQuestions(
  tx: Tx,
  caller: Caller,
  { cursor, limit }: Input<Endpoints['missedQuestions']>,
): Promise<Output<Endpoints['missedQuestions']>> {
  mayReview(caller)
  const found = await listMissed(tx, limit + 1, keysOf(cursor, ['milliseconds', 'id']))
  const { rows, ...page } = pageFrom(found, limit, (row) => [row.times, row.id])
  return {
    ...page,
    rows: rows.map(({ id, masked, outcome, times, lastAt }) => ({
      id,
      masked,
      outcome,
      times,
      lastAt: lastAt.toISOString(),
    })),
  }
}

export async function settleMissed(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['settleMissed']>,
): Promise<Output<Endpoints['settleMissed']>> {
  mayReview(caller)
  if ((await removeMissed(tx, id)) === 0) throw new Refusal('not_found', { what: { zh: '提问', en: 'question' } })
  return {}
}
