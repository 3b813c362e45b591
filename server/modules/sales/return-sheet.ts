import { Refusal, showQuantity, type Text, toMoney } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { readSetting } from '#kernel/settings'
import { registerShareable, type Sheet, type SheetPart } from '#server/engines/shares'
import { type ItemFacts, itemsByIds } from '#server/modules/catalog'
import { companyName } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import { itemName } from './linked-names.ts'
import { orderLabels } from './order-list-store.ts'
import { returnDeeds } from './policy.ts'
import { findReturn } from './sales-return-store.ts'
import { returnReasons, salesReturn as document } from './sales-return.document.ts'
import type { SalesReturn } from './sales-return.model.ts'
import { seeReturn } from './see-return.ts'

export const registerReturnSheet = (): void =>
  registerShareable(document.name, { label: document.label, mayRead, sheet: returnSheet })

/** Its sheet says what is credited, so whoever may not read amounts may not have it. */
async function mayRead(tx: Tx, caller: Caller, id: string): Promise<void> {
  await seeReturn(tx, caller, id)
  if (!canRead(caller, 'amount')) throw new Refusal('forbidden', { doing: { zh: '查看金额', en: 'see amounts' } })
}

/** A return as its customer sees it: what came back, or is to, and what he is credited for it. */
async function returnSheet(tx: Tx, { id, at }: { id: string; at: Date }): Promise<Sheet | undefined> {
  const found = await findReturn(tx, id)
  const states: readonly string[] = returnDeeds.share.from
  if (!found || !states.includes(found.state)) return undefined
  const customer = (await customersByIds(tx, [found.customerId])).get(found.customerId)
  const order = (await orderLabels(tx, [found.orderId])).get(found.orderId)
  const items = await itemsByIds(
    tx,
    found.lines.map((line) => line.itemId),
  )
  return {
    title: document.label,
    number: found.number,
    company: await readSetting(tx, companyName),
    customer: customer?.name ?? '',
    state: document.states?.[found.state] ?? null,
    at: at.toISOString(),
    parts: [
      {
        part: 'figure',
        label: { zh: '退货金额（含税）', en: 'Credited, tax included' },
        kind: 'money',
        value: toMoney(found.grossTotal),
      },
      {
        part: 'facts',
        facts: [
          { label: { zh: '原订单', en: 'Order' }, kind: 'text', value: order?.number ?? null },
          { label: { zh: '收货日期', en: 'Received on' }, kind: 'day', value: found.receivedOn },
          { label: { zh: '退货原因', en: 'Reason' }, kind: 'text', value: reasonOf(found) },
        ],
      },
      goods(found, items),
    ],
  }
}

const reasonOf = ({ reason }: SalesReturn): Text | null =>
  returnReasons.find(({ value }) => value === reason)?.label ?? null

function goods(found: SalesReturn, items: ReadonlyMap<string, ItemFacts>): SheetPart {
  const isHere = found.state === 'received'
  const lines = found.lines.filter((line) => !isHere || line.received.gt(0))
  return {
    part: 'table',
    title: { zh: '退货明细', en: 'Goods' },
    columns: [
      { label: { zh: '商品', en: 'Item' }, kind: 'text', look: 'words' },
      { label: { zh: '数量', en: 'Quantity' }, kind: 'text', look: 'figure' },
      { label: { zh: '金额', en: 'Amount' }, kind: 'money', look: 'main' },
    ],
    rows: lines.map((line) => {
      const item = items.get(line.itemId)!
      const pieces = [...line.lots.map(({ lotCode }) => lotCode), ...line.serials]
      const quantity = showQuantity(isHere ? line.received : line.quantity, item.units)
      return {
        note: { zh: [item.code, ...pieces].join(' · ') },
        cells: [itemName(item), quantity, toMoney(line.gross)],
      }
    }),
    sums: [
      { label: { zh: '不含税金额', en: 'Net' }, kind: 'money', value: toMoney(found.netTotal) },
      { label: { zh: '税额', en: 'Tax' }, kind: 'money', value: toMoney(found.grossTotal.minus(found.netTotal)) },
      { label: { zh: '退货金额', en: 'Credited' }, kind: 'money', value: toMoney(found.grossTotal) },
    ],
    empty: { zh: '没有商品', en: 'No goods' },
  }
}
