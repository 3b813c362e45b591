import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import type { RouteRecordRaw } from 'vue-router'

/** A page of the app, at an address where there is something to see, and somebody who may see it. */
export type Screen = { name: string; path: string; person: string }

const features = fileURLToPath(new URL('../../miniapp/features/', import.meta.url))

/** Who is at home in a feature; his rights open its pages. */
const atHome: Record<string, string> = {
  accounting: 'liukuaiji',
  approvals: 'wangjie',
  catalog: 'chenzong',
  deliveries: 'laozhao',
  finance: 'hezongjian',
  alerts: 'xiaoli',
  costs: 'hezongjian',
  margins: 'hezongjian',
  questions: 'ajie',
  home: 'xiaoli',
  imports: 'ajie',
  inventory: 'laozhao',
  org: 'xiaoli',
  shares: 'xiaoli',
  setup: 'ajie',
  platforms: 'ajie',
  returns: 'xiaoli',
  parties: 'xiaoli',
  sales: 'xiaoli',
}
/** Pages that want a right which he does not have. */
const others: Record<string, string> = {
  'receipt-new': 'liukuaiji',
  accounts: 'ajie',
  account: 'ajie',
  'people-rules': 'ajie',
  handovers: 'wangjie',
  handover: 'wangjie',
  'return-receive': 'laozhao',
}

/** Where the id in an address comes from: the first row of this list. */
const lists: [address: RegExp, list: string][] = [
  [/^\/approvals\//, '/api/approvals'],
  [/^\/imports\//, '/api/imports'],
  [/^\/items\//, '/api/items'],
  [/^\/item-families\//, '/api/item-families'],
  [/^\/deliveries\//, '/api/deliveries'],
  [/^\/receivables\//, '/api/receivables'],
  [/^\/receipts\//, '/api/receipts'],
  [/^\/vouchers\//, '/api/vouchers'],
  [/^\/trial-balance\//, '/api/ledger-accounts'],
  [/^\/warehouses\//, '/api/warehouses'],
  [/^\/accounts\//, '/api/people'],
  [/^\/handovers\//, '/api/handovers'],
  [/^\/platforms\//, '/api/platform-apps'],
  [/^\/customers\//, '/api/customers?q=宏达'],
  [/^\/stock\/landed-costs\//, '/api/landed-costs'],
  [/^\/margins\/orders\//, '/api/orders?state=delivered'],
  [/^\/stock\/receipts\/.*\/(edit|receive)/, '/api/goods-receipts?state=expected'],
  [/^\/stock\/receipts\//, '/api/goods-receipts'],
  [/^\/stock\/transfers\//, '/api/stock-transfers'],
  [/^\/stock\/adjustments\//, '/api/stock-adjustments'],
  [/^\/stock\//, '/api/items?q=密封胶'],
  [/^\/orders\/.*\/return/, '/api/orders?state=delivered'],
  [/^\/returns\/.*\/edit/, '/api/returns?state=draft'],
  [/^\/returns\/.*\/receive/, '/api/returns?state=approved'],
  [/^\/returns\/.*\/print/, '/api/returns?state=received'],
  [/^\/returns\//, '/api/returns'],
  [/^\/orders\/.*\/print/, '/api/orders?state=confirmed,partly_delivered,delivered'],
  [/^\/quotations\/.*\/print/, '/api/quotations?state=approved'],
  [/^\/orders\/.*\/edit/, '/api/orders?state=draft'],
  [/^\/orders\//, '/api/orders'],
  [/^\/quotations\//, '/api/quotations'],
]

/** Every page that the router knows, from the features' own lists, by feature. */
export async function everyRoute(): Promise<{ feature: string; route: RouteRecordRaw }[]> {
  const found = await Promise.all(
    readdirSync(features).map(async (feature) => {
      const module: { routes: RouteRecordRaw[] } = await import(`${features}${feature}/routes.ts`)
      return module.routes.map((route) => ({ feature, route }))
    }),
  )
  // Signing in is behind everybody here, and a redirect has no page.
  return found.flat().filter(({ route }) => !route.redirect && !route.meta?.isOpen)
}

export const personFor = (feature: string, name: string): string => others[name] ?? atHome[feature] ?? 'chenzong'

/** The address of a page with the id of something that is there. */
export async function exampleOf(path: string, page: Page): Promise<string> {
  if (!path.includes(':')) return path
  if (path.endsWith('/:platform')) return path.replace(':platform', 'wecom')
  const list = lists.find(([address]) => address.test(path))?.[1]
  if (!list) throw new Error(`Say in screens.ts where an example for ${path} comes from.`)
  const [id] = await idsIn(page, list)
  if (!id) throw new Error(`${list} has nothing to show on ${path}.`)
  return path.replace(/:\w+/, id)
}

type Row = { id?: string; itemId?: string; item?: { id: string }; family?: { id: string }; code?: string }

/** The ids of what a list of the API shows to whoever has this page. */
export async function idsIn(page: Page, list: string): Promise<string[]> {
  const ask = `fetch(${JSON.stringify(list)}).then((answer) => answer.json())`
  const answer = await page.evaluate<Record<string, unknown>>(ask)
  const rows = Object.values(answer).find((value): value is Row[] => Array.isArray(value))
  if (!rows) throw new Error(`${list} answers ${JSON.stringify(answer).slice(0, 300)}`)
  return rows.flatMap(({ id, itemId, item, family, code }) => id ?? itemId ?? item?.id ?? family?.id ?? code ?? [])
}
