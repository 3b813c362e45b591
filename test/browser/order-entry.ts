import type { Locator, Page } from 'playwright-core'
import { sheet } from './house.ts'

/** The navigation at the thumb. */
export const tab = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name })

/** Begins an order for a customer, who is sought by `words`. */
export async function beginOrder(page: Page, words: string, customer: string): Promise<void> {
  await tab(page, '开单').click()
  await page.getByRole('searchbox').fill(words)
  // As long as nothing is sought, those served lately are offered as well.
  await page.getByRole('heading', { name: '最近下单的客户' }).waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: new RegExp(`^${customer} `) }).click()
}

/** Adds an item, sought by `words`, and gives the sheet of its line. */
export async function addItem(page: Page, words: string, item: string): Promise<Locator> {
  await page.getByRole('button', { name: '加商品' }).click()
  const chooser = sheet(page, '加商品')
  await chooser.getByRole('searchbox').fill(words)
  await chooser
    .getByRole('button')
    .filter({ has: page.getByText(item, { exact: true }) })
    .click()
  return sheet(page, item)
}

/** The whole quantity in words (12箱7支), of an item with several units. */
export const quantityOf = (line: Locator): Locator => line.getByRole('textbox', { name: /的数量$/ })
export const priceOf = (line: Locator): Locator => line.getByRole('textbox', { name: /的单价$/ })
