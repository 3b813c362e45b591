import { type Text, type TimelineEntry, toMoney } from '#contract'
import { type Caller, canRead, has } from '#kernel/caller'
import { dateOf, dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { readTimeline } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { type Outcome, receiptsOf } from './chain.ts'
import type { Order } from './order.model.ts'
import { seesDelivery } from './policy.ts'

/** What is done to documents without a change of state. */
const words: Record<string, Text> = {
  hold: { zh: '留货', en: 'Stock held' },
  release: { zh: '留货结束', en: 'Stock given back' },
  scan: { zh: '扫码拣货', en: 'Picked by scan' },
  clear: { zh: '清除拣货', en: 'Picking taken back' },
  sign: { zh: '客户签收', en: 'Signed for' },
  reserve: { zh: '到货补占', en: 'Goods that came in held' },
  ask: { zh: '等待审批', en: 'Sent for approval' },
}

/** What happened to a document, oldest first, with the names of who did it. */
export async function timelineOf(tx: Tx, caller: Caller, document: string, id: string): Promise<TimelineEntry[]> {
  const entries = await readTimeline(tx, caller, await documentFor(tx, document), id)
  return entries.map((entry) => ({ ...entry, words: words[entry.action] ?? entry.words }))
}

const notable = ['pick', 'sign', 'cancel']
const notableOfReturn = ['submit', 'receive', 'reverse']

/** What happened to an order and to what came of it: picked, signed for, paid. */
export async function timelineOfOrder(
  tx: Tx,
  caller: Caller,
  order: Order,
  outcome: Outcome,
): Promise<TimelineEntry[]> {
  const entries = await timelineOf(tx, caller, 'sales_order', order.id)
  for (const note of outcome.deliveries) {
    if (!seesDelivery(caller, note)) continue
    const steps = await timelineOf(tx, caller, 'delivery', note.id)
    entries.push(...steps.filter((step) => notable.includes(step.action)).map((step) => ofNote(step, note.number)))
  }
  for (const back of outcome.returns) {
    if (!seesDelivery(caller, back)) continue
    const steps = await timelineOf(tx, caller, 'sales_return', back.id)
    const told = steps.filter((step) => notableOfReturn.includes(step.action))
    entries.push(...told.map((step) => ofNote(step, back.number)))
  }
  if (has(caller, 'receivable.read') && canRead(caller, 'amount'))
    entries.push(...receiptsOf(outcome.payment.allocations).map((receipt) => ofReceipt(caller, receipt)))
  // Ids grow with time: they order what was done in one call.
  const moment = ({ at, id }: TimelineEntry): string => `${at} ${id}`
  return entries.toSorted((a, b) => (moment(a) < moment(b) ? -1 : 1))
}

const ofNote = (step: TimelineEntry, number: string): TimelineEntry => ({
  ...step,
  words: { zh: `${number} ${step.words.zh}`, en: `${number} ${step.words.en ?? step.words.zh}` },
  changes: [],
})

/** Money is booked by day: today's stands at this moment, earlier money in the morning of its day. */
const ofReceipt = (
  caller: Caller,
  { id, number, on, amount }: ReturnType<typeof receiptsOf>[number],
): TimelineEntry => ({
  id,
  at: (on === dayAt(caller.at) ? caller.at : dateOf(on)).toISOString(),
  by: number,
  via: 'job',
  action: 'pay',
  words: { zh: `收款 ¥${toMoney(amount)}`, en: `Paid ¥${toMoney(amount)}` },
  changes: [],
})
