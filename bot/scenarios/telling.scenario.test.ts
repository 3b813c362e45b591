import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCaller } from '#kernel/caller'
import { addDays, dayAt } from '#kernel/days'
import { publish } from '#kernel/events'
import { perform } from '#kernel/perform'
import { financeJobs } from '#server/modules/finance'
import { proofJobs } from '#server/proof'
import type { ProofFinished } from '#facts/proof'
import { aCustomer, anItem, type Name, order, owes, stock } from '../../server/modules/sales/fixtures/company.ts'
import { type Chat, type ChatHouse, openChatHouse } from '../../server/test/chat-house.ts'
import { chatPlatforms } from '../../server/test/chat-platforms.ts'

let house: ChatHouse
beforeAll(async () => {
  house = await openChatHouse({ on: chatPlatforms })
})
afterAll(() => house.stop())

describe.each(chatPlatforms)('on %s', (platform) => {
  let chat: Chat
  beforeAll(() => {
    chat = house.on(platform)
  })
  const titled = async (name: Name, words: string): Promise<string[]> =>
    (await chat.cards(name)).map((card) => chat.card.words(card.content)).filter((said) => said.includes(words))

  describe('money that falls due', () => {
    /** Terms are 30 days, so what was delivered on a day is due 30 days later. */
    const remindOn = async (day: string): Promise<void> => {
      for (const job of financeJobs) await job.run(systemCaller(new Date(`${day}T09:10:00+08:00`)))
      await house.settled()
    }
    const today = dayAt(new Date())

    test('is told to its seller a week before, and once only', async () => {
      const customerId = await aCustomer({ shortName: `顺兴门业${platform}` })
      await owes(customerId, '12345.60', addDays(today, -23))
      for (let i = 0; i < 3; i++) await remindOn(today)
      const [card, ...more] = await titled('li', `顺兴门业${platform}`)
      expect(card).toContain(`7 天后到期：顺兴门业${platform}`)
      expect(card).toContain('¥12,345.60')
      expect(card).toContain('小李')
      expect(more).toEqual([])
      for (const name of ['he', 'wang', 'director', 'zhao'] as const)
        expect(await titled(name, `顺兴门业${platform}`)).toEqual([])
    })

    test('climbs as it grows old: to the seller, his manager, then the finance director', async () => {
      const customerId = await aCustomer({ shortName: `永邦门业${platform}` })
      await owes(customerId, '8000', addDays(today, -31))
      await remindOn(today)
      expect(await titled('li', `逾期 1 天：永邦门业${platform}`)).toHaveLength(1)
      expect(await titled('wang', `永邦门业${platform}`)).toEqual([])
      await remindOn(addDays(today, 14))
      expect(await titled('wang', `逾期 15 天：永邦门业${platform}`)).toHaveLength(1)
      expect(await titled('director', `永邦门业${platform}`)).toEqual([])
      await remindOn(addDays(today, 29))
      expect(await titled('director', `逾期 30 天：永邦门业${platform}`)).toHaveLength(1)
      await remindOn(addDays(today, 29))
      expect(await titled('director', `永邦门业${platform}`)).toHaveLength(1)
    })
  })

  test('the warehouse is told what to pick, and never what it costs', async () => {
    const bolt = await anItem({ name: '六角螺栓 M8*30' })
    await stock(bolt, { quantity: '5000' })
    const customerId = await aCustomer({ shortName: `合固建筑${platform}` })
    await order('li', customerId, [{ item: bolt, quantity: '1203', price: '0.77' }], { submit: true, at: new Date() })
    await house.settled()
    const [card] = await titled('zhao', `合固建筑${platform}`)
    expect(card).toMatch(/待拣货[\s\S]*六角螺栓 M8\*30[\s\S]*1 箱 4 盒 3 支/)
    expect(card).not.toMatch(/¥|0\.77|926\.31/)
    for (const name of ['li', 'liu'] as const) expect(await titled(name, '待拣货')).toEqual([])
  })

  describe('after the nightly proof finance reads', () => {
    test('one green line', async () => {
      for (const job of proofJobs) await job.run(systemCaller(new Date()))
      await house.settled()
      for (const name of ['liu', 'director'] as const) {
        const card = (await chat.cards(name)).at(-1)
        expect(chat.card.words(card?.content)).toMatch(/每夜对账：账账相符[\s\S]*\d+ 项全部通过/)
      }
    })

    test('where it broke, with the document and the difference', async () => {
      const body: ProofFinished['body'] = {
        at: new Date().toISOString(),
        ms: 1,
        checked: [{ id: 'stock', name: { zh: '库存等于流水' }, ms: 1 }],
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
      expect(chat.card.words((await chat.cards('liu')).at(-1)?.content)).toMatch(
        /库存等于流水[\s\S]*PZ-M10-100[\s\S]*差 7 支/,
      )
    })
  })
})
