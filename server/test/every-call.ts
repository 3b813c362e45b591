import { randomBytes } from 'node:crypto'
import type { Endpoint } from '#contract'
import { shares } from '#contract/engines/shares'
import { catalog } from '#contract/modules/catalog'
import { finance } from '#contract/modules/finance'
import { inventory } from '#contract/modules/inventory'
import { parties } from '#contract/modules/parties'
import { newId } from '#kernel/ids'
import { as, ids } from './door.ts'
import {
  aCustomer,
  anApproval,
  anItem,
  anOrder,
  aQuotation,
  aReturn,
  lineOf,
  openShop,
  receivableOf,
  shipped,
  stocked,
  today,
} from './door-goods.ts'

/** Figures that stand nowhere by chance, so that each can be told wherever it comes out. */
export const told = {
  cost: '4567.8912',
  freight: '73219.46',
  price: '9123.45',
  floor: '8765.4321',
  credit: '765432.10',
  phone: '0571-86754321',
  contactPhone: '139-8765-4321',
} as const

/** What a link's address ends in. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Values for a call of the API, about rows of the seller's. */
export type InputFor = (route: string, endpoint: Endpoint) => Record<string, unknown>

/** A row of each kind, the seller's where rows belong to somebody. A version that has passed keeps whoever may from changing anything. */
export async function rowsOfTheSeller(): Promise<{
  inputFor: InputFor
  customer: string
  order: string
  delivery: string
}> {
  const warehouseId = await openShop()
  const itemId = await anItem({ listPrice: told.price, floorPrice: told.floor })
  const goods = { itemId, warehouseId }
  const goodsReceipt = await stocked(itemId, warehouseId, '1000', told.cost)
  const contacts = [{ id: newId(), name: '张三', role: 'buyer' as const, phone: told.contactPhone }]
  const customer = await aCustomer('seller', { phone: told.phone, contacts })
  const { editCustomer } = parties.endpoints
  await as('sales_manager').call(editCustomer, { id: customer, version: 1, creditLimit: told.credit })
  const approval = await anApproval('seller', await aCustomer('seller'), goods)
  const order = await anOrder('seller', customer, goods)
  const delivery = await shipped(order)
  const receivable = await receivableOf(order)
  const back = await aReturn(order)
  const quotation = await aQuotation('seller', customer, goods)
  const [receipt, supplier, list, family, transfer, adjustment] = [newId(), newId(), newId(), newId(), newId(), newId()]
  const owner = as('owner')
  await owner.call(finance.endpoints.postReceipt, {
    id: receipt,
    customerId: customer,
    amount: '1',
    method: 'cash',
    receivedOn: today(),
  })
  await owner.call(parties.endpoints.createSupplier, { id: supplier, name: '供应商', shortName: '供应商' })
  await owner.call(catalog.endpoints.createPriceList, { id: list, name: '价格表' })
  const axes = [{ key: 'length', label: { zh: '长度' }, values: ['1'] }]
  const aFamily = { code: 'F1', name: '系列', category: '紧固件', axes }
  await owner.call(catalog.endpoints.putFamily, { id: family, ...aFamily })
  const stockLines = () => [{ id: newId(), itemId, entered: [{ unit: '支', quantity: '1' }] }]
  const { createStockTransfer, createStockAdjustment } = inventory.endpoints
  const elsewhere = newId()
  await owner.call(inventory.endpoints.createWarehouse, { id: elsewhere, code: 'W2', name: '二仓' })
  const aTransfer = { fromId: warehouseId, toId: elsewhere, lines: stockLines() }
  const anAdjustment = { warehouseId, reason: '盘点', lines: stockLines() }
  await owner.call(createStockTransfer, { id: transfer, ...aTransfer })
  await owner.call(createStockAdjustment, { id: adjustment, ...anAdjustment })

  const landed = newId()
  const aCost = { kind: 'freight', amount: told.freight, basis: 'value', receiptIds: [goodsReceipt] }
  await owner.call(inventory.endpoints.createLandedCost, { id: landed, ...aCost })

  const link = newId()
  const { createShareLink } = shares.endpoints
  const shared = { document: 'sales_order', documentId: order }
  await as('seller').call(createShareLink, { id: link, token: newToken(), ...shared })

  const rows: [RegExp, string][] = [
    [/^\/customers/, customer],
    [/^\/orders/, order],
    [/^\/quotations/, quotation],
    [/^\/deliveries/, delivery],
    [/^\/returns/, back],
    [/^\/receivables/, receivable],
    [/^\/receipts/, receipt],
    [/^\/approvals/, approval],
    [/^\/items/, itemId],
    [/^\/item-families/, family],
    [/^\/price-lists/, list],
    [/^\/suppliers/, supplier],
    [/^\/people/, ids.mate],
    [/^\/warehouses/, warehouseId],
    [/^\/goods-receipts/, goodsReceipt],
    [/^\/stock-transfers/, transfer],
    [/^\/stock-adjustments/, adjustment],
    [/^\/landed-costs/, landed],
    [/^\/share-links/, link],
  ]
  const day = today()
  const sale = { customerId: customer, warehouseId, lines: [lineOf(goods)] }
  const named = { name: { zh: '名' }, document: 'sales_order', revision: 1 }
  const tier = { itemId, minQuantity: '0' }
  const nobody = { platform: 'feishu', tenant: 't', stableId: 'nobody' }
  const more = (): Record<string, object> => ({
    'GET /sign-in/:platform/address': { platform: 'feishu', redirectUri: 'http://app.test/' },
    'POST /sign-in': { platform: 'feishu', code: 'x' },
    'GET /js-signature': { platform: 'wecom', url: 'http://app.test/' },
    'POST /me/language': { lang: 'zh' },
    'POST /me/delegations': { toId: ids.mate, startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-01-02T00:00:00Z' },
    'POST /me/alerts': { event: 'arrival', subjectId: itemId },
    'POST /returns': {
      orderId: order,
      warehouseId,
      reason: 'wrong',
      lines: [{ deliveryLineId: newId(), quantity: '1' }],
    },
    'GET /expiring-lots': { until: '2999-12-31' },
    'GET /stock-flow': { from: '2020-01-01', to: '2999-12-31' },
    'GET /sales-targets': { from: '2026-11', to: '2026-11' },
    'PUT /sales-targets': { month: '2026-11', personId: ids.seller, amount: null },
    'PATCH /roles/:key': { key: 'production', rights: { actions: [], scopes: {}, reads: [], writes: [] } },
    'POST /people/:id/roles': { roles: ['no_such_role'] },
    'POST /accounts/:id/merge': { goneId: newId() },
    'POST /accounts/:id/split': { newId: newId(), identity: nobody },
    'POST /accounts/:id/manager': { managerId: newId() },
    'POST /identity-checks/settle': nobody,
    'POST /aliases/decide': { kind: 'item', words: '白胶', targetId: newId(), accept: true },
    'PUT /people-rules': { matching: ['mobile'], leaving: 'any' },
    'POST /handovers/:id/pass': { heirs: [] },
    'POST /platform-apps': { platform: 'wecom', name: 'x', settings: { corpId: newId(), agentId: '1' } },
    'GET /receivables/standings': { customers: customer },
    'GET /import-kinds/:document/template': { document: 'item' },
    'POST /exports': { list: 'sales.orders' },
    'POST /imports': { document: 'item', fileName: 'x.csv', text: '编码\t名称\t单位\nX\tx\t支' },
    'PUT /imports/:id/mapping': { mapping: ['code'] },
    'POST /imports/:id/decisions': { take: true },
    'GET /documents/:name': { name: 'sales_order' },
    'POST /documents/:name/fields': {
      name: 'sales_order',
      field: { key: 'note', kind: 'text', label: { zh: '备注' } },
    },
    'POST /items': { code: newId(), name: 'x', category: 'x', baseUnit: '支', tracking: 'none', taxRate: '13' },
    'PATCH /items/:id': { name: 'x' },
    'GET /barcodes/:code': { code: '6900000000000' },
    'PUT /item-families/:id': aFamily,
    'POST /price-lists': { name: 'x' },
    'PATCH /price-lists/:id': { name: 'x' },
    'PUT /price-lists/:id/rules': { rules: [{ ...tier, price: '1' }] },
    'POST /price-lists/:id/rules/remove': { rules: [tier] },
    'POST /customers': { name: newId(), shortName: newId(), level: 'A', termCode: 'net_30', evenIfAlike: true },
    'PATCH /customers/:id': { note: 'x' },
    'POST /customers/:id/reassign': { ownerId: ids.mate },
    'POST /suppliers': { name: 'x', shortName: 'x' },
    'PATCH /suppliers/:id': { note: 'x' },
    'POST /receipts': { customerId: customer, amount: '1', method: 'cash', receivedOn: '2999-01-01' },
    'POST /receipts/:id/allocate': { allocations: 'oldest' },
    'POST /finance/period/close': { until: '2999-01-01' },
    'POST /finance/period/open': { until: null },
    'POST /warehouses': { code: 'W2', name: 'x' },
    'PUT /people/:id/warehouses': { warehouseIds: [] },
    'POST /warehouses/:id/bins': { codes: 'A-01' },
    'PUT /costing': { method: 'average' },
    'POST /landed-costs': aCost,
    'PATCH /landed-costs/:id': { note: 'x' },
    'GET /sales-report': { by: 'item', from: '2020-01-01', to: '2999-12-31' },
    'GET /margins': { by: 'item', from: '2020-01-01', to: '2999-12-31' },
    'PUT /warehouses/:id/items/:itemId/bins': { itemId, binIds: [] },
    'POST /customers/:id/follow-ups': { followUpId: newId(), kind: 'visit', text: 'x' },
    'GET /stock/:itemId': { itemId },
    'GET /stock/:itemId/moves': { itemId },
    'GET /stock/:itemId/as-at': { itemId, day },
    'GET /stock-as-at': { day },
    'GET /trial-balance': { from: '2026-11', to: '2026-11' },
    'POST /ledger-accounts': { code: '100201', name: { zh: '银行存款-工行' } },
    'GET /ledger-accounts/:code/entries': { code: '1405', from: day, to: day },
    'PATCH /voucher-templates/:event': { event: 'receipt', accounts: { 'debit.bank': '1002' } },
    'GET /stock-late': { day, asKnownAt: day },
    'GET /receivables/late': { asOf: day, asKnownAt: day },
    'GET /stock-trace': { code: 'L1' },
    'POST /goods-receipts': { kind: 'other', warehouseId, lines: stockLines() },
    'POST /stock-transfers': { ...aTransfer, lines: stockLines() },
    'POST /stock-adjustments': { ...anAdjustment, lines: stockLines() },
    'POST /orders/preview': sale,
    'POST /orders': sale,
    'POST /quotations': { ...sale, validUntil: day },
    'POST /quotations/:id/hold': { until: new Date().toISOString() },
    'POST /quotations/:id/accept': { orderId: newId() },
    'GET /customers/:id/last-prices': { itemIds: itemId },
    'POST /deliveries/:id/scan': { scan: 'x' },
    'POST /deliveries/:id/clear': { lineId: newId() },
    'POST /deliveries/:id/sign': { signedBy: 'x' },
    'GET /documents/:document/:documentId/approvals': { document: 'sales_order', documentId: order },
    'POST /approvals/:id/vote': { choice: 'approve', step: 100, comment: 'x' },
    'POST /approvals/:id/return': { step: 100, comment: 'x' },
    'GET /flows/:key': { key: 'no_such_flow' },
    'POST /flows/:key/draft': {
      ...named,
      key: 'no_such_flow',
      move: 'submit',
      nodes: [{ kind: 'copy', to: [{ role: 'owner' }] }],
    },
    'POST /flows/:key/publish': { key: 'no_such_flow', revision: 1 },
    'POST /flows/:key/retire': { key: 'no_such_flow' },
    'GET /rules/:key': { key: 'no_such_rule' },
    'POST /rules/:key/draft': {
      ...named,
      key: 'no_such_rule',
      event: 'submit',
      condition: { all: [] },
      actions: [{ do: 'block', words: { zh: 'x' } }],
    },
    'POST /rules/:key/publish': { key: 'no_such_rule', revision: 1 },
    'POST /rules/:key/retire': { key: 'no_such_rule' },
    'GET /sheets/:document/:documentId': shared,
    'GET /share-links': shared,
    'POST /share-links': { ...shared, token: newToken() },
    'GET /shared/:token': { token: newToken() },
  })

  const inputFor: InputFor = (route, endpoint) => {
    const taken = Object.keys((endpoint.input as { shape?: object }).shape ?? {})
    const isRow = /:id/.test(endpoint.path)
    const id = isRow ? rows.find(([path]) => path.test(endpoint.path))?.[1] : undefined
    return {
      ...(taken.includes('id') ? { id: id ?? newId() } : {}),
      ...(taken.includes('version') ? { version: 999 } : {}),
      ...more()[route],
    }
  }
  return { inputFor, customer, order, delivery }
}
