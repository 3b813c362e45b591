import { Decimal, toQuantity } from '#contract'
import type { PaymentOverdue, ReceiptPosted } from '#facts/modules/finance'
import type { GoodsReceived, StockMoved } from '#facts/modules/inventory'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { type Job, type Listener, reaction } from '#kernel/events'
import { ask, perform } from '#kernel/perform'
import { type Alert, alertsFor, alertsOn, nowTrue } from '#server/engines/alerts'
import { itemsByIds } from '#server/modules/catalog'
import { availability } from '#server/modules/inventory'
import { bareQuantity, money } from '../answers/card-pieces.ts'
import type { CardFact } from '../card.ts'
import { alertCard } from '../cards/alert-card.ts'
import { alertWords } from '../deeds/alert-deed.ts'
import { deliverCard } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'
import { reader } from '../reader.ts'
import { reportsDue } from './reports.ts'

/** What people asked to be told of. Whether each may still know of it is asked again whenever it happens. */
export const alertListeners = (platforms: readonly Platform[]): Listener[] => [
  reaction<GoodsReceived>(
    'bot.alert-arrival',
    'inventory.goods-received',
    async (tx, caller, { body }, { eventId }) => {
      const facts = (en: boolean): CardFact[] => [{ label: en ? 'Receipt' : '入库单', value: body.number }]
      for (const alert of await alertsOn(tx, 'arrival', body.itemIds))
        await tell(tx, caller, platforms, alert, { eventId, facts })
    },
  ),
  reaction<ReceiptPosted>('bot.alert-receipt', 'finance.receipt-posted', async (tx, caller, { body }, { eventId }) => {
    const facts = (en: boolean): CardFact[] => [
      { label: en ? 'Amount' : '金额', value: money(body.amount, en ? 'en' : 'zh') },
      { label: en ? 'Receipt' : '收款单', value: body.number },
    ]
    for (const alert of await alertsOn(tx, 'receipt', [body.customerId]))
      await tell(tx, caller, platforms, alert, { eventId, facts })
  }),
  reaction<PaymentOverdue>(
    'bot.alert-overdue',
    'finance.payment-overdue',
    async (tx, caller, { body }, { eventId }) => {
      const facts = (en: boolean): CardFact[] => [
        { label: en ? 'Overdue' : '逾期金额', value: money(body.amount, en ? 'en' : 'zh') },
        { label: en ? 'Due' : '最早到期日', value: body.oldestDueOn },
      ]
      for (const alert of await alertsOn(tx, 'overdue', [body.customerId]))
        await tell(tx, caller, platforms, alert, { eventId, facts })
    },
  ),
  reaction<StockMoved>('bot.alert-low-stock', 'inventory.stock-moved', (tx, caller, { body }, { eventId }) =>
    tellLow(tx, caller, platforms, { eventId, itemIds: body.itemIds }),
  ),
]

/** Goods are held and let go without being moved: what is low is looked at by the clock as well. */
export const alertJobs = (platforms: readonly Platform[]): Job[] => [
  {
    name: 'bot.alerts-low-stock',
    cron: '*/5 * * * *',
    run: (caller) =>
      perform(caller, (tx) => tellLow(tx, caller, platforms, { eventId: caller.at.toISOString() }), undefined),
  },
  {
    name: 'bot.alerts-report',
    cron: '0 * * * *',
    run: async (caller) => {
      const due = await ask(caller, (tx) => reportsDue(tx, caller.at), undefined)
      for (const { alert, holder, card } of due) {
        const key = `alert:${alert.id}:${dayAt(caller.at)}`
        const copy = { subject: 'alert', subjectId: key, personId: holder.personId, key }
        await perform(caller, (tx) => deliverCard(tx, caller, platforms, copy, card), undefined)
      }
    },
  },
]

type Happening = { eventId: string; facts: (en: boolean) => CardFact[] }

async function tell(
  tx: Tx,
  caller: Caller,
  platforms: readonly Platform[],
  alert: Alert,
  { eventId, facts }: Happening,
): Promise<void> {
  const holder = await reader(tx, alert.personId, caller.at)
  const [view] = holder ? await alertsFor(tx, holder, [alert]) : []
  if (!holder || !view?.subject) return
  const { lang } = holder
  const { name, page } = view.subject
  const card = alertCard({ words: alertWords(view, lang), name, page, facts: facts(lang === 'en') }, lang)
  const copy = { subject: 'alert', subjectId: alert.id, personId: holder.personId, key: `alert:${alert.id}:${eventId}` }
  await deliverCard(tx, caller, platforms, copy, card)
}

/** Tells those below whose limit an item has just fallen; once, until it has been above it again. */
async function tellLow(
  tx: Tx,
  caller: Caller,
  platforms: readonly Platform[],
  { eventId, itemIds }: { eventId: string; itemIds?: readonly string[] },
): Promise<void> {
  const alerts = await alertsOn(tx, 'low_stock', itemIds)
  const ids = [...new Set(alerts.flatMap(({ subjectId }) => subjectId ?? []))]
  if (ids.length === 0) return
  const there = await availability(tx, { itemIds: ids })
  const levels = alerts.map((alert) => ({
    alert,
    available: there.get(alert.subjectId ?? '')?.available ?? new Decimal(0),
  }))
  const fallen = await nowTrue(
    tx,
    levels.map(({ alert, available }) => ({ id: alert.id, isTrue: available.lt(alert.below ?? 0) })),
  )
  const items = await itemsByIds(tx, ids)
  for (const { alert, available } of levels.filter(({ alert: { id } }) => fallen.includes(id))) {
    const units = items.get(alert.subjectId ?? '')?.units ?? []
    const shown = bareQuantity(toQuantity(available), units)
    const facts = (en: boolean): CardFact[] => [{ label: en ? 'Available' : '现在可用', value: shown }]
    await tell(tx, caller, platforms, alert, { eventId, facts })
  }
}
