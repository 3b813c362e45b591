import { Decimal, type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import { type Day, dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { itemsByIds } from '#server/modules/catalog'
import type { inventory, StockTransferPage } from './contract.ts'
import { postMoves } from './post-moves.ts'
import { proposeLots } from './propose-lots.ts'
import { type Transfer, type TransferLine } from './stock-transfer-store.ts'
import { transferDeeds } from './stock-transfers.ts'
import { movementsOf } from './tracking.model.ts'
import { assertMine } from './warehouse-store.ts'

type Endpoints = (typeof inventory)['endpoints']

/** The goods leave the first warehouse, and are on the way with their value. Lots that nobody chose are those that expire first. */
export async function sendStockTransfer(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['sendStockTransfer']>,
): Promise<StockTransferPage> {
  const before = await transferDeeds.held(tx, caller, input, 'send')
  await assertMine(tx, caller, before.fromId)
  const on = input.on ?? dayAt(caller.at)
  const chosen = await withLots(tx, before)
  const costs = await post(tx, caller, { ...before, lines: chosen }, 'out', { ...input, on })
  const lines = chosen.map((line) => ({ ...line, cost: costs.get(line.id)!.neg() }))
  return transferDeeds.changed(tx, caller, 'send', before, { ...before, state: 'sent', sentOn: on, lines })
}

/** The goods are in the second warehouse, worth what they were when they left. */
export async function receiveStockTransfer(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['receiveStockTransfer']>,
): Promise<StockTransferPage> {
  const before = await transferDeeds.held(tx, caller, input, 'receive')
  await assertMine(tx, caller, before.toId)
  const on = input.on ?? dayAt(caller.at)
  if (before.sentOn && on < before.sentOn) throw new Refusal('received_before_sent', { day: before.sentOn })
  await post(tx, caller, before, 'in', { ...input, on })
  return transferDeeds.changed(tx, caller, 'receive', before, { ...before, state: 'received', receivedOn: on })
}

/** Posts all lines in one direction; answers the value that moved with each, signed. */
async function post(
  tx: Tx,
  caller: Caller,
  transfer: Transfer,
  direction: 'in' | 'out',
  { on, intoNextPeriod }: { on: Day; intoNextPeriod?: boolean },
): Promise<Map<string, Decimal>> {
  const { id, number, fromId, toId, lines } = transfer
  const items = await itemsByIds(
    tx,
    lines.map(({ itemId }) => itemId),
  )
  const warehouseId = direction === 'out' ? fromId : toId
  const movements = lines.flatMap((line) => {
    const value = direction === 'in' ? line.cost : null
    return movementsOf({ ...line, lineId: line.id, warehouseId, value }, items.get(line.itemId)!, direction)
  })
  const source = { document: 'stock_transfer', id, number }
  const moves = await postMoves(
    tx,
    caller,
    { source, kind: `transfer_${direction}`, on, intoNextPeriod, movements },
    items,
  )
  const costs = new Map<string, Decimal>()
  for (const { lineId, cost } of moves) costs.set(lineId, (costs.get(lineId) ?? new Decimal(0)).plus(cost))
  return costs
}

async function withLots(tx: Tx, { fromId, lines }: Transfer): Promise<TransferLine[]> {
  const proposals = await proposeLots(
    tx,
    lines.map((line) => ({ ...line, warehouseId: fromId })),
  )
  return lines.map((line, i) => {
    if (line.lots.length > 0 || line.serialIds.length > 0) return line
    const { lots, serials } = proposals[i]!
    return { ...line, lots, serialIds: serials.map(({ serialId }) => serialId) }
  })
}
