import { type Lang, Refusal, say } from '#contract'
import type { AlertView } from '#contract/engines/alerts'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { alertsActions, alertsFor, resumeAlerts } from '#server/engines/alerts'
import type { AlertDeed, DeedKind, EndAlertsDeed, Shown } from './deed.ts'

/** 轴承 6204 可用量低于 100. */
export function alertWords({ label, subject, below, hour }: AlertView, lang: Lang): string {
  const at = hour === null ? '' : lang === 'en' ? `at ${hour}:00` : `${hour} 点`
  return [subject?.name, say(label, lang), below, at].filter(Boolean).join(' ')
}

/** What somebody wants to be told of. */
export const alertKind: DeedKind<AlertDeed> = {
  show: async (caller, deed, lang) => ({
    ...(await shown(caller, deed, lang)),
    ways: [{ name: 'confirm', label: lang === 'en' ? 'Tell me' : '确认订阅', deed }],
  }),
  doubts: async () => [],
  carryOut: async (tx, caller, id, { do: _do, ...alert }) => {
    await alertsActions.createAlert(tx, caller, { id, ...alert })
  },
  undo: async (tx, caller, id) => {
    const { alerts } = await alertsActions.alerts(tx, caller, {})
    if (alerts.some((alert) => alert.id === id)) await alertsActions.endAlert(tx, caller, { id })
  },
  done: async (caller, _id, deed, lang) => ({
    ...(await shown(caller, deed, lang)),
    tag: lang === 'en' ? 'On' : '已订阅',
  }),
}

async function shown(caller: Caller, deed: AlertDeed, lang: Lang): Promise<Shown> {
  const alert = await describe(caller, deed)
  const en = lang === 'en'
  return {
    title: en ? 'Alert' : '订阅提醒',
    parts: [
      {
        kind: 'facts',
        facts: [
          { label: en ? 'When' : '什么时候', value: alertWords(alert, lang) },
          { label: en ? 'To' : '发给', value: en ? 'you, here' : '你，发到这里' },
        ],
      },
    ],
    link: { label: en ? 'My alerts' : '我订的提醒', path: '/me/alerts' },
  }
}

/** How the alert would read, for those who may have it. */
async function describe(
  caller: Caller,
  { event, subjectId = null, below = null, hour = null }: AlertDeed,
): Promise<AlertView> {
  const alert = { id: '', personId: caller.personId, event, subjectId, below, hour, createdAt: caller.at }
  const [view] = await ask(caller, (tx) => alertsFor(tx, caller, [alert]), undefined)
  if (!view) throw new Refusal('forbidden', { doing: { zh: '订这种提醒', en: 'ask for this alert' } })
  return view
}

/** Alerts that are wanted no more. */
export const endAlertsKind: DeedKind<EndAlertsDeed> = {
  show: async (_caller, deed, lang) => ({
    ...ended(deed, lang),
    ways: [{ name: 'confirm', label: lang === 'en' ? 'End' : '确认取消', deed }],
  }),
  doubts: async () => [],
  carryOut: async (tx, caller, _id, { alerts }) => {
    for (const { id } of alerts) await alertsActions.endAlert(tx, caller, { id })
  },
  undo: async (tx, caller, _id, { alerts }) => {
    await resumeAlerts(
      tx,
      caller.personId,
      alerts.map(({ id }) => id),
    )
  },
  done: async (_caller, _id, deed, lang) => ({ ...ended(deed, lang), tag: lang === 'en' ? 'Ended' : '已取消' }),
}

const ended = ({ alerts }: EndAlertsDeed, lang: Lang): Shown => ({
  title: lang === 'en' ? 'End alerts' : '取消提醒',
  parts: [
    { kind: 'list', title: lang === 'en' ? 'No longer told' : '以后不再提醒', items: alerts.map(({ words }) => words) },
  ],
  link: { label: lang === 'en' ? 'My alerts' : '我订的提醒', path: '/me/alerts' },
})
