import { Refusal, showValue, toMoney, toPrice } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { readSetting } from '#kernel/settings'
import { registerShareable, type Sheet, type SheetPart } from '#server/engines/shares'
import { type ItemFacts, itemsByIds } from '#server/modules/catalog'
import { companyName, namesOf } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import { itemName } from './linked-names.ts'
import { enteredText } from './order-view.ts'
import { quotationDeeds } from './policy.ts'
import { findQuotation } from './quotation-store.ts'
import { quotation as document } from './quotation.document.ts'
import type { Quotation } from './quotation.model.ts'
import { seeQuotation } from './see-quotation.ts'
import { lineNote } from './sheet-lines.ts'

export const registerQuotationSheet = (): void =>
  registerShareable(document.name, { label: document.label, mayRead, sheet: quotationSheet })

/** Its sheet is all prices, so whoever may not read them may not have it. */
async function mayRead(tx: Tx, caller: Caller, id: string): Promise<void> {
  await seeQuotation(tx, caller, id)
  if (!canRead(caller, 'amount')) throw new Refusal('forbidden', { doing: { zh: '查看价格', en: 'see prices' } })
}

/** A quotation as its customer sees it: the goods, their prices, and until when they hold. While it is being changed there is none. */
async function quotationSheet(tx: Tx, { id, at }: { id: string; at: Date }): Promise<Sheet | undefined> {
  const found = await findQuotation(tx, id)
  const states: readonly string[] = quotationDeeds.share.from
  if (!found || !states.includes(found.state)) return undefined
  const customer = (await customersByIds(tx, [found.customerId])).get(found.customerId)
  const seller = (await namesOf(tx, [found.ownerId])).get(found.ownerId)
  const items = await itemsByIds(
    tx,
    found.lines.map((line) => line.itemId),
  )
  return {
    title: document.label,
    number: found.number ?? '',
    company: await readSetting(tx, companyName),
    customer: customer?.name ?? '',
    state: stateOn(found, dayAt(at)),
    at: at.toISOString(),
    parts: [
      {
        part: 'figure',
        label: { zh: '价税合计', en: 'Total with tax' },
        kind: 'money',
        value: toMoney(found.grossTotal),
      },
      {
        part: 'facts',
        facts: [
          { label: { zh: '有效期至', en: 'Valid until' }, kind: 'day', value: found.validUntil },
          {
            label: { zh: '版次', en: 'Revision' },
            kind: 'text',
            value: found.revision > 1 ? String(found.revision) : null,
          },
          { label: { zh: '联系人', en: 'Your contact' }, kind: 'text', value: seller ?? null },
        ],
      },
      lines(found, items),
    ],
  }
}

const ended = { label: { zh: '已过期', en: 'Expired' }, colour: 'grey' } as const

function stateOn({ state, validUntil }: Quotation, today: string): Sheet['state'] {
  if (state === 'ordered') return { label: { zh: '已成单', en: 'Ordered' }, colour: 'green' }
  if (state === 'expired' || validUntil < today) return ended
  return { label: { zh: '有效', en: 'Valid' }, colour: 'blue' }
}

const lines = (found: Quotation, items: ReadonlyMap<string, ItemFacts>): SheetPart => ({
  part: 'table',
  title: { zh: '商品明细', en: 'Goods' },
  columns: [
    { label: { zh: '商品', en: 'Item' }, kind: 'text', look: 'words' },
    { label: { zh: '数量', en: 'Quantity' }, kind: 'text', look: 'figure' },
    { label: { zh: '单价（含税）', en: 'Price (with tax)' }, kind: 'text', look: 'figure' },
    { label: { zh: '金额', en: 'Amount' }, kind: 'money', look: 'main' },
  ],
  rows: found.lines.map((line) => {
    const item = items.get(line.itemId)!
    const price = `${showValue({ kind: 'price' }, toPrice(line.price), 'zh')}/${item.baseUnit}`
    return {
      note: lineNote(line, item),
      cells: [itemName(item), enteredText(line.entered), price, toMoney(line.gross)],
    }
  }),
  sums: [
    { label: { zh: '不含税金额', en: 'Net' }, kind: 'money', value: toMoney(found.netTotal) },
    { label: { zh: '税额', en: 'Tax' }, kind: 'money', value: toMoney(found.taxTotal) },
    { label: { zh: '价税合计', en: 'Total with tax' }, kind: 'money', value: toMoney(found.grossTotal) },
  ],
  empty: { zh: '没有商品', en: 'No goods' },
})
