import { type Input, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { addDays, type Day, dayAt } from '#kernel/days'
import { publish } from '#kernel/events'
import { readSetting, writeSetting } from '#kernel/settings'
import type { finance, FinanceSettings } from './contract.ts'
import type { PeriodClosed, PeriodOpened } from './facts.ts'
import { changePeriod, holdPeriod } from './period-store.ts'
import { closedUntil, currentSettings, lateDocuments } from './settings.ts'

type Endpoints = (typeof finance)['endpoints']

/** Refuses a day whose books are closed; until the transaction ends they are not closed either. */
export async function assertOpen(tx: Tx, day: Day): Promise<void> {
  const open = await firstOpenDay(tx)
  if (open !== null && day < open) throw new Refusal('closed_period', { day, open })
}

/** A day on which a document takes effect, and its own day where that is another one. */
export type Effective = { on: Day; documentOn: Day | null }

/**
 * The day on which a document of some day takes effect: that day, or, where its books are closed, the first that is open, if whoever enters it
 * or the company's settings say so. Else it is refused. Until the transaction ends the books stay as they are.
 */
export async function effectiveDay(tx: Tx, day: Day, intoNextPeriod = false): Promise<Effective> {
  const open = await firstOpenDay(tx)
  if (open === null || day >= open) return { on: day, documentOn: null }
  if (!intoNextPeriod && (await readSetting(tx, lateDocuments)) === 'refuse')
    throw new Refusal('closed_period', { day, open })
  return { on: open, documentOn: day }
}

/** The same for what must not lie ahead. */
export async function postableDay(tx: Tx, caller: Caller, day: Day, intoNextPeriod = false): Promise<Effective> {
  const today = dayAt(caller.at)
  if (day > today) throw new Refusal('day_ahead', { day, today })
  return effectiveDay(tx, day, intoNextPeriod)
}

/** Null: the books were never closed. */
async function firstOpenDay(tx: Tx): Promise<Day | null> {
  await holdPeriod(tx)
  const { until } = await readSetting(tx, closedUntil)
  return until === null ? null : addDays(until, 1)
}

/** Closes the books up to a day that is over; from then on nothing takes effect on it or before it. */
export async function closePeriod(
  tx: Tx,
  caller: Caller,
  { until }: Input<Endpoints['closePeriod']>,
): Promise<FinanceSettings> {
  allow(caller, 'period.close', { zh: '结账', en: 'close a period' })
  const last = addDays(dayAt(caller.at), -1)
  if (until > last) throw new Refusal('period_not_over', { until, last })
  await changePeriod(tx)
  const { until: before } = await readSetting(tx, closedUntil)
  if (before !== null && until <= before) throw new Refusal('period_closed_already', { closedUntil: before })
  await writeSetting(tx, caller, closedUntil, { until })
  const closed: PeriodClosed = { name: 'finance.period-closed', body: { before, until } }
  await publish(tx, caller, [closed])
  return currentSettings(tx)
}

/** Opens what is closed after a day again; null opens everything. */
export async function openPeriod(
  tx: Tx,
  caller: Caller,
  { until }: Input<Endpoints['openPeriod']>,
): Promise<FinanceSettings> {
  allow(caller, 'period.close', { zh: '反结账', en: 'open a period again' })
  await changePeriod(tx)
  const { until: before } = await readSetting(tx, closedUntil)
  if (before === null || (until !== null && until >= before)) throw new Refusal('nothing_to_open')
  await writeSetting(tx, caller, closedUntil, { until })
  const opened: PeriodOpened = { name: 'finance.period-opened', body: { before, until } }
  await publish(tx, caller, [opened])
  return currentSettings(tx)
}
