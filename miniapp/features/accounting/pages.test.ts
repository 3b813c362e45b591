import { flushPromises, mount, RouterLinkStub, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useLanguage } from '../../i18n.ts'
import { today } from '../../ui/moments.ts'
import AccountLedgerPage from './AccountLedgerPage.vue'
import { monthsOn } from './months.ts'
import TemplatesPage from './TemplatesPage.vue'
import TrialBalancePage from './TrialBalancePage.vue'
import VoucherListPage from './VoucherListPage.vue'
import VoucherPage from './VoucherPage.vue'

const id = (n: number) => `01938d7e-0000-7000-8000-00000000000${n}`
const text = (zh: string) => ({ zh, en: zh })
const row = (n: number, event: string, amount: string) => ({
  ...{ id: id(n), number: `记-202611-0000${n}`, on: '2026-11-20', documentOn: null, event, amount },
  ...{ sourceDocument: 'receipt', sourceId: id(9), sourceNumber: 'RC202611-00007' },
  ...{ customerId: id(8), customerName: '宏达装饰' },
})
const account = (code: string, name: string, kind = 'asset') => ({
  ...{ code, name: text(name), kind, side: 'debit', keeps: [], control: null },
})
const chart = [account('1001', '库存现金'), account('1002', '银行存款'), account('1122', '应收账款')]
const line = (n: number, code: string, debit: string, credit: string) => ({
  ...{ id: id(n), account: code, accountName: text(chart.find((one) => one.code === code)!.name.zh), debit, credit },
  ...{ customerId: null, customerName: null, category: null },
})
const voucher = {
  ...row(2, 'receipt_reversal', '-60.00'),
  madeAt: '2026-11-20T10:00:00+08:00',
  by: '刘会计',
  lines: [line(3, '1002', '-60.00', '0.00'), line(4, '1122', '0.00', '-60.00')],
}
const sides = (debit: string, credit: string) => ({ debit, credit })
const trialOf = (closing: string) => ({
  from: '2026-11',
  to: '2026-11',
  rows: [
    {
      ...{ account: '1002', name: text('银行存款'), kind: 'asset' },
      ...{ opening: sides('0.00', '0.00'), turnover: sides('60.00', '0.00'), closing: sides('60.00', '0.00') },
    },
  ],
  total: { opening: sides('0.00', '0.00'), turnover: sides('60.00', '60.00'), closing: sides('60.00', closing) },
})
const templates = (can: string[]) => ({
  events: [
    {
      event: 'receipt',
      lines: [
        {
          ...{ key: 'debit.bank', account: '1002', accountName: text('银行存款'), usual: '1002' },
          choices: ['1001', '1002'],
        },
      ],
    },
  ],
  can,
})

type Asked = { method: string; path: string; query: URLSearchParams; body: unknown }
let asked: Asked[]
let answers: Record<string, unknown>
let page: VueWrapper
beforeEach(() => {
  useLanguage('zh')
  asked = []
  answers = {
    '/api/vouchers': { rows: [row(1, 'receipt', '60.00'), row(2, 'receipt_reversal', '-60.00')], cursor: null },
    [`/api/vouchers/${id(2)}`]: { voucher, others: [row(1, 'receipt', '60.00')] },
    '/api/ledger-accounts': { rows: chart, can: ['add'] },
    '/api/trial-balance': trialOf('60.00'),
    '/api/voucher-templates': templates(['change']),
    '/api/voucher-templates/receipt': templates(['change']),
    '/api/ledger-accounts/1002/entries': {
      ...{ account: chart[1], opening: '10.00', debit: '60.00', credit: '0.00', closing: '70.00', cursor: null },
      rows: [
        {
          ...{ id: id(3), voucherId: id(1), number: '记-202611-00001', on: '2026-11-20', event: 'receipt' },
          ...{ sourceNumber: 'RC202611-00007', customerName: '宏达装饰', category: null },
          ...{ debit: '60.00', credit: '0.00', balance: '70.00' },
        },
      ],
    },
  }
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    const url = new URL(path, 'http://app.test')
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
    asked.push({ method: init?.method ?? 'GET', path: url.pathname, query: url.searchParams, body })
    const answer = answers[url.pathname] ?? { page: null }
    return Promise.resolve(new Response(JSON.stringify(answer)))
  })
})
afterEach(() => page.unmount())

async function open(view: Component, path: string, props: Record<string, string> = {}): Promise<void> {
  const empty = { template: '<i />' }
  const named = (path: string, name: string) => ({ path, name, component: empty })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      named('/vouchers', 'vouchers'),
      named('/vouchers/:id', 'voucher'),
      named('/trial-balance', 'trial-balance'),
      named('/trial-balance/:code', 'account-ledger'),
      named('/voucher-templates', 'voucher-templates'),
      named('/customers/:id', 'customer'),
      named('/', 'home'),
    ],
  })
  await router.push(path)
  const global = { plugins: [createPinia(), router], stubs: { RouterLink: RouterLinkStub } }
  page = mount(view, { global, props, attachTo: document.body })
  await flushPromises()
}
const askedOf = (path: string) => asked.filter((one) => one.path === path)
const press = async (name: string) => {
  const buttons = [...document.body.querySelectorAll('button')]
  buttons.find((button) => button.textContent?.includes(name))!.click()
  await flushPromises()
}

test('vouchers begin with the month; a number is looked for in all periods', async () => {
  await open(VoucherListPage, '/vouchers')
  const first = askedOf('/api/vouchers')[0]!.query
  expect([first.get('from'), first.get('to')]).toEqual([`${today().slice(0, 7)}-01`, today()])
  const field = page.find('input[type=search]')
  await field.setValue('RC202611')
  await page.find('form[role=search]').trigger('submit')
  await flushPromises()
  const sought = askedOf('/api/vouchers').at(-1)!.query
  expect([sought.get('q'), sought.get('from')]).toEqual(['RC202611', null])
})

test('an address that names an account and a customer asks for theirs', async () => {
  await open(VoucherListPage, `/vouchers?account=1122&customer=${id(8)}&of=宏达装饰&period=all`)
  const query = askedOf('/api/vouchers')[0]!.query
  expect([query.get('account'), query.get('customerId'), query.get('from')]).toEqual(['1122', id(8), null])
  await press('宏达装饰')
  expect(askedOf('/api/vouchers').at(-1)!.query.get('customerId')).toBeNull()
})

test('a voucher that undoes another stands in red, beside what it undoes', async () => {
  await open(VoucherPage, `/vouchers/${id(2)}`, { id: id(2) })
  expect(page.text()).toContain('冲销收款')
  expect(page.findAll('tbody tr').map((line) => line.text())).toEqual(['银行存款1002−¥60.00', '应收账款1122−¥60.00'])
  expect(page.findAll('tbody .red')).toHaveLength(2)
  expect(page.text()).toContain('同一单据的其他凭证')
  expect(page.text()).toContain('经办 刘会计')
})

test('the trial balance says whether it balances', async () => {
  await open(TrialBalancePage, '/trial-balance?from=2026-11&to=2026-11')
  expect(page.text()).toContain('借贷相等')
  answers['/api/trial-balance'] = trialOf('59.99')
  await press('上月')
  expect(askedOf('/api/trial-balance').at(-1)!.query.get('from')).toBe(monthsOn('lastMonth', today()).from)
  expect(page.text()).toContain('借贷不等')
})

test('the ledger of an account shows what it stood at after each line', async () => {
  await open(AccountLedgerPage, '/trial-balance/1002?from=2026-11&to=2026-11', { code: '1002' })
  expect(askedOf('/api/ledger-accounts/1002/entries')[0]!.query.get('to')).toBe('2026-11-30')
  expect(page.text()).toContain('期初¥10.00')
  expect(page.text()).toContain('1002 · 期末¥70.00')
})

test('a line of a template goes to another of the accounts that it may go to', async () => {
  await open(TemplatesPage, '/voucher-templates')
  await press('银行转账')
  const choices = [...document.body.querySelectorAll('[role=option]')].map((option) => option.textContent)
  expect(choices).toEqual(['1001库存现金', '1002银行存款'])
  await press('1001')
  const sent = asked.find(({ method }) => method === 'PATCH')!
  expect([sent.path, sent.body]).toEqual(['/api/voucher-templates/receipt', { accounts: { 'debit.bank': '1001' } }])
})

test('an account of the company’s own is added below one that is there', async () => {
  answers['/api/ledger-accounts'] = { ...account('100201', '工行'), rows: chart, can: ['add'] }
  await open(TemplatesPage, '/voucher-templates')
  await press('新增科目')
  const [code, name] = [...document.body.querySelectorAll<HTMLInputElement>('.van-popup input')]
  for (const [field, value] of [
    [code!, '100201'],
    [name!, '银行存款-工行'],
  ] as const) {
    field.value = value
    field.dispatchEvent(new Event('input'))
  }
  await flushPromises()
  document.body.querySelector<HTMLFormElement>('.van-popup form')!.requestSubmit()
  await flushPromises()
  const sent = asked.find(({ method }) => method === 'POST')!
  expect(sent.body).toEqual({ code: '100201', name: { zh: '银行存款-工行' } })
})

test('whoever may not change templates reads them', async () => {
  answers['/api/voucher-templates'] = templates([])
  await open(TemplatesPage, '/voucher-templates')
  expect(page.findAll('button.line')).toHaveLength(0)
  expect(page.text()).not.toContain('新增科目')
})

test('this month, the last and the year so far are whole months', () => {
  expect(monthsOn('thisMonth', '2026-01-15')).toEqual({ from: '2026-01', to: '2026-01' })
  expect(monthsOn('lastMonth', '2026-01-15')).toEqual({ from: '2025-12', to: '2025-12' })
  expect(monthsOn('thisYear', '2026-03-15')).toEqual({ from: '2026-01', to: '2026-03' })
})
