import { showQuantity, type TimelineEntry } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { readSetting } from '#kernel/settings'
import { readTimeline } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { registerShareable, type Sheet, type SheetPart } from '#server/engines/shares'
import { type ItemFacts, itemsByIds } from '#server/modules/catalog'
import { companyName, namesOf } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import { deliveriesOf } from './delivery-store.ts'
import { itemName } from './linked-names.ts'
import { findOrder } from './order-store.ts'
import { enteredText } from './order-view.ts'
import type { Order } from './order.model.ts'
import { orderDeeds } from './policy.ts'
import { type NoteProgress, progressOf } from './progress.model.ts'
import { salesOrder as document } from './sales-order.document.ts'
import { seeOrder } from './see-order.ts'
import { lineNote } from './sheet-lines.ts'

export const registerOrderSheet = (): void =>
  registerShareable(document.name, { label: document.label, mayRead, sheet: orderSheet })

/** Its sheet holds no amount: whoever sees the order may read all of it. */
const mayRead = async (tx: Tx, caller: Caller, id: string): Promise<void> => void (await seeOrder(tx, caller, id))

/** How far an order has come, as its customer sees it: what was ordered, what has left, and each step with its moment. */
async function orderSheet(tx: Tx, { id, at }: { id: string; at: Date }): Promise<Sheet | undefined> {
  const order = await findOrder(tx, id)
  const states: readonly string[] = orderDeeds.share.from
  if (!order || !states.includes(order.state) || !order.confirmedAt) return undefined
  const customer = (await customersByIds(tx, [order.customerId])).get(order.customerId)
  const seller = (await namesOf(tx, [order.ownerId])).get(order.ownerId)
  const items = await itemsByIds(
    tx,
    order.lines.map((line) => line.itemId),
  )
  const notes = await notesOf(tx, order, at)
  return {
    title: document.label,
    number: order.number ?? '',
    company: await readSetting(tx, companyName),
    customer: customer?.name ?? '',
    state: document.states?.[order.state] ?? null,
    at: at.toISOString(),
    parts: [
      ...(order.state === 'cancelled' ? [] : [{ part: 'steps', steps: progressOf(order, notes) } as const]),
      {
        part: 'facts',
        facts: [
          { label: { zh: '下单日期', en: 'Ordered on' }, kind: 'day', value: order.orderedOn },
          { label: { zh: '约定交期', en: 'Promised on' }, kind: 'day', value: order.promisedOn },
          { label: { zh: '收货地址', en: 'Delivery address' }, kind: 'text', value: order.address || null },
          { label: { zh: '联系人', en: 'Your contact' }, kind: 'text', value: seller ?? null },
        ],
      },
      goods(order, items),
      ...(notes.some(({ shippedOn }) => shippedOn) ? [shipments(notes)] : []),
    ],
  }
}

type Note = NoteProgress & { number: string; carrier: string; trackingNo: string; signedBy: string }

/** The delivery notes of an order that stand, oldest first, with the moments that their timelines tell. */
async function notesOf(tx: Tx, order: Order, at: Date): Promise<Note[]> {
  const standing = (await deliveriesOf(tx, order.id)).filter(({ state }) => state !== 'cancelled')
  const described = await documentFor(tx, 'delivery')
  const notes: Note[] = []
  for (const { id, number, state, shippedOn, signedAt, carrier, trackingNo, signedBy } of standing) {
    const timeline = await readTimeline(tx, systemCaller(at), described, id)
    notes.push({
      number,
      carrier,
      trackingNo,
      signedBy,
      shippedOn,
      isPicked: state !== 'planned',
      pickedAt: momentOf(timeline, 'pick'),
      shippedAt: momentOf(timeline, 'ship') ?? shippedOn,
      signedAt: signedAt?.toISOString() ?? null,
    })
  }
  return notes
}

const momentOf = (timeline: readonly TimelineEntry[], action: string): string | null =>
  timeline.find((entry) => entry.action === action)?.at ?? null

const goods = (order: Order, items: ReadonlyMap<string, ItemFacts>): SheetPart => ({
  part: 'table',
  title: { zh: '商品明细', en: 'Goods' },
  columns: [
    { label: { zh: '商品', en: 'Item' }, kind: 'text', look: 'words' },
    { label: { zh: '订购', en: 'Ordered' }, kind: 'text', look: 'figure' },
    { label: { zh: '已发货', en: 'Shipped' }, kind: 'text', look: 'main' },
    { label: { zh: '预计到货', en: 'Expected' }, kind: 'day', look: 'figure' },
  ],
  rows: order.lines.map((line) => {
    const item = items.get(line.itemId)!
    const isAllGone = line.delivered.gte(line.quantity)
    return {
      note: lineNote(line, item),
      cells: [
        itemName(item),
        enteredText(line.entered),
        showQuantity(line.delivered, item.units),
        isAllGone ? null : (line.promisedOn ?? order.promisedOn),
      ],
    }
  }),
  sums: [],
  empty: { zh: '没有商品', en: 'No goods' },
})

const shipments = (notes: readonly Note[]): SheetPart => ({
  part: 'table',
  title: { zh: '发货记录', en: 'Shipments' },
  columns: [
    { label: { zh: '送货单', en: 'Delivery note' }, kind: 'text', look: 'words' },
    { label: { zh: '承运', en: 'Carrier' }, kind: 'text', look: 'words' },
    { label: { zh: '发货日期', en: 'Shipped on' }, kind: 'day', look: 'figure' },
    { label: { zh: '签收时间', en: 'Signed for at' }, kind: 'instant', look: 'main' },
  ],
  rows: notes
    .filter(({ shippedOn }) => shippedOn)
    .map(({ number, carrier, trackingNo, shippedOn, signedAt, signedBy }) => ({
      note: signedBy ? { zh: `签收人 ${signedBy}`, en: `Signed for by ${signedBy}` } : null,
      cells: [number, [carrier, trackingNo].filter(Boolean).join(' ') || null, shippedOn, signedAt],
    })),
  sums: [],
  empty: { zh: '还没有发货', en: 'Nothing has left yet' },
})
