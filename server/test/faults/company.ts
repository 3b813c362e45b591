import type { Sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { callerOf, openSession } from '#server/modules/org'
import { ask, perform } from '#kernel/perform'
import { catchUp } from '#server/modules/accounting'
import { adjust, receive as receiveTransfer, send } from '../../modules/inventory/fixtures/goods.ts'
import {
  aCustomer,
  aFlow,
  anItem,
  aRule,
  as,
  aWarehouse,
  call,
  house,
  lines,
  main,
  openCompany,
  order,
  owes,
  pays,
  settle,
  stock,
  votes,
} from '../../modules/sales/fixtures/company.ts'

/** A document as a finding names it. */
type Named = { id: string; number: string }

/** A little of everything that a company has, made by its own people, so that each invariant has something to be broken on. */
export async function openFaultyCompany() {
  await openCompany()
  await aFlow({ key: 'price', approvers: [{ managerOf: 'owner', levels: 1 }] })
  const condition = { field: 'margin.percent', is: 'lt', value: '22' }
  await aRule({ key: 'low', condition, actions: [{ do: 'require_approval', flow: 'price' }] })
  const [bolt, sealant, drill] = [
    await anItem({ listPrice: '1' }),
    await anItem({ tracking: 'lot' }),
    await anItem({ tracking: 'serial', listPrice: '500' }),
  ]
  await stock(bolt, { quantity: '1000' })
  await stock(sealant, { quantity: '5', lotCode: 'L' })
  await stock(drill, { quantity: '3', serials: ['S1', 'S2', 'S3'] })
  const shop = await aWarehouse('门店仓')
  await receiveTransfer(await send({ itemId: bolt.id, fromId: main, toId: shop, quantity: 10 }))
  const { adjustment } = await adjust({ itemId: bolt.id, warehouseId: shop, quantity: -1 })
  const { transfer } = await send({ itemId: drill.id, fromId: main, toId: shop, quantity: 1, serials: ['S3'] })

  const customer = await aCustomer()
  const { order: sold } = await order('li', customer, [{ item: bolt, quantity: '10' }], { submit: true })
  const zhao = await as('zhao')
  const [note] = (await call(zhao, 'deliveries', { orderId: sold.id })).rows
  const taken = [{ lineId: note!.lines[0]!.id, quantity: '4' }]
  await call(zhao, 'shipDelivery', { id: note!.id, version: note!.version, lines: taken })
  const backLines = [{ deliveryLineId: note!.lines[0]!.id, quantity: '1' }]
  const wish = { id: newId(), orderId: sold.id, warehouseId: main, reason: 'wrong', lines: backLines, submit: true }
  const { return: asked } = await call(await as('li'), 'createReturn', wish)
  const { return: back } = await call(zhao, 'receiveReturn', { id: asked.id, version: asked.version })
  await owes(customer, '200', '2026-11-10')
  await pays(customer, '150')
  const payer = await aCustomer()
  await pays(payer, '25')

  const { order: waiting } = await order('li', customer, [{ item: bolt, quantity: '20', price: '0.5' }], {
    submit: true,
  })
  const { order: agreed } = await order('li', customer, [{ item: bolt, quantity: '30', price: '0.5' }], {
    submit: true,
  })
  await votes('wang', agreed.id, 'approve')
  await settle()
  await perform(house, catchUp, undefined)

  const quotation = await aQuotation(customer, bolt, '5')
  const held = { id: quotation.id, version: quotation.version, until: '2026-11-25T10:00:00+08:00' }
  await call(await as('li'), 'holdQuotation', held)
  const accepted = await aQuotation(customer, bolt, '6')
  const orderId = newId()
  await call(await as('li'), 'acceptQuotation', { id: accepted.id, version: accepted.version, orderId })

  const li = await as('li')
  await perform(
    await ask(house, (tx) => callerOf(tx, li.personId, { via: 'h5', at: house.at }), undefined),
    openSession,
    {
      platform: 'feishu',
      userAgent: 'test',
    },
  )
  return {
    shop,
    main,
    bolt: named(bolt),
    sealant: named(sealant),
    drill: named(drill),
    adjustment: named(adjustment),
    transfer: named(transfer),
    customer,
    payer,
    sold: named(sold),
    waiting: named(waiting),
    agreed: named(agreed),
    quotation: named(quotation),
    accepted: named(accepted),
    note: named(note!),
    back: named(back),
    li: li.personId,
  }
}
export type FaultyCompany = Awaited<ReturnType<typeof openFaultyCompany>>

const named = (one: { id: string; number?: string | null; code?: string }): Named => ({
  id: one.id,
  number: one.number ?? one.code ?? one.id,
})

async function aQuotation(customerId: string, item: Parameters<typeof lines>[0]['item'], quantity: string) {
  const input = { id: newId(), customerId, warehouseId: main, validUntil: '2026-11-30', submit: true }
  return (await call(await as('li'), 'createQuotation', { ...input, lines: lines({ item, quantity }) })).quotation
}

/** One way in which an invariant may come to be broken, and where the proof must find it: its document, and its number where it is known. */
export type Fault = {
  /** The invariant. */
  breaks: string
  what: string
  damage: (company: FaultyCompany) => Sql[]
  /** `document number`; without a number any of that kind. */
  found: (company: FaultyCompany) => string
}
