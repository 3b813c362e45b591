import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import {
  aCustomer,
  aFlow,
  anItem,
  announce,
  aRule,
  as,
  assertSound,
  call,
  lines,
  main,
  openCompany,
  order,
  owes,
  pays,
  receive,
  refusalOf,
  settle,
  stock,
  type TestItem,
  tiers,
  votes,
} from './fixtures/company.ts'

let bolts: TestItem

beforeAll(async () => {
  await openCompany()
  await aFlow({ key: 'price', approvers: [{ managerOf: 'owner', levels: 1 }] })
  await aFlow({ key: 'credit', role: 'finance_director' })
  await aRule({
    key: 'margin_floor',
    position: 1,
    condition: { field: 'margin.percent', is: 'lt', value: '22' },
    actions: [{ do: 'require_approval', flow: 'price' }],
  })
  await aRule({
    key: 'credit_over_90',
    position: 2,
    condition: { field: 'credit.usedPercent', is: 'gt', value: '90' },
    actions: [{ do: 'require_approval', flow: 'credit' }],
  })
  bolts = await anItem({ floorPrice: '0.50' })
  await tiers(bolts, ['0', '0.62'], ['1000', '0.58'], ['10000', '0.55'])
  await stock(bolts, { quantity: '100000' })
})
afterAll(closeNumbers)
afterEach(assertSound)

const levels = async (item: TestItem) => {
  const row = await db.stockBalance.findUniqueOrThrow({
    where: { itemId_warehouseId: { itemId: item.id, warehouseId: main } },
  })
  return [row.onHand, row.reserved].map(String)
}
const detail = async (id: string, name: Parameters<typeof as>[0] = 'li') => call(await as(name), 'order', { id })

describe('an order at the counter, in odd units, below the margin floor', () => {
  test('is previewed with its tier, its stock, its credit and the rule that would fire, and the seller sees the band only', async () => {
    const customerId = await aCustomer()
    const preview = async (name: 'li' | 'wang', price?: string) =>
      call(await as(name), 'previewOrder', {
        customerId,
        warehouseId: main,
        lines: lines({ item: bolts, quantity: '12箱7支', price }),
      })

    const usual = await preview('li')
    expect(usual.grossTotal).toBe('6603.85')
    expect(usual.lines[0]).toMatchObject({
      quantity: '12007',
      quantityText: '12 箱 7 支',
      price: '0.55',
      gross: '6603.85',
      marginBand: 'ok',
      problem: null,
    })
    expect(usual.lines[0]!.rule).toMatchObject({ kind: 'general', minQuantity: '10000' })
    expect(usual.lines[0]!.availability.warehouses[0]).toMatchObject({ name: '主仓', available: '100000' })
    expect(usual.reasons).toEqual([])

    const wanted = await preview('li', '0.52')
    expect(wanted).toMatchObject({ grossTotal: '6243.64', marginBand: 'below_floor', marginPercent: null })
    expect(wanted.reasons).toMatchObject([
      { rule: 'margin_floor', effects: ['require_approval'], clauses: [{ hidden: true }] },
    ])
    expect(JSON.stringify(wanted)).not.toContain('21.15')
    expect((await preview('wang', '0.52')).marginPercent).toBe('21.15')
  })

  test('waits for the manager only, holds its stock from submission, and is confirmed by her vote', async () => {
    const customerId = await aCustomer()
    const before = await levels(bolts)
    const { order: submitted, reasons } = await order(
      'li',
      customerId,
      [{ item: bolts, quantity: '12箱7支', price: '0.52' }],
      { submit: true },
    )
    expect(submitted).toMatchObject({
      state: 'submitted',
      grossTotal: '6243.64',
      netTotal: '5525.35',
      taxTotal: '718.29',
      marginBand: 'below_floor',
    })
    expect(submitted.lines[0]).toMatchObject({
      entered: '12 箱 7 支',
      quantity: '12007',
      reserved: '12007',
      discountPercent: '5.45',
    })
    expect(submitted).not.toHaveProperty('costTotal')
    expect(submitted.number).toMatch(/^SO202611-\d{5}$/)
    expect(reasons.map((reason) => reason.rule)).toEqual(['margin_floor'])
    expect(await levels(bolts)).toEqual([before[0], String(Number(before[1]) + 12007)])

    const seen = await detail(submitted.id, 'wang')
    expect(seen.order).toMatchObject({ marginPercent: '21.15', costTotal: '4356.52' })
    expect(seen.approval).toMatchObject({ state: 'open', waitingFor: [{ name: '王姐' }] })
    await votes('wang', submitted.id, 'approve')
    await settle()

    const { order: confirmed, chain, timeline } = await detail(submitted.id)
    expect(confirmed.state).toBe('confirmed')
    expect(chain.map((link) => link.document)).toEqual(['sales_order', 'delivery'])
    expect(timeline.map(({ by, words }) => [by, words.zh, words.en])).toEqual([
      ['小李', '新建', 'Created'],
      ['小李', '提交', 'Submitted'],
      ['王姐', '确认', 'Confirmed'],
    ])
    expect(await levels(bolts)).toEqual([before[0], String(Number(before[1]) + 12007)])
  })

  test('is confirmed at once at the tier price', async () => {
    const { order: confirmed } = await order('li', await aCustomer(), [{ item: bolts, quantity: '12箱7支' }], {
      submit: true,
    })
    expect(confirmed).toMatchObject({ state: 'confirmed', grossTotal: '6603.85', can: ['cancel', 'plan', 'share'] })
  })

  test('is refused below the floor price, which is named only to who may know it', async () => {
    const customerId = await aCustomer()
    const wanted = [{ item: bolts, quantity: '1箱', price: '0.49' }]
    const toSeller = await refusalOf(order('li', customerId, wanted))
    expect(toSeller).toMatchObject({ code: 'price_below_floor', issues: [{ field: 'lines.0.price' }] })
    expect(JSON.stringify(toSeller.facts) + toSeller.say('zh')).not.toContain('0.5 ')
    expect(toSeller.say('zh')).toContain('低于最低售价，')
    expect((await refusalOf(order('wang', customerId, wanted))).say('zh')).toContain('最低售价 0.5')
  })
})

describe('credit over ninety per cent', () => {
  test('asks the director with the parts and the ways out; a receipt meanwhile makes the approval needless at the press', async () => {
    const customerId = await aCustomer()
    await owes(customerId, '71400')
    const plain = await anItem({ listPrice: '1' })
    await stock(plain, { quantity: '20000', unitCost: '0.5' })
    await order('li', customerId, [{ item: plain, quantity: '15200' }], { submit: true })

    const {
      order: submitted,
      reasons,
      waysOut,
    } = await order('li', customerId, [{ item: bolts, quantity: '12箱7支', price: '0.52' }], { submit: true })
    expect(submitted.state).toBe('submitted')
    const credit = reasons.find((reason) => reason.rule === 'credit_over_90')!
    expect(credit.clauses[0]).toMatchObject({ actual: '92.84%', limit: '90%', hidden: false })
    expect(waysOut.map(({ way, amount }) => [way, amount])).toEqual([
      ['collect', '2843.64'],
      ['order_part', '3400.00'],
    ])
    const before = await detail(submitted.id)
    expect(before.credit).toMatchObject({
      limit: '100000.00',
      owed: '71400.00',
      ordered: '15200.00',
      exposure: '86600.00',
      after: '92843.64',
      usedPercent: '92.84',
    })

    await pays(customerId, '3000')
    expect((await detail(submitted.id)).credit).toMatchObject({ after: '89843.64', usedPercent: '89.84' })
    await votes('wang', submitted.id, 'approve')
    const answer = await votes('director', submitted.id, 'approve')
    expect(answer.outcome).toBe('no_longer_needed')
    await settle()
    expect((await detail(submitted.id)).order.state).toBe('confirmed')
  })

  test('needs nobody any more when credit was all that was asked', async () => {
    const customerId = await aCustomer({ creditLimit: '1000' })
    const plain = await anItem({ listPrice: '1' })
    await stock(plain, { quantity: '2000', unitCost: '0.5' })
    await owes(customerId, '500')
    const { order: submitted } = await order('li', customerId, [{ item: plain, quantity: '450' }], { submit: true })
    expect(submitted.state).toBe('submitted')
    await pays(customerId, '100')
    expect((await votes('director', submitted.id, 'approve')).outcome).toBe('no_longer_needed')
    await settle()
    expect((await detail(submitted.id)).order.state).toBe('confirmed')
  })

  test('does not let two waiting orders slip under one limit', async () => {
    const customerId = await aCustomer({ creditLimit: '1000' })
    const plain = await anItem({ listPrice: '1' })
    await stock(plain, { quantity: '2000', unitCost: '0.5' })
    const both = await Promise.all(
      [1, 2].map(() => order('li', customerId, [{ item: plain, quantity: '600' }], { submit: true })),
    )
    expect(new Set(both.map((one) => one.order.state))).toEqual(new Set(['confirmed', 'submitted']))
  })
})

describe('two sellers and ten hammers', () => {
  test('one gets his, the other learns what is left, what comes and when, and takes a part', async () => {
    const hammer = await anItem({ name: '电锤', units: [['台', 1]], tracking: 'serial', listPrice: '600' })
    const serials = Array.from({ length: 10 }, (_, i) => `S${i + 1}-${hammer.code}`)
    await stock(hammer, { quantity: '10', unitCost: '380', serials })
    const coming = await announce(hammer, {
      quantity: '5',
      unitCost: '380',
      serials: serials.slice(0, 5).map((code) => `N${code}`),
      on: '2026-11-26',
    })
    const mine = await aCustomer()
    const his = await aCustomer({ owner: 'he' })

    const [first, second] = await Promise.allSettled([
      order('li', mine, [{ item: hammer, quantity: '6' }], { submit: true }),
      order('he', his, [{ item: hammer, quantity: '7' }], { submit: true }),
    ])
    const lost = [first, second].find((one) => one.status === 'rejected')!
    expect([first, second].filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const refusal = await refusalOf(Promise.reject(lost.reason))
    const [sellerName, customerId, quantity, left] =
      lost === first ? (['li', mine, '6', '3'] as const) : (['he', his, '7', '4'] as const)
    expect(refusal).toMatchObject({ code: 'out_of_stock', facts: { lines: [{ incoming: [{ on: '2026-11-26' }] }] } })
    expect(String(refusal.facts['available'])).toContain(left)

    const { order: part } = await order(sellerName, customerId, [{ item: hammer, quantity }], {
      submit: true,
      backorder: true,
    })
    expect(part.lines[0]).toMatchObject({ reserved: left, promisedOn: '2026-11-26' })
    await receive(coming)
    await settle()
    const { order: whole } = await detail(part.id, sellerName)
    expect(whole.lines[0]).toMatchObject({ reserved: quantity, short: '0', promisedOn: null })
  })

  test('never sell more than there is, however they race', async () => {
    const hammer = await anItem({ name: '电锤', units: [['台', 1]], listPrice: '600' })
    await stock(hammer, { quantity: '20', unitCost: '380' })
    const customers = await Promise.all(Array.from({ length: 8 }, () => aCustomer()))
    const sold = await Promise.allSettled(
      customers.map((customerId, i) =>
        order('li', customerId, [{ item: hammer, quantity: String(1 + (i % 5)) }], { submit: true }),
      ),
    )
    const pieces = sold.reduce((all, one, i) => all + (one.status === 'fulfilled' ? 1 + (i % 5) : 0), 0)
    expect(pieces).toBeLessThanOrEqual(20)
    expect(await levels(hammer)).toEqual(['20', String(pieces)])
  })
})
