import type { SheetStep } from '#contract/engines/shares'
import type { Order } from './order.model.ts'

/** How far one delivery note has come. A moment, or a day where nobody wrote down the moment. */
export type NoteProgress = {
  isPicked: boolean
  pickedAt: string | null
  shippedOn: string | null
  shippedAt: string | null
  signedAt: string | null
}
type Ordered = Pick<Order, 'state' | 'confirmedAt'>

/**
 * The steps that an order goes through, as its customer follows them. Picking has begun with the first note that is picked; goods have left
 * with the last note of an order that is delivered in full, and it is signed for when each of its notes is.
 */
export function progressOf(order: Ordered, notes: readonly NoteProgress[]): SheetStep[] {
  const isAllGone = order.state === 'delivered' || order.state === 'closed'
  const isSigned = isAllGone && notes.length > 0 && notes.every(({ signedAt }) => signedAt !== null)
  const isPartGone = notes.some(({ shippedOn }) => shippedOn !== null)
  return [
    { label: { zh: '已确认', en: 'Confirmed' }, at: order.confirmedAt?.toISOString() ?? null, isDone: true },
    {
      label: { zh: '拣货', en: 'Picked' },
      at: earliest(notes.map(({ pickedAt, shippedAt }) => pickedAt ?? shippedAt)),
      isDone: notes.some(({ isPicked }) => isPicked),
    },
    {
      label: isPartGone && !isAllGone ? { zh: '部分发货', en: 'Partly shipped' } : { zh: '发货', en: 'Shipped' },
      at: latest(notes.map(({ shippedAt }) => shippedAt)),
      isDone: isAllGone,
    },
    {
      label: { zh: '签收', en: 'Signed for' },
      at: isSigned ? latest(notes.map(({ signedAt }) => signedAt)) : null,
      isDone: isSigned,
    },
  ]
}

const known = (moments: readonly (string | null)[]): string[] => moments.flatMap((moment) => moment ?? []).sort()
const earliest = (moments: readonly (string | null)[]): string | null => known(moments)[0] ?? null
const latest = (moments: readonly (string | null)[]): string | null => known(moments).at(-1) ?? null
