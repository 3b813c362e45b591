import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { ask, perform } from '#kernel/perform'
import { systemCaller } from '#kernel/caller'
import { questionsActions } from '#server/questions'
import { aCustomer, anItem, as, type Name, stock } from '../../server/modules/sales/fixtures/company.ts'
import { type ChatHouse, openChatHouse } from '../../server/test/chat-house.ts'
import { questionJobs } from '../answers/tidy-questions.ts'

let house: ChatHouse
beforeAll(async () => {
  house = await openChatHouse()
  for (const spec of ['黑色', '白色']) {
    const item = await anItem({ name: '密封胶' })
    await db.item.update({ where: { id: item.id }, data: { spec, version: { increment: 1 } } })
    await stock(item, { quantity: '700' })
  }
  await aCustomer({ shortName: '金雀货栈', owner: 'he' })
  await house.settled()
}, 60_000)
afterAll(() => house.stop())
beforeEach(() => db.botContext.deleteMany())

const words = (message: { content: unknown } | undefined): string => JSON.stringify(message?.content ?? '')
async function chooses(name: Name, text: string, choice: RegExp): Promise<void> {
  const [card] = await house.says(name, text)
  const asked = words(card)
  const at = [...asked.matchAll(/密封胶 (黑色|白色)/g)].findIndex(([label]) => choice.test(label))
  await house.presses(name, card!.messageId, `choice${at + 1}`)
}
const suggested = async () => (await ask(await as('chen'), questionsActions.suggestedAliases, {})).aliases

test('what two people chose for the same words is suggested, and once accepted the bot knows it at its next question', async () => {
  // By its very name both fit whatever is chosen; 封胶 may become the name of one.
  for (const name of ['li', 'wang'] as const) await chooses(name, '密封胶多少钱', /白色/)
  await chooses('li', '封胶多少钱', /白色/)
  await chooses('li', '封胶多少钱', /白色/)
  expect(await suggested()).toEqual([])
  await chooses('wang', '封胶多少钱', /白色/)
  const [alias] = await suggested()
  expect(alias).toMatchObject({ kind: 'item', words: '封胶', target: '密封胶 白色', people: 2 })

  const { kind, words: called, targetId } = alias!
  const decided = { kind, words: called, targetId }
  await perform(await as('chen'), questionsActions.decideAlias, { ...decided, accept: true })
  expect((await db.item.findUnique({ where: { id: targetId } }))?.aliases).toEqual(['封胶'])
  expect(words((await house.says('he', '封胶还有多少'))[0])).toContain('700')
  expect(await suggested()).toEqual([])
  await expect(perform(await as('chen'), questionsActions.decideAlias, { ...decided, accept: false })).rejects.toThrow(
    'not_found',
  )
})

test('a new name is known at once, an item that goes is gone', async () => {
  const [black] = await db.item.findMany({ where: { spec: '黑色' } })
  await db.item.update({ where: { id: black!.id }, data: { aliases: ['乌金胶'], version: { increment: 1 } } })
  expect(words((await house.says('li', '乌金胶还有多少'))[0])).toContain('700')
  await db.item.update({ where: { id: black!.id }, data: { active: false, version: { increment: 1 } } })
  expect(words((await house.says('li', '乌金胶还有多少'))[0])).toContain('没有找到')
})

test('what was not understood is counted, with names and digits masked, also those that the asker may not see', async () => {
  for (const text of ['金雀货栈 15800001111 扒拉扒拉', '金雀货栈 15899992222 扒拉扒拉']) await house.says('li', text)
  const { rows } = await ask(await as('chen'), questionsActions.missedQuestions, { limit: 30 })
  const missed = rows.find(({ masked }) => masked.includes('扒拉'))
  expect(missed).toMatchObject({ times: 2 })
  expect(missed?.masked).toContain('<CUSTOMER>')
  for (const { masked } of rows) expect(masked).not.toMatch(/金雀|158|\d/)

  await perform(await as('chen'), questionsActions.settleMissed, { id: missed!.id })
  const left = await ask(await as('chen'), questionsActions.missedQuestions, { limit: 30 })
  expect(left.rows.map(({ id }) => id)).not.toContain(missed!.id)
})

test('figures of a day are kept when its questions are forgotten', async () => {
  const figures = async () => (await ask(await as('chen'), questionsActions.questionUse, { days: 90 })).days
  const today = await figures()
  expect(today.find(({ outcome }) => outcome === 'answered')?.count).toBeGreaterThan(0)

  const longAgo = new Date(Date.now() - 80 * 86_400_000)
  await db.botLog.updateMany({ data: { at: longAgo } })
  const tidy = async (at: Date): Promise<void> => questionJobs[0]!.run(systemCaller(at))
  await tidy(new Date())
  const kept = await figures()
  expect(kept.map(({ count, outcome }) => [outcome, count])).toEqual(
    today.map(({ count, outcome }) => [outcome, count]),
  )
  await tidy(new Date(Date.now() + 20 * 86_400_000))
  expect(await db.botLog.count()).toBe(0)
  expect((await figures()).length).toBe(kept.length)
})
