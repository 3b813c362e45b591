import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { look, sheet, useDemoHouse } from './house.ts'
import type { SimulatorPage } from './simulator-page.ts'

const house = useDemoHouse()
const bolts = '膨胀螺栓 M10*100'

describe('小李 takes an order at the counter of 宏达: 12 箱 7 支, below the margin floor', () => {
  let phone: Page
  let line: Locator
  beforeAll(async () => {
    phone = await house.phone('xiaoli')
  })

  test('he finds the customer by pinyin, and sees what credit is left and that nothing is overdue', async () => {
    await phone.getByRole('navigation').getByRole('link', { name: '开单' }).click()
    await phone.getByRole('searchbox').fill('hongda')
    await phone.getByRole('button', { name: /宏达装饰/ }).click()

    const credit = phone.getByRole('button', { name: /可用额度/ })
    await credit.waitFor()
    expect(await credit.textContent()).toContain('¥13,400.00')
    expect(await credit.textContent()).toContain('无逾期')
    await credit.click()
    await look(phone, 'order-customer')
    expect(await phone.getByRole('main').textContent()).toMatch(/已发货未收.*¥71,400\.00.*已下单未发.*¥15,200\.00/)
  })

  test('12 箱 7 支 are 12,007 支 at the tier from ten boxes, free in the main warehouse', async () => {
    await phone.getByRole('button', { name: '加商品' }).click()
    const chooser = sheet(phone, '加商品')
    await chooser.getByRole('searchbox').fill('M10*100')
    await look(phone, 'order-item-search')
    await chooser.getByRole('button', { name: new RegExp(bolts.replaceAll('*', '\\*')) }).first().click()
    line = sheet(phone, /膨胀螺栓/)
    await line.getByRole('textbox', { name: /的数量/ }).fill('12箱7支')
    await line.getByText('¥6,603.85').waitFor()
    await look(phone, 'order-line')
  })
})
