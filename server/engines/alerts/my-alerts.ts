import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller, has } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { namesFor } from '#server/engines/forms'
import { type Alert, alertsOf, endAlerts, insertAlert } from './alert-store.ts'
import type { alerts, AlertView } from './contract.ts'
import { alertEvent, eventsFor } from './registry.ts'

type Endpoints = (typeof alerts)['endpoints']

const alertsMax = 50

export async function myAlerts(tx: Tx, caller: Caller): Promise<Output<Endpoints['alerts']>> {
  const mine = await alertsOf(tx, caller.personId)
  return { alerts: await viewsOf(tx, caller, mine), events: eventsFor(caller) }
}

/** Asks to be told of something that one may know; what is asked for already is not asked for twice. */
export async function createAlert(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['createAlert']>,
): Promise<Output<Endpoints['createAlert']>> {
  const { label, of, needs, right } = alertEvent(input.event)
  allow(caller, right, { zh: '订这种提醒', en: 'ask for this alert' })
  const missing = (what: { zh: string; en: string }) => new Refusal('alert_incomplete', { event: label, what })
  if (of && !input.subjectId) throw missing({ zh: '是哪一个', en: 'which one it is about' })
  if (needs === 'below' && !input.below) throw missing({ zh: '低于多少', en: 'below how much' })
  const alert: Alert = {
    id: input.id,
    personId: caller.personId,
    event: input.event,
    subjectId: of ? (input.subjectId ?? null) : null,
    below: needs === 'below' ? (input.below ?? null) : null,
    hour: needs === 'hour' ? (input.hour ?? morning) : null,
    createdAt: caller.at,
  }
  const [view] = await viewsOf(tx, caller, [alert])
  if (!view) throw new Refusal('not_found', { what: { zh: '要提醒的对象', en: 'thing to be told of' } })
  const mine = await alertsOf(tx, caller.personId)
  const same = mine.find((one) => isSame(one, alert))
  if (same) return { alert: { ...view, id: same.id, createdAt: same.createdAt.toISOString() } }
  if (mine.length >= alertsMax) throw new Refusal('too_many_alerts', { max: alertsMax })
  await insertAlert(tx, alert)
  return { alert: view }
}

const morning = 9
const isSame = (one: Alert, other: Alert): boolean =>
  one.event === other.event && one.subjectId === other.subjectId && one.below === other.below && one.hour === other.hour

export async function endAlert(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['endAlert']>,
): Promise<Output<Endpoints['endAlert']>> {
  const ended = await endAlerts(tx, caller.personId, [id], caller.at)
  if (ended === 0) throw new Refusal('not_found', { what: { zh: '提醒', en: 'alert' } })
  return { ended: true }
}

const pages = { item: '/stock/', customer: '/customers/' } as const

/** Alerts as their holder may still read them: one about something that he no longer sees is left out, and so is one that he lost the right to. */
export async function viewsOf(tx: Tx, caller: Caller, mine: readonly Alert[]): Promise<AlertView[]> {
  const known = mine.map((alert) => ({ alert, event: alertEvent(alert.event) }))
  const nameOf = await namesFor(
    tx,
    caller,
    known.flatMap(({ alert, event }) => (event.of && alert.subjectId ? [{ kind: event.of, id: alert.subjectId }] : [])),
  )
  return known.flatMap(({ alert, event }) => {
    const { id, subjectId, below, hour, createdAt } = alert
    const name = event.of && subjectId ? nameOf(event.of, subjectId) : undefined
    if (!has(caller, event.right) || (event.of && name === undefined)) return []
    const subject =
      event.of && subjectId ? { id: subjectId, name: name ?? '', page: pages[event.of] + subjectId } : null
    return [{ id, event: event.event, label: event.label, subject, below, hour, createdAt: createdAt.toISOString() }]
  })
}
