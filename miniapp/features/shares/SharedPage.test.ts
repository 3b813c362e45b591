import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Sheet } from '#contract/engines/shares'
import { useLanguage } from '../../i18n.ts'
import SharedPage from './SharedPage.vue'

const sheet: Sheet = {
  title: { zh: '对账单', en: 'Statement' },
  number: 'C00001',
  company: '云港恒锐',
  customer: '宏达装饰',
  state: null,
  at: '2026-11-22T09:00:00.000Z',
  parts: [
    { part: 'figure', label: { zh: '应付余额', en: 'Balance due' }, kind: 'money', value: '71400.00' },
    {
      part: 'facts',
      facts: [
        { label: { zh: '从', en: 'From' }, kind: 'day', value: '2026-08-01' },
        { label: { zh: '地址', en: 'Address' }, kind: 'text', value: null },
      ],
    },
    { part: 'steps', steps: [{ label: { zh: '已确认', en: 'Confirmed' }, at: '2026-11-20', isDone: true }] },
    {
      part: 'table',
      title: { zh: '明细', en: 'Entries' },
      columns: [
        { label: { zh: '摘要', en: 'What' }, kind: 'text', look: 'words' },
        { label: { zh: '金额', en: 'Amount' }, kind: 'money', look: 'main' },
      ],
      rows: [{ note: 'RC1', cells: [{ zh: '收款', en: 'Receipt' }, '-8580.00'] }],
      sums: [{ label: { zh: '期末', en: 'Closing' }, kind: 'money', value: '71400.00' }],
      empty: { zh: '没有', en: 'None' },
    },
  ],
}

let asked: string[]
let page: VueWrapper
async function open(status: number, body: unknown) {
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path)
    return Promise.resolve(new Response(JSON.stringify(body), { status }))
  })
  page = mount(SharedPage, { props: { token: 'abc' }, attachTo: document.body })
  await flushPromises()
}
beforeEach(() => {
  useLanguage('zh')
  asked = []
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

test('a shared document is read in Chinese and in English, and opened once', async () => {
  await open(200, sheet)
  for (const words of ['云港恒锐', '宏达装饰', '¥71,400.00', '2026-08-01', '已确认', '收款', '-¥8,580.00'])
    expect(page.text()).toContain(words)
  expect(page.text()).not.toContain('地址')
  await page.get('button').trigger('click')
  await flushPromises()
  expect(page.text()).toContain('Balance due')
  expect(page.text()).not.toMatch(/应付余额|收款/)
  expect(asked).toEqual(['/api/shared/abc'])
})

test('a link that does not open says what to do', async () => {
  await open(404, { code: 'share_closed', title: '这个链接打不开了', facts: {}, errors: [] })
  expect(page.text()).toContain('链接打不开了')
  expect(page.text()).not.toContain('打印')
})
