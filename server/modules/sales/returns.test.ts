import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Decimal } from '#contract'
import { finance as financeContract } from '#contract/modules/finance'
import { db } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'
import { financeActions } from '#server/modules/finance'
import { inventoryActions } from '#server/modules/inventory'
import { aCustomer, anItem, as, assertSound, call, house, pays, refusalOf, stock } from './fixtures/company.ts'
import {
  comesBack,
  detail,
  left,
  openCompanyWithReturns,
  reverses,
  seen,
  sold,
  stands,
  worth,
} from './fixtures/returns.ts'

beforeAll(openCompanyWithReturns)
afterAll(closeNumbers)
afterEach(assertSound)

describe('goods that come back', () => {
  test('bring back exactly what they were charged and what they cost, in whatever parts', async () => {
    const item = await anItem({ listPrice: '0.7' })
    await stock(item, { quantity: '9', unitCost: '0.37' })
    const customer = await aCustomer()
    const before = await worth(item)
    const { id } = await sold(customer, [{ item, quantity: '7支' }])
    expect(await stands(customer)).toEqual(['0.00', '4.90', '0.00'])
    const parts: string[] = []
    for (const quantity of ['1', '3', '1', '2']) parts.push((await comesBack(id, quantity)).grossTotal!)
    expect(Decimal.sum(...parts).toFixed(2)).toBe('4.90')
    expect(await stands(customer)).toEqual(['0.00', '0.00', '0.00'])
    expect(await worth(item)).toEqual(before)
    expect((await left(id))[0]).toMatchObject({ delivered: '7', left: '0' })
    const page = await detail(id)
    expect(page.lines[0]).toMatchObject({ returned: '7', returnedText: '7 支' })
    expect(page.mayReturn).toBe(false)
    expect(page.finalMarginPercent).toBeNull()
  })

  test('are told of in the order: its chain, its timeline, its margin and the sales report', async () => {
    const item = await anItem({ name: '角码', listPrice: '2.26' })
    await stock(item, { quantity: '100', unitCost: '1.13' })
    const customer = await aCustomer({ shortName: '佳筑' })
    const { id } = await sold(customer, [{ item, quantity: '100支' }])
    const report = async () => {
      const asked = { by: 'customer', from: '2026-11-01', to: '2026-11-30', customerId: customer }
      return (await call(await as('liu'), 'margins', asked)).total
    }
    expect(await report()).toMatchObject({ net: '200.00', cost: '100.00' })
    const { id: returnId, number } = await comesBack(id, '40')
    expect(await report()).toMatchObject({ net: '120.00', cost: '60.00', percent: '50.00', orders: 1 })
    const page = await detail(id)
    expect(page.chain.map(({ document, amount }) => [document, amount])).toEqual([
      ['sales_order', '226.00'],
      ['delivery', '226.00'],
      ['sales_return', '-90.40'],
      ['receivable', '226.00'],
    ])
    expect(page.timeline.map(({ words }) => words.zh)).toContain(`${number} 确认收货`)
    expect(page.finalMarginPercent).toBe('50.00')
    const margin = await call(await as('liu'), 'orderMargin', { id })
    expect(margin.lines[0]).toMatchObject({
      leftShown: '1 盒 10 支',
      returnedShown: '40 支',
      left: { net: '120.00', cost: '60.00' },
    })
    const told = await db.event.findFirstOrThrow({
      where: { name: 'sales.goods-returned', body: { path: ['returnId'], equals: returnId } },
    })
    expect(told.body).toMatchObject({
      gross: '90.40',
      net: '80.00',
      tax: '10.40',
      cost: '45.20',
      netCost: '40.00',
      on: '2026-11-20',
      customerId: customer,
      backForSale: true,
    })
    await reverses(returnId)
    expect(await report()).toMatchObject({ net: '200.00', cost: '100.00' })
  })

  test('cost under first in, first out what they had left at, and open a layer with it', async () => {
    const item = await anItem({ listPrice: '10' })
    await perform(house, inventoryActions.changeCosting, { method: 'fifo' })
    try {
      await stock(item, { quantity: '5', unitCost: '1' })
      await stock(item, { quantity: '5', unitCost: '3' })
      const customer = await aCustomer()
      const { id } = await sold(customer, [{ item, quantity: '8支' }])
      const first = await comesBack(id, '3')
      // 5 at 1 and 3 at 3 had left: 14.00 for 8, of which 3 are 5.25.
      expect((await seen(first.id)).costTotal).toBe('5.25')
      expect(await worth(item)).toEqual(['5', '11.25'])
      await comesBack(id, '5')
      expect(await worth(item)).toEqual(['10', '20.00'])
      expect((await reverses(first.id)).return.state).toBe('reversed')
      expect(await worth(item)).toEqual(['7', '14.75'])
      expect((await comesBack(id, '3')).grossTotal).toBe('30.00')
      expect(await worth(item)).toEqual(['10', '20.00'])
    } finally {
      await perform(house, inventoryActions.changeCosting, { method: 'average' })
    }
  })
})

describe('what a customer owes', () => {
  test('becomes less by the return where nothing is paid, and his credit where all of it was', async () => {
    const item = await anItem({ listPrice: '10' })
    await stock(item, { quantity: '100' })
    const open = await aCustomer()
    const unpaid = await sold(open, [{ item, quantity: '10支' }])
    await comesBack(unpaid.id, '4')
    expect(await stands(open)).toEqual(['0.00', '60.00', '0.00'])
    expect((await detail(unpaid.id)).order.paymentState).toBe('unpaid')

    const good = await aCustomer()
    const paid = await sold(good, [{ item, quantity: '10支' }])
    await pays(good, '100')
    const { id, number } = await comesBack(paid.id, '4')
    expect(await stands(good)).toEqual(['0.00', '0.00', '40.00'])
    expect((await detail(paid.id)).order.paymentState).toBe('paid')
    const unallocated = await perform(
      await as('liu'),
      financeActions.receipts,
      financeContract.endpoints.receipts.input.parse({ customerId: good, unallocated: true }),
    )
    expect(unallocated.rows.map((row) => [row.number, row.method, row.unallocated, row.can])).toEqual([
      [number, 'return', '40.00', ['allocate']],
    ])

    // Later it settles what he owes next, as money paid in advance does; reversed, all of it is owed again.
    const next = await sold(good, [{ item, quantity: '3支' }])
    expect(await stands(good)).toEqual(['0.00', '0.00', '10.00'])
    expect((await detail(next.id)).order.paymentState).toBe('paid')
    await reverses(id)
    expect(await stands(good)).toEqual(['0.00', '30.00', '0.00'])
    expect((await left(paid.id))[0]).toMatchObject({ left: '10' })
  })

  test('loses what is still open first where a part was paid', async () => {
    const item = await anItem({ listPrice: '10' })
    await stock(item, { quantity: '100' })
    const customer = await aCustomer()
    const { id } = await sold(customer, [{ item, quantity: '10支' }])
    await pays(customer, '70')
    const { id: returnId } = await comesBack(id, '5')
    expect(await stands(customer)).toEqual(['0.00', '0.00', '20.00'])
    const { reverseReceipt } = financeContract.endpoints
    const credit = reverseReceipt.input.parse({ id: returnId, version: 2 })
    const told = await refusalOf(perform(await as('liu'), financeActions.reverseReceipt, credit))
    expect(told.code).toBe('credit_of_return')
    await reverses(returnId)
    expect(await stands(customer)).toEqual(['0.00', '30.00', '0.00'])
    const asked = { id: customer, from: '2026-11-01', to: '2026-11-30' }
    const statement = await perform(await as('liu'), financeActions.statement, asked)
    expect(statement.entries.map(({ words, amount }) => [words.zh, amount])).toEqual([
      ['出库', '100.00'],
      ['收款', '-70.00'],
      ['退货', '-50.00'],
      ['退货冲销', '50.00'],
    ])
  })
})
