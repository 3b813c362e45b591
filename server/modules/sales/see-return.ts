import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { deliveriesOf } from './delivery-store.ts'
import type { Delivery, DeliveryLine } from './delivery.model.ts'
import { lockOrder } from './order-store.ts'
import type { Order } from './order.model.ts'
import { allowDeed, type Deed, seesDelivery } from './policy.ts'
import { findReturn } from './sales-return-store.ts'
import { type ReturnState, salesReturn as document } from './sales-return.document.ts'
import type { SalesReturn } from './sales-return.model.ts'

/** A return the caller may see; somebody else's answers exactly as one that is not there. */
export async function seeReturn(tx: Tx, caller: Caller, id: string): Promise<SalesReturn> {
  const found = await findReturn(tx, id)
  if (!found || !seesDelivery(caller, found)) throw new Refusal('not_found', { what: document.label })
  return found
}

/** What a return is about: the order, and the lines that have left for it, each with its note. */
export type Left = { order: Order; lines: Map<string, DeliveryLine>; notes: Map<string, Delivery> }

/** A return, and what it is about. The order is held until the caller has done something, and with it all that comes back of it. */
export async function holdReturn(
  tx: Tx,
  caller: Caller,
  { id, version }: { id: string; version: number },
  deed: Deed<ReturnState>,
): Promise<{ found: SalesReturn } & Left> {
  const { orderId } = await seeReturn(tx, caller, id)
  const left = await holdLeft(tx, orderId)
  const found = (await findReturn(tx, id))!
  allowDeed(caller, document, deed, found.state)
  if (found.version !== version) throw new Refusal('stale')
  return { found, ...left }
}

/** An order, held, with what has left for it. */
export async function holdLeft(tx: Tx, orderId: string): Promise<Left> {
  const order = (await lockOrder(tx, orderId))!
  return { order, ...leftFor(await deliveriesOf(tx, orderId)) }
}

/** The lines that have left with delivery notes. */
export function leftFor(deliveries: readonly Delivery[]): Pick<Left, 'lines' | 'notes'> {
  const shipped = deliveries.filter(({ state }) => state === 'shipped')
  const gone = shipped.flatMap((note) =>
    note.lines.filter(({ picked }) => picked.gt(0)).map((line) => ({ line, note })),
  )
  return {
    lines: new Map(gone.map(({ line }) => [line.id, line])),
    notes: new Map(gone.map(({ line, note }) => [line.id, note])),
  }
}
