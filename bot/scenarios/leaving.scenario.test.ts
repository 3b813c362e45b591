import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { perform } from '#kernel/perform'
import { accountsActions, handoversActions } from '#server/modules/org'
import { aCustomer, as, type Name, owes } from '../../server/modules/sales/fixtures/company.ts'
import { feishuCard } from '../../server/test/card-reading.ts'
import { type ChatHouse, openChatHouse } from '../../server/test/chat-house.ts'

let house: ChatHouse
beforeAll(async () => {
  house = await openChatHouse()
})
afterAll(() => house.stop())

const cardsOf = async (name: Name, words: string): Promise<string[]> =>
  (await house.cards(name)).map((card) => feishuCard.words(card.content)).filter((said) => said.includes(words))

test('a seller who leaves on the platform: his manager reads what is left, names heirs, and each of them is told', async () => {
  const { personId: li } = await as('li')
  const { personId: he } = await as('he')
  const wang = await as('wang')
  await owes(await aCustomer({ owner: 'li', shortName: '海通' }), '8800')

  await house.control('POST', '/feishu/people/li/leave')
  await house.heard()
  const [asking, ...more] = await cardsOf('wang', '小李 已离职')
  expect(more).toEqual([])
  expect(asking).toContain('¥8,800.00')

  const { id } = await db.handover.findFirstOrThrow({ where: { personId: li } })
  const heirs = [{ kind: 'customer', heirId: he }]
  await perform(wang, handoversActions.handOver, { id, heirs })
  await house.settled()
  expect(await cardsOf('wang', '小李 已离职')).toEqual([])
  expect(await cardsOf('wang', '小李 的工作已交接')).toHaveLength(1)
  expect(await cardsOf('he', '小李 的工作交接给你')).toHaveLength(1)
})

test('what an account was sent is his who has the account now', async () => {
  const [{ personId: zhao }, { personId: lin }] = [await as('zhao'), await as('lin')]
  await house.says('zhao', '电锤还有几个')
  const sent = await db.outboxMessage.findMany({ where: { personId: zhao }, select: { id: true } })
  expect(sent.length).toBeGreaterThan(0)
  await perform(await as('chen'), accountsActions.mergePeople, { id: lin, goneId: zhao })
  await house.settled()
  expect(await db.outboxMessage.count({ where: { personId: zhao } })).toBe(0)
  expect(await db.outboxMessage.count({ where: { id: { in: sent.map(({ id }) => id) }, personId: lin } })).toBe(
    sent.length,
  )
})
