import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { look, sheet, useDemoHouse } from './house.ts'
import { addItem, beginOrder, quantityOf } from './order-entry.ts'
import type { SimulatorPage } from './simulator-page.ts'

const house = useDemoHouse({ isStory: true })
const sealant = '耐候密封胶 300ml 黑色'
let seller: Page
let keeper: Page
let simulator: SimulatorPage
let orderNumber = ''

beforeAll(async () => {
  seller = await house.phone('xiaoli')
  simulator = await house.simulator('chenzong')
})

const scan = async (code: string): Promise<void> => {
  const field = keeper.getByRole('textbox', { name: '条码、批次或序列号' })
  await field.fill(code)
  await field.press('Enter')
}

test('小李 orders 10 箱 of sealant for 宏达, and 陈总 agrees to the credit', async () => {
  await beginOrder(seller, '宏达', '宏达装饰')
  const line = await addItem(seller, '密封胶 黑色', sealant)
  await quantityOf(line).fill('10箱')
  await line.getByText('¥3,603.60').waitFor()
  await line.getByRole('button', { name: '完成' }).click()
  await seller.getByRole('button', { name: '提交订单' }).click()
  await seller.getByText('等待 何总监、陈总 审批').waitFor()
  orderNumber = (await seller.getByRole('heading', { level: 1 }).innerText()).trim()
  const card = simulator.card(orderNumber)
  await simulator.press(card, '同意')
  await simulator.told(card, '已同意')
})

test('老赵 gets a card of what to pick, without an amount, and its link opens the note on his phone', async () => {
  await simulator.turnTo('老赵')
  const card = simulator.card('待拣货').last()
  await card.getByText('10 箱').waitFor()
  expect(await card.innerText()).not.toContain('¥')
  await simulator.follow(card, '去拣货')
  await simulator.phone.getByText(sealant).waitFor()
  await look(simulator.page, 'card-to-pick')
})

test('the note proposes 100 of the lot that expires first and 140 of the next', async () => {
  keeper = await house.phone('laozhao', '/deliveries')
  await keeper.getByRole('link', { name: /宏达装饰.*密封胶/ }).click()
  await keeper.getByRole('button', { name: '开始拣货' }).click()
  const first = keeper.getByRole('button', { name: /批次 L1/ })
  await first.waitFor()
  expect(await first.innerText()).toMatch(/先发[^]*4 箱 4 支/)
  expect(await keeper.getByRole('button', { name: /批次 L2/ }).innerText()).toContain('5 箱 20 支')
  await look(keeper, 'picking')
})

test('a scan of the newer lot is refused: it would need a reason', async () => {
  await scan('L2')
  const asked = sheet(keeper, '这不是该先发的批次')
  await asked.getByText(/应先发批次 L1/).waitFor()
  await asked.getByRole('button', { name: '仍发此批次' }).click()
  await asked.getByText('请先写明原因').waitFor()
  await look(keeper, 'newer-lot')
  await asked.getByRole('button', { name: '换批次' }).click()
})

test('today only 6 箱 go: 100 of the first lot and 44 of the second', async () => {
  await scan('L1')
  await keeper.getByRole('status').getByText('+4 箱 4 支').waitFor()
  await keeper.getByRole('button', { name: /批次 L2/ }).click()
  const picking = sheet(keeper, `拣 ${sealant}`)
  await picking.getByRole('textbox', { name: '数量', exact: true }).fill('44支')
  await picking.getByRole('button', { name: '确认拣货' }).click()
  await keeper.getByRole('status').getByText('+1 箱 20 支').waitFor()

  await keeper.getByRole('button', { name: '确认出库' }).click()
  const shipping = sheet(keeper, '部分出库')
  expect(await shipping.innerText()).toMatch(/6 箱\s*余 4 箱/)
  await look(keeper, 'shipping-a-part')
  await shipping.getByRole('button', { name: '确认出库' }).click()
  await keeper.getByRole('link', { name: /余下的已生成下一张出库单/ }).waitFor()
})

test('the customer signs on the phone of whoever brings it', async () => {
  await keeper.getByRole('button', { name: '客户签收' }).click()
  const signing = sheet(keeper, '客户签收')
  await signing.getByRole('textbox', { name: '签收人' }).fill('宏达 郑师傅')
  await signing.getByRole('button', { name: '客户签收' }).click()
  await keeper.getByText(/宏达 郑师傅 已签收/).waitFor()
  await look(keeper, 'signed')
})

test('小李 is told, and his order shows 60 per cent delivered and owed for what left', async () => {
  await simulator.turnTo('小李')
  await simulator.card(`货已出库 ${orderNumber}`).waitFor()
  await seller.reload()
  await seller.getByText('已发 60%，余下等待出库').waitFor()
  await seller.getByText('已发 6 箱 · 已占用 4 箱').waitFor()
  expect(await seller.getByRole('main').innerText()).toMatch(/应收\s*DN[^]*¥2,162\.16/)
  await look(seller, 'order-partly-delivered')
})

test('the rest, 4 箱 of the second lot, goes with the next note, and the order is delivered', async () => {
  await keeper.getByRole('link', { name: /余下的已生成下一张出库单/ }).click()
  await keeper.getByText('待拣货').waitFor()
  await keeper.getByRole('button', { name: '开始拣货' }).click()
  await keeper.getByRole('button', { name: /批次 L2/ }).waitFor()
  expect(await keeper.getByRole('button', { name: /批次 L1/ }).count()).toBe(0)
  await scan('L2')
  await keeper.getByText('全部拣齐').waitFor()
  await keeper.getByRole('button', { name: '确认出库' }).click()
  await sheet(keeper, '全部出库').getByRole('button', { name: '确认出库' }).click()
  await keeper.getByText('已出库', { exact: true }).first().waitFor()

  await seller.reload()
  await seller.getByText('已全部发货，等待回款').waitFor()
  const words = await seller.getByRole('main').innerText()
  expect(words).toMatch(/应收\s*DN[^]*¥2,162\.16[^]*应收\s*DN[^]*¥1,441\.44/)
})

test("the scanner of the platform's client reads a code on two pages, for each is vouched for", async () => {
  const barcode = '2000000000001'
  const { port } = new URL(keeper.url())
  for (const path of ['/stock', '/stock?low=true']) {
    await keeper.goto(new URL(path, keeper.url()).href)
    await fetch(`http://127.0.0.1:${port}/sim/dingtalk/people/laozhao/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ask: 'scan', value: barcode }),
    })
    await keeper.getByRole('button', { name: '扫码' }).click()
    await expect.poll(() => keeper.getByRole('searchbox').inputValue()).toBe(barcode)
  }
})
