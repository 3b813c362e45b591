import type { Endpoint } from '#contract'
import { shares } from '#contract/engines/shares'
import { finance } from '#contract/modules/finance'
import { inventory } from '#contract/modules/inventory'
import { sales } from '#contract/modules/sales'
import { newId } from '#kernel/ids'
import { as } from './door.ts'
import { aCustomer, anOrder, aQuotation, aReturn, aWarehouse, type Goods, lineOf, today } from './door-goods.ts'
import { newToken } from './every-call.ts'

/** Makes what a call is about and answers its input, so that the call succeeds: the owner may do it, and nothing stands in its way. */
export type Doable = Record<string, () => Promise<object>>

const owner = () => as('owner')
const first = <T>(rows: readonly T[]): T => {
  if (rows[0] === undefined) throw new Error('there is none')
  return rows[0]
}

/** Every call of sales, stock and money that changes something. */
export function doableCalls(goods: Goods): Doable {
  const { itemId, warehouseId } = goods
  const stockLines = () => [{ id: newId(), itemId, entered: [{ unit: '支', quantity: '1' }] }]
  const customer = () => aCustomer('seller')
  const draft = async () => ({ id: await anOrder('seller', await customer(), goods, { submit: false }), version: 1 })
  const confirmed = async () => {
    const id = await anOrder('seller', await customer(), goods)
    return { id, version: (await owner().call(sales.endpoints.order, { id })).order.version }
  }
  const note = async () => {
    const { id: orderId } = await confirmed()
    const { id, version } = first((await owner().call(sales.endpoints.deliveries, { orderId })).rows)
    return { id, version, orderId }
  }
  const planned = async () => {
    const { id, version } = await note()
    return { id, version }
  }
  const left = async (quantity?: string) => {
    const { id, version, orderId } = await note()
    const { delivery } = await owner().call(sales.endpoints.delivery, { id })
    const lines = quantity ? [{ lineId: first(delivery.lines).id, quantity }] : undefined
    const shipped = await owner().call(sales.endpoints.shipDelivery, { id, version, lines })
    return { id, version: shipped.delivery.version, orderId }
  }
  const aReturnIn = async (...moves: ('submitReturn' | 'receiveReturn')[]) => {
    const { orderId } = await left()
    const id = await aReturn(orderId)
    const now = async () => (await owner().call(sales.endpoints.salesReturn, { id })).return.version
    for (const move of moves) await owner().call(sales.endpoints[move], { id, version: await now() })
    return { id, version: await now() }
  }
  const quotation = async (submit: boolean) => {
    const id = await aQuotation('seller', await customer(), goods)
    if (submit) await owner().call(sales.endpoints.submitQuotation, { id, version: 1 })
    return { id, version: (await owner().call(sales.endpoints.quotation, { id })).quotation.version }
  }
  const tomorrow = () => new Date(Date.now() + 60_000).toISOString()
  const holding = async () => {
    const { id, version } = await quotation(true)
    const held = await owner().call(sales.endpoints.holdQuotation, { id, version, until: tomorrow() })
    return { id, version: held.quotation.version }
  }
  const receipt = async (customerId?: string) => {
    const id = newId()
    const money = {
      customerId: customerId ?? (await customer()),
      amount: '5',
      method: 'cash',
      receivedOn: today(),
    } as const
    await owner().call(finance.endpoints.postReceipt, { id, ...money, allocations: 'none' })
    return { id, version: 1 }
  }
  const expected = async () => {
    const id = newId()
    const lines = stockLines().map((line) => ({ ...line, unitCost: '6' }))
    await owner().call(inventory.endpoints.createGoodsReceipt, { id, kind: 'purchase', warehouseId, lines })
    return { id, version: 1 }
  }
  const transfer = async (isSent: boolean) => {
    const id = newId()
    const toId = await aWarehouse('二仓')
    await owner().call(inventory.endpoints.createStockTransfer, { id, fromId: warehouseId, toId, lines: stockLines() })
    if (isSent) await owner().call(inventory.endpoints.sendStockTransfer, { id, version: 1 })
    return { id, version: isSent ? 2 : 1 }
  }
  const adjustment = async () => {
    const id = newId()
    await owner().call(inventory.endpoints.createStockAdjustment, {
      id,
      warehouseId,
      reason: '盘点',
      lines: stockLines(),
    })
    return { id, version: 1 }
  }
  const ofDay = async () => ({ ...(await confirmed()), reason: '客户不要了' })
  return {
    'PATCH /orders/:id': async () => ({ ...(await draft()), note: '改' }),
    'POST /orders/:id/submit': draft,
    'POST /orders/:id/cancel': ofDay,
    'POST /orders/:id/close': async () => {
      const { orderId: id } = await left('4')
      return { id, version: (await owner().call(sales.endpoints.order, { id })).order.version, reason: '余量不要了' }
    },
    'POST /orders/:id/deliveries': async () => {
      const { id, version, orderId } = await note()
      await owner().call(sales.endpoints.cancelDelivery, { id, version, reason: '重排' })
      return { id: orderId, version: (await owner().call(sales.endpoints.order, { id: orderId })).order.version }
    },
    'POST /deliveries/:id/pick': planned,
    'POST /deliveries/:id/ship': planned,
    'POST /deliveries/:id/cancel': async () => ({ ...(await planned()), reason: '重排' }),
    'POST /deliveries/:id/sign': async () => {
      const { id, version } = await left()
      return { id, version, signedBy: '张三' }
    },
    'POST /returns': async () => {
      const { orderId } = await left()
      const { lines } = await owner().call(sales.endpoints.returnable, { id: orderId })
      const line = { deliveryLineId: first(lines).deliveryLineId, quantity: '1' }
      return { id: newId(), orderId, warehouseId, reason: 'wrong', lines: [line] }
    },
    'PATCH /returns/:id': async () => ({ ...(await aReturnIn()), note: '改' }),
    'POST /returns/:id/submit': () => aReturnIn(),
    'POST /returns/:id/receive': () => aReturnIn('submitReturn'),
    'POST /returns/:id/cancel': async () => ({ ...(await aReturnIn()), reason: '不退了' }),
    'POST /returns/:id/reverse': async () => ({
      ...(await aReturnIn('submitReturn', 'receiveReturn')),
      reason: '误收',
    }),
    'PATCH /quotations/:id': async () => ({ ...(await quotation(false)), note: '改' }),
    'POST /quotations/:id/submit': () => quotation(false),
    'POST /quotations/:id/hold': async () => ({ ...(await quotation(true)), until: tomorrow() }),
    'POST /quotations/:id/release': holding,
    'POST /quotations/:id/accept': async () => ({ ...(await quotation(true)), orderId: newId() }),
    'POST /quotations/:id/lose': async () => ({ ...(await quotation(true)), reason: '太贵' }),
    'POST /receipts': async () => ({
      id: newId(),
      customerId: await customer(),
      amount: '5',
      method: 'cash',
      receivedOn: today(),
    }),
    'POST /receipts/:id/allocate': async () => {
      const { id } = await left()
      const { delivery } = await owner().call(sales.endpoints.delivery, { id })
      return { ...(await receipt(delivery.customerId ?? undefined)), allocations: 'oldest' }
    },
    'POST /receipts/:id/reverse': () => receipt(),
    'PATCH /goods-receipts/:id': async () => ({ ...(await expected()), note: '改' }),
    'POST /goods-receipts/:id/receive': expected,
    'POST /goods-receipts/:id/cancel': expected,
    'POST /stock-transfers/:id/send': () => transfer(false),
    'POST /stock-transfers/:id/receive': () => transfer(true),
    'POST /stock-transfers/:id/cancel': () => transfer(false),
    'PATCH /stock-adjustments/:id': async () => ({ ...(await adjustment()), reason: '改' }),
    'POST /stock-adjustments/:id/post': adjustment,
    'POST /stock-adjustments/:id/cancel': adjustment,
    'POST /orders': async () => ({
      id: newId(),
      customerId: await customer(),
      warehouseId,
      lines: [lineOf(goods)],
      submit: true,
    }),
    'POST /share-links/:id/revoke': async () => {
      const id = newId()
      const { id: documentId } = await confirmed()
      await owner().call(shares.endpoints.createShareLink, {
        id,
        token: newToken(),
        document: 'sales_order',
        documentId,
      })
      return { id }
    },
  }
}

/** Another input for the same call, as a client might send under a key that it has used before; undefined where there is only one. */
export function otherInput(endpoint: Endpoint, input: object): object | undefined {
  const entries = Object.entries(input)
  for (const [field, value] of entries) {
    const others = [
      typeof value === 'string' ? newId() : undefined,
      typeof value === 'number' ? value + 1 : undefined,
      `${String(value)}1`,
    ]
    for (const other of others) {
      const changed = { ...input, [field]: other }
      if (other !== undefined && endpoint.input.safeParse(changed).success) return changed
    }
  }
  return undefined
}
