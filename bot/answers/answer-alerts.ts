import { Decimal, type Lang, toQuantity } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { alertsActions } from '#server/engines/alerts'
import { catalogActions } from '#server/modules/catalog'
import { inventoryActions } from '#server/modules/inventory'
import type { Card } from '../card.ts'
import { alertWords } from '../deeds/alert-deed.ts'
import type { AlertDeed } from '../deeds/deed.ts'
import { propose } from '../deeds/proposal-card.ts'
import { inBase } from './answer-availability.ts'
import { nextStep } from './next-step.ts'
import type { QueryOf } from './query.ts'

type Query = QueryOf<'alert.subscribe'>
const buttonsMax = 3

/** What somebody wants to be told of: the list of it, one more, or one less. */
export async function answerAlerts(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  if (query.action === 'list') return listCard(caller, lang)
  if (query.action === 'cancel') return cancelCard(caller, query, lang)
  const deed = await wanted(caller, query)
  return deed ? propose(caller, deed, lang) : unclear(lang)
}

/** A new alert as it was said; nothing when it was not said of what. Where no limit was said, it is the item's own. */
async function wanted(caller: Caller, query: Query): Promise<AlertDeed | undefined> {
  const { itemId, customerId, below, unit, hour } = query
  const event = query.event ?? (itemId ? 'arrival' : undefined)
  switch (event) {
    case 'low_stock': {
      if (!itemId) return undefined
      const limit =
        below === undefined ? await reorderPoint(caller, itemId) : await limitOf(caller, itemId, below, unit)
      return limit === undefined ? undefined : { do: 'alert', event, subjectId: itemId, below: limit }
    }
    case 'arrival':
      return itemId ? { do: 'alert', event, subjectId: itemId } : undefined
    case 'receipt':
    case 'overdue':
      return customerId ? { do: 'alert', event, subjectId: customerId } : undefined
    case 'report':
      return { do: 'alert', event, hour: hour ?? 9 }
    case undefined:
      return undefined
  }
}

/** Below two boxes is below so many of what the item is counted in. */
async function limitOf(caller: Caller, itemId: string, n: string, unit: string | undefined): Promise<string> {
  const stock = await ask(caller, inventoryActions.itemStock, { itemId })
  return toQuantity(inBase({ n, unit }, stock))
}

async function reorderPoint(caller: Caller, id: string): Promise<string | undefined> {
  const { item } = await ask(caller, catalogActions.item, { id })
  return item.reorderPoint && new Decimal(item.reorderPoint).gt(0) ? item.reorderPoint : undefined
}

const unclear = (lang: Lang): Card => ({
  colour: 'blue',
  title: lang === 'en' ? 'Alert' : '订阅提醒',
  parts: [
    {
      kind: 'text',
      text:
        lang === 'en'
          ? 'Of what, and when? For example: alert me when an item drops under 100; tell me when a customer pays.'
          : '什么时候提醒你？例如「膨胀螺栓低于 100 告诉我」「宏达回款了提醒我」「电锤到货通知一下」「每天早上 9 点发我昨天的销售」。',
    },
  ],
  buttons: [],
  link: { label: lang === 'en' ? 'My alerts' : '我订的提醒', path: '/me/alerts' },
})

async function listCard(caller: Caller, lang: Lang): Promise<Card> {
  const { alerts } = await ask(caller, alertsActions.alerts, {})
  const en = lang === 'en'
  return {
    colour: 'blue',
    title: en ? 'My alerts' : '我订的提醒',
    parts: [
      { kind: 'figure', value: String(alerts.length), label: en ? 'alerts' : '个提醒' },
      alerts.length > 0
        ? {
            kind: 'list',
            title: en ? 'You are told of' : '会告诉你',
            items: alerts.map((alert) => alertWords(alert, lang)),
          }
        : { kind: 'text', text: en ? 'None yet.' : '还没有订提醒。' },
    ],
    buttons: alerts.slice(0, buttonsMax).map((alert, i) => {
      const label = `${en ? 'End: ' : '取消：'}${alert.subject?.name ?? alertWords(alert, lang)}`
      return nextStep(`end${i + 1}`, label, { intent: 'alert.subscribe', action: 'cancel', alertId: alert.id }, lang)
    }),
    link: { label: en ? 'All of them' : '管理提醒', path: '/me/alerts' },
  }
}

async function cancelCard(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  const { alerts } = await ask(caller, alertsActions.alerts, {})
  const { alertId, event } = query
  const subjectId = query.itemId ?? query.customerId
  const fits = alerts.filter((alert) =>
    alertId ? alert.id === alertId : alert.subject?.id === subjectId && (!event || alert.event === event),
  )
  if (fits.length === 0) return listCard(caller, lang)
  return propose(
    caller,
    { do: 'endAlerts', alerts: fits.map((alert) => ({ id: alert.id, words: alertWords(alert, lang) })) },
    lang,
  )
}
