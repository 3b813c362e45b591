import { type Entry, readLines, type SentLine } from './entry.model.ts'
import { salesApi } from '../api.ts'

/** What the server has of a sale. */
export type Sale = { id: string; version: number; state: string }

/** What orders and quotations do alike, each in its own way. */
export type SaleKind = {
  name: 'order' | 'quotation'
  /** What is written of an entry: equal when nothing that counts has changed. */
  written: (entry: Entry) => object
  create: (id: string, entry: Entry, submit: boolean, key: string) => Promise<Sale>
  edit: (sale: { id: string; version: number }, entry: Entry, key: string) => Promise<Sale>
  submit: (sale: { id: string; version: number }, key: string) => Promise<Sale>
  read: (id: string) => Promise<Sale>
}

const saleOf = (view: { id: string; version: number; state?: string | null }): Sale => ({
  id: view.id,
  version: view.version,
  state: view.state ?? '',
})
const customerOf = (entry: Entry): string => entry.customer?.id ?? ''
const withoutNulls = (custom: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null && value !== ''))

const withoutWarehouse = (line: SentLine) => {
  const { warehouseId: _, ...goods } = line
  return goods
}

const orderFields = (entry: Entry) => ({
  customerId: customerOf(entry),
  warehouseId: entry.warehouseId,
  promisedOn: entry.promisedOn,
  backorder: entry.backorder,
  // Left empty in a new order, the customer's own address is taken.
  address: entry.address || (entry.saved ? '' : undefined),
  note: entry.note || null,
  custom: withoutNulls(entry.custom),
  lines: readLines(entry.lines).map(({ line }) => line),
})

const quotationFields = (entry: Entry) => ({
  customerId: customerOf(entry),
  warehouseId: entry.warehouseId,
  validUntil: entry.validUntil ?? '',
  note: entry.note || null,
  custom: withoutNulls(entry.custom),
  lines: readLines(entry.lines).map(({ line }) => withoutWarehouse(line)),
})

export const orderKind: SaleKind = {
  name: 'order',
  written: orderFields,
  create: async (id, entry, submit, key) =>
    saleOf((await salesApi.createOrder({ id, submit, ...orderFields(entry) }, { key })).order),
  edit: async ({ id, version }, entry, key) =>
    saleOf((await salesApi.editOrder({ id, version, ...orderFields(entry) }, { key })).order),
  submit: async (sale, key) => saleOf((await salesApi.submitOrder(sale, { key })).order),
  read: async (id) => saleOf((await salesApi.order({ id })).order),
}

export const quotationKind: SaleKind = {
  name: 'quotation',
  written: quotationFields,
  create: async (id, entry, submit, key) =>
    saleOf((await salesApi.createQuotation({ id, submit, ...quotationFields(entry) }, { key })).quotation),
  edit: async ({ id, version }, entry, key) =>
    saleOf((await salesApi.editQuotation({ id, version, ...quotationFields(entry) }, { key })).quotation),
  submit: async (sale, key) => saleOf((await salesApi.submitQuotation(sale, { key })).quotation),
  read: async (id) => saleOf((await salesApi.quotation({ id })).quotation),
}
