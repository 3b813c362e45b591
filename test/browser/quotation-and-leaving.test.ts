import type { Page } from 'playwright-core'
import { v7 as newId } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { look, sheet, useDemoHouse } from './house.ts'
import { addItem, quantityOf, tab } from './order-entry.ts'
import { overhearSecrets } from './overhear.ts'
import { idsIn } from './screens.ts'
import type { SimulatorPage } from './simulator-page.ts'
import { call } from './tour.ts'

const house = useDemoHouse({ isStory: true })
let seller: Page
let simulator: SimulatorPage
let quotationNumber = ''

beforeAll(async () => {
  seller = await house.phone('xiaoli')
  simulator = await house.simulator('xiaoli')
})

describe('小李 quotes to 佳筑, and 佳筑 reads the quotation without an account', () => {
  test('the bot on WeCom asks which 佳筑 he means, and the card opens the customer in the app', async () => {
    await simulator.turnTo('小李', 'wecom')
    await simulator.ask('佳筑是谁的客户')
    await simulator.press(simulator.card('你指的是哪一个客户'), '佳筑建筑工程有限公司')
    const card = simulator.card('佳筑建筑工程有限公司').filter({ hasText: '查到了' })
    await card.getByText('负责人').waitFor()
    await simulator.follow(card, '佳筑建筑工程有限公司')
    await simulator.phone.getByText('佳筑建筑工程有限公司').first().waitFor()
    await look(simulator.page, 'card-of-a-customer')
  })

  test('within the limits his quotation needs nobody’s consent; each price says where it comes from', async () => {
    await tab(seller, '首页').click()
    await seller.getByRole('link', { name: '报价', exact: true }).click()
    await seller.getByRole('searchbox').fill('佳筑')
    await seller.getByRole('button', { name: /^佳筑工程 / }).click()
    for (const [words, item, quantity, rule] of [
      ['合页 左 亮光', '4寸合页 左 亮光', '200', '规则价 ¥8.17 · 标准价目表 · 满 100'],
      ['密封胶 黑色', '耐候密封胶 300ml 黑色', '10箱', '规则价 ¥15.015 · 标准价目表 · 满 240'],
    ] as const) {
      const line = await addItem(seller, words, item)
      await quantityOf(line).fill(quantity)
      await line.getByText(rule).waitFor()
      await line.getByRole('button', { name: '完成' }).click()
    }
    await seller.getByText('毛利正常').waitFor()
    await look(seller, 'quotation-entry')
    await seller.getByRole('button', { name: '提交报价' }).click()
    const heading = seller.getByRole('heading', { level: 1, name: /^QT/ })
    await seller.getByText(/可以发给客户，.* 前有效/).waitFor()
    quotationNumber = (await heading.innerText()).trim()
  })

  test('the customer opens the link in a plain browser and reads prices, no cost and no margin', async () => {
    await seller.getByRole('button', { name: '分享' }).click()
    const sharing = sheet(seller, '分享给客户')
    await sharing.getByRole('button', { name: '生成链接' }).click()
    const address = await sharing.getByText(/\/s\/[\w-]{43}$/).innerText()
    await sharing.getByText('还没有打开').waitFor()

    const customer = await house.stranger()
    const secretsHeard = overhearSecrets(customer)
    await customer.goto(new URL(address).pathname)
    await customer.getByText(quotationNumber).waitFor()
    const words = await customer.locator('body').innerText()
    for (const said of ['¥5,237.60', '¥1,634.00', '¥3,603.60']) expect(words).toContain(said)
    expect(words).not.toMatch(/成本|毛利/)
    expect(await secretsHeard()).toEqual([])
    await look(customer, 'quotation-shared')
  })

  test('he sees that it was opened, and the timeline keeps it', async () => {
    await seller.reload()
    await seller.getByText('客户打开了分享链接').waitFor()
    await seller.getByRole('button', { name: '分享' }).click()
    await sheet(seller, '分享给客户')
      .getByText(/打开 1 次/)
      .waitFor()
  })
})

describe('小李 leaves the company', () => {
  let manager: Page
  let orderNumber = ''

  test('he leads 小方, so her low price waits for him when WeCom tells that he is gone', async () => {
    const [admin, colleague] = await Promise.all([house.phone('ajie'), house.phone('xiaofang')])
    const [leader] = await idsIn(admin, '/api/people?q=小李')
    const [led] = await idsIn(admin, '/api/people?q=小方')
    await call(admin, 'POST', `/api/accounts/${led}/manager`, { managerId: leader })
    const [customerId] = await idsIn(colleague, '/api/customers?limit=1')
    const [itemId] = await idsIn(colleague, '/api/items?q=PZ-025')
    const [warehouseId] = await idsIn(colleague, '/api/warehouses')
    const lines = [{ itemId, entered: [{ unit: '箱', quantity: '1' }], price: '0.52' }]
    const id = newId()
    await call(colleague, 'POST', '/api/orders', { id, customerId, warehouseId, lines, submit: true })
    await colleague.goto(new URL(`/orders/${id}`, colleague.url()).href)
    await colleague.getByText('等待 小李 审批').waitFor()
    orderNumber = (await colleague.getByRole('heading', { level: 1 }).innerText()).trim()

    await simulator.turnTo('小李', 'wecom')
    await simulator.card(orderNumber).getByRole('button', { name: '同意' }).waitFor()
    await simulator.letLeave('xiaoli', 'wecom')
  })

  test('his session is over, and he is let in no more', async () => {
    await simulator.turnTo('王姐')
    await simulator.card('小李 已离职').waitFor()
    await seller.reload()
    await seller.getByText('通讯录里没有找到你').waitFor()
  })

  test('王姐 has a card with what he leaves behind, which opens the pack', async () => {
    const card = simulator.card('小李 已离职')
    const words = await card.innerText()
    for (const kind of ['客户', '应收款', '未结报价', '未结订单', '待办审批', '直属下属']) expect(words).toContain(kind)
    await simulator.follow(card, '查看交接清单')
    await simulator.phone.getByText('小李 的交接').first().waitFor()
    await look(simulator.page, 'card-of-a-leaver')
  })

  test('she passes everything on in one go: the rest to 小何, those he led to herself', async () => {
    manager = await house.phone('wangjie', '/handovers')
    await manager.getByRole('link', { name: /小李/ }).click()
    await manager.getByText(`${quotationNumber} · 佳筑工程`).waitFor()
    await look(manager, 'handover-open')
    const chooses = async (name: string) => {
      const chooser = sheet(manager, '选择接手人')
      await chooser.getByRole('searchbox').fill(name)
      await chooser.getByRole('button', { name: new RegExp(`^${name} `) }).click()
    }
    await manager.getByRole('button', { name: '全部交给…' }).click()
    await chooses('小何')
    const led = manager.locator('section').filter({ has: manager.getByRole('heading', { name: '直属下属' }) })
    await led.last().getByRole('button', { name: '接手人' }).click()
    await chooses('王姐')
    await manager.getByRole('button', { name: '一次交接完' }).click()
    await manager.getByRole('dialog').getByRole('button', { name: '确认' }).click()
    await manager.getByText(/完成交接/).waitFor()
    await look(manager, 'handover-done')
  })

  test('小何 is told, finds 佳筑 among his customers, and decides what waited for 小李', async () => {
    await simulator.turnTo('小何')
    await simulator.card('小李 的工作交接给你').waitFor()
    const card = simulator.card(orderNumber)
    await simulator.press(card, '同意')
    await simulator.told(card, '已同意')

    const heir = await house.phone('xiaohe', '/customers?mine=true')
    await heir.getByRole('searchbox').fill('佳筑')
    await heir.getByRole('link', { name: /佳筑工程/ }).click()
    await heir.getByRole('tab', { name: '报价' }).click()
    await heir.getByText(quotationNumber).waitFor()
  })
})
