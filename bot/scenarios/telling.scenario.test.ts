import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCaller } from '#kernel/caller'
import { addDays, dayAt } from '#kernel/days'
import { db } from '#kernel/db'
import { publish } from '#kernel/events'
import { perform } from '#kernel/perform'
import { financeJobs } from '#server/modules/finance'
import { proofJobs } from '#server/proof'
import type { ProofFinished } from '#facts/proof'
import { aCustomer, anItem, as, type Name, order, owes, stock } from '../../server/modules/sales/fixtures/company.ts'
import { type ChatHouse, openChatHouse, wordsOn } from '../../server/test/chat-house.ts'

let house: ChatHouse
beforeAll(async () => {
  house = await openChatHouse()
})
afterAll(() => house.stop())

const titled = async (name: Name, words: string): Promise<string[]> =>
  (await house.cards(name)).map((card) => wordsOn(card.content)).filter((said) => said.includes(words))

describe('money that falls due', () => {
  /** Terms are 30 days, so what was delivered on a day is due 30 days later. */
  const remindOn = async (day: string): Promise<void> => {
    for (const job of financeJobs) await job.run(systemCaller(new Date(`${day}T09:10:00+08:00`)))
    await house.settled()
  }
  const today = dayAt(new Date())

  test('is told to its seller a week before, and once only', async () => {
    const customerId = await aCustomer({ shortName: '顺兴门业' })
    await owes(customerId, '12345.60', addDays(today, -23))
    for (let i = 0; i < 3; i++) await remindOn(today)
    const [card, ...more] = await titled('li', '顺兴门业')
    expect(card).toContain('7 天后到期：顺兴门业')
    expect(card).toContain('¥12,345.60')
    expect(card).toContain('小李')
    expect(more).toEqual([])
    for (const name of ['he', 'wang', 'director', 'zhao'] as const) expect(await titled(name, '顺兴门业')).toEqual([])
  })

  test('climbs as it grows old: to the seller, his manager, then the finance director', async () => {
    const customerId = await aCustomer({ shortName: '永邦门业' })
    await owes(customerId, '8000', addDays(today, -31))
    await remindOn(today)
    expect(await titled('li', '逾期 1 天：永邦门业')).toHaveLength(1)
    expect(await titled('wang', '永邦门业')).toEqual([])
    await remindOn(addDays(today, 14))
    expect(await titled('wang', '逾期 15 天：永邦门业')).toHaveLength(1)
    expect(await titled('director', '永邦门业')).toEqual([])
    await remindOn(addDays(today, 29))
    expect(await titled('director', '逾期 30 天：永邦门业')).toHaveLength(1)
    await remindOn(addDays(today, 29))
    expect(await titled('director', '永邦门业')).toHaveLength(1)
  })
})

test('the warehouse is told what to pick, and never what it costs', async () => {
  const bolt = await anItem({ name: '六角螺栓 M8*30' })
  await stock(bolt, { quantity: '5000' })
  const customerId = await aCustomer({ shortName: '合固建筑' })
  await order('li', customerId, [{ item: bolt, quantity: '1203', price: '0.77' }], { submit: true, at: new Date() })
  await house.settled()
  const [card] = await titled('zhao', '待拣货')
  expect(card).toContain('六角螺栓 M8*30 | 1 箱 4 盒 3 支')
  expect(card).toContain('合固建筑')
  expect(card).not.toMatch(/¥|0\.77|926\.31/)
  for (const name of ['li', 'liu'] as const) expect(await titled(name, '待拣货')).toEqual([])
})

describe('after the nightly proof finance reads', () => {
  test('one green line', async () => {
    for (const job of proofJobs) await job.run(systemCaller(new Date()))
    await house.settled()
    for (const name of ['liu', 'director'] as const) {
      const card = (await house.cards(name)).at(-1)
      expect(wordsOn(card?.content)).toMatch(/每夜对账：账账相符[\s\S]*\d+ 项全部通过/)
    }
  })

  test('where it broke, with the document and the difference', async () => {
    const body: ProofFinished['body'] = {
      at: new Date().toISOString(),
      ms: 1,
      checked: [{ id: 'stock', name: { zh: '库存等于流水' } }],
      findings: [
        {
          id: 'stock',
          name: { zh: '库存等于流水' },
          document: 'item',
          documentId: 'x',
          number: 'PZ-M10-100',
          detail: '差 7 支',
        },
      ],
    }
    const finished: ProofFinished = { name: 'proof.finished', body }
    await perform(systemCaller(new Date()), (tx, caller) => publish(tx, caller, [finished]), undefined)
    await house.settled()
    expect(wordsOn((await house.cards('liu')).at(-1)?.content)).toContain('库存等于流水 | PZ-M10-100 | 差 7 支')
  })
})

describe('a platform that does not take a card', () => {
  const copyOf = async (name: Name, orderId: string) =>
    db.sentCard.findFirstOrThrow({ where: { personId: (await as(name)).personId, subjectId: orderId } })

  test('is asked again by the queue, the card comes once, and the order never waits for it', async () => {
    const bolt = await anItem({ name: '自攻钉' })
    await stock(bolt, { quantity: '1000' })
    const customerId = await aCustomer()
    await house.control('POST', '/feishu/faults', { path: '/im/v1/messages', status: 502, for: 2 })
    const { order: placed } = await order('li', customerId, [{ item: bolt, quantity: '10' }], {
      submit: true,
      at: new Date(),
    })
    const event = await db.event.findFirstOrThrow({
      where: { name: 'sales.delivery-planned', body: { path: ['orderId'], equals: placed.id } },
    })
    const tellWarehouse = house.listeners.find((one) => one.name === 'bot.tell-warehouse')
    const fact = { name: event.name, body: event.body as object } // every fact has an object for a body
    const told = { eventId: event.id, at: event.at, by: event.by }
    const run = async () => tellWarehouse?.kind === 'errand' && tellWarehouse.run(systemCaller(new Date()), fact, told)
    await expect(run()).rejects.toThrow('Feishu refused a message: 502')
    await expect(run()).rejects.toThrow('Feishu refused a message: 502')
    for (let i = 0; i < 3; i++) await run()
    const { deliveryId } = event.body as { deliveryId: string } // as above
    expect(await copyOf('zhao', deliveryId)).toMatchObject({ state: 'sent', tries: 0, error: null })
    expect((await titled('zhao', '自攻钉')).length).toBe(1)
    await house.settled()
    expect((await db.salesOrder.findUniqueOrThrow({ where: { id: placed.id } })).state).toBe('confirmed')
  })
})
