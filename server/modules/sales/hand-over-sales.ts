import type { Text } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { type Belonging, type Passing, registerBelonging } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import { giveSales, type SaleTable, salesOwnedBy } from './sale-owner-store.ts'
import type { OrderState } from './sales-order.document.ts'
import type { QuotationState } from './quotation.document.ts'

type Part = { table: SaleTable; states: readonly string[] }

const openQuotations: readonly QuotationState[] = ['submitted', 'approved']
const openOrders: readonly OrderState[] = ['submitted', 'confirmed', 'partly_delivered', 'delivered']
const quotationDrafts: readonly QuotationState[] = ['draft', 'rejected']
const orderDrafts: readonly OrderState[] = ['draft']

/** What a seller is in the middle of. What is settled stays with whoever sold it; his manager still sees it. */
export function registerSaleBelongings(): void {
  aKind('quotation', { zh: '未结报价', en: 'Open quotations' }, 30, [{ table: 'quotation', states: openQuotations }])
  aKind('sales_order', { zh: '未结订单', en: 'Open orders' }, 40, [{ table: 'sales_order', states: openOrders }])
  aKind('draft', { zh: '草稿', en: 'Drafts' }, 50, [
    { table: 'sales_order', states: orderDrafts },
    { table: 'quotation', states: quotationDrafts },
  ])
}

function aKind(kind: string, label: Text, position: number, parts: Part[]): void {
  registerBelonging({
    kind,
    label,
    position,
    scope: parts[0]!.table,
    find: async (tx, _, personId) => (await Promise.all(parts.map((part) => belongings(tx, part, personId)))).flat(),
    pass: async (tx, caller, passing) => {
      const passed: string[] = []
      for (const part of parts) passed.push(...(await handOver(tx, caller, part, passing)))
      return passed
    },
  })
}

const pages: Record<SaleTable, string> = { quotation: '/quotations', sales_order: '/orders' }

async function belongings(tx: Tx, { table, states }: Part, personId: string): Promise<Belonging[]> {
  const sales = await salesOwnedBy(tx, table, personId, states)
  const customers = await customersByIds(
    tx,
    sales.map(({ customerId }) => customerId),
  )
  return sales.map(({ id, number, customerId, amount }) => ({
    id,
    title: [number, customers.get(customerId)?.shortName].filter(Boolean).join(' · '),
    path: `${pages[table]}/${id}`,
    amount,
  }))
}

async function handOver(tx: Tx, caller: Caller, { table, states }: Part, passing: Passing): Promise<string[]> {
  const { fromId, toId } = passing
  const ids = await giveSales(tx, table, passing, states)
  const document = await documentFor(tx, table)
  for (const id of ids) {
    const deed = { id, action: 'reassign', before: { id, ownerId: fromId }, after: { id, ownerId: toId } }
    await record(tx, caller, document, deed)
  }
  return ids
}
