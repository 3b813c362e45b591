import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { look, useDemoHouse } from './house.ts'
import { addItem, beginOrder } from './order-entry.ts'

const house = useDemoHouse({ isStory: true })
const hammer = '电锤 26mm 800W'
const free = 10
type Seller = { page: Page; wanted: number }
let winner: Seller
let loser: Seller

beforeAll(async () => {
  const [xiaoli, xiaohe] = await Promise.all([house.phone('xiaoli'), house.phone('xiaohe')])
  winner = { page: xiaoli, wanted: 6 }
  loser = { page: xiaohe, wanted: 7 }
})

async function enter({ page, wanted }: Seller, words: string, customer: string): Promise<void> {
  await beginOrder(page, words, customer)
  const line = await addItem(page, '电锤 26', hammer)
  await line.getByRole('textbox', { name: '几台' }).fill(String(wanted))
  await line.getByText(/\d\d-\d\d 到 5 台/).waitFor()
  expect(await line.innerText()).toMatch(/主仓\s*现存 10 台 · 占用 0 台\s*10 台/)
  await line.getByRole('button', { name: '完成' }).click()
}

test('小李 enters six hammers and 小何 seven; both see ten free and five on their way', async () => {
  await enter(winner, '佳筑', '佳筑工程')
  await enter(loser, '顺兴', '顺兴门业')
})

test('they submit at the same moment: one has his, the other learns what is left and what comes', async () => {
  const both = [winner, loser]
  await Promise.all(both.map(({ page }) => page.getByRole('button', { name: '提交订单' }).click()))
  const outcomes = await Promise.all(
    both.map(async ({ page }) => {
      await page
        .getByText('货已占用，等待仓库出库')
        .or(page.getByRole('heading', { name: '还差一步' }))
        .waitFor()
      return page.getByRole('alert').filter({ hasText: '还差一步' }).isVisible()
    }),
  )
  expect(outcomes.filter(Boolean)).toHaveLength(1)
  if (outcomes[0]) [winner, loser] = [loser, winner]

  const obstacle = loser.page.getByRole('alert').filter({ hasText: '还差一步' })
  expect(await obstacle.innerText()).toMatch(
    new RegExp(`可用 ${free - winner.wanted} 台，要 ${loser.wanted} 台。 \\d\\d-\\d\\d 到 5 台。`),
  )
  await look(loser.page, 'hammers-lost')
})

test('he takes the split: what is there is held, the rest is promised for the day it comes', async () => {
  const left = free - winner.wanted
  await loser.page.getByRole('alert').getByRole('button', { name: '有货先发，缺的后补' }).click()
  await loser.page.getByRole('button', { name: '提交订单' }).click()
  await loser.page.getByText('缺货 1 行，到货后自动占用').waitFor()
  const words = await loser.page.getByRole('main').innerText()
  expect(words).toContain(`已占用 ${left} 台`)
  expect(words).toMatch(new RegExp(`缺 ${loser.wanted - left} 台 · \\d\\d-\\d\\d 可补齐`))
  await look(loser.page, 'hammers-split')
})

test('nothing was sold twice: all ten are held, none is free, and no serial number is given yet', async () => {
  const keeper = await house.phone('laozhao', '/stock')
  await keeper.getByRole('searchbox').fill('电锤 26')
  await keeper.getByRole('link', { name: /电锤/ }).first().click()
  await keeper.getByRole('heading', { name: hammer }).first().waitFor()
  await look(keeper, 'stock-of-hammers')
  expect(await keeper.getByRole('main').innerText()).toMatch(/可用[^]*0 台/)
})
