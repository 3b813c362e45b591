import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ImportRowView, ImportView } from '#contract/engines/imports'
import { useLanguage } from '../../i18n.ts'
import ImportPage from './ImportPage.vue'

const id = '01938d7e-0000-7000-8000-000000000001'
const column = (key: string, zh: string, required = false) => ({ key, label: { zh }, required })
const view: ImportView = {
  id,
  document: 'item',
  label: { zh: '商品', en: 'Item' },
  fileName: '商品.xlsx',
  state: 'checked',
  rowCount: 5,
  imported: 0,
  createdAt: '2026-11-22T02:00:00Z',
  version: 3,
  headings: ['货号', '品名', '备注'],
  samples: [['A-1', '膨胀螺栓', '']],
  mapping: ['code', 'name', ''],
  columns: [column('code', '编码', true), column('name', '名称', true), column('spec', '规格')],
  counts: { doubtful: 1, wrong: 1, new: 2, same: 1 },
  chosen: 0,
  totals: [
    {
      key: 'listPrice',
      label: { zh: '标准售价' },
      sheet: '1234.5',
      stated: '1234.50',
      taken: '1000',
      left: '234.5',
      unreadable: 1,
    },
  ],
  problem: null,
  usedCount: 0,
  uses: [],
  importedAt: null,
  undoneAt: null,
}
const row = (position: number, more: Partial<ImportRowView>): ImportRowView => ({
  position,
  cells: ['A-1', '膨胀螺栓', ''],
  verdict: 'new',
  title: '膨胀螺栓',
  findings: [],
  taken: false,
  ...more,
})
const rows = [
  row(7, { verdict: 'doubtful', findings: [{ field: null, message: { zh: '可能就是「PZ-1 膨胀螺栓」' } }] }),
  row(9, { verdict: 'wrong', title: '', findings: [{ field: 'code', message: { zh: '请填写编码' } }] }),
]

let shown: ImportView
const sent: { path: string; body: unknown }[] = []
beforeEach(() => {
  useLanguage('zh')
  shown = view
  sent.length = 0
  // A list draws what can be seen of it; nothing has a height here.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(100)
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const { pathname: path } = new URL(url, 'http://app')
    if (init.body) sent.push({ path, body: JSON.parse(String(init.body)) })
    const answer = path.endsWith('/rows') ? { rows, cursor: null } : path.endsWith('/decisions') ? { chosen: 1 } : shown
    return Promise.resolve(new Response(JSON.stringify(answer)))
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

async function open(changes: Partial<ImportView> = {}): Promise<void> {
  shown = { ...view, ...changes }
  const routes = [
    { path: '/stock', name: 'stock', component: { render: () => null } },
    { path: '/:any*', component: { render: () => null } },
  ]
  const router = createRouter({ history: createMemoryHistory(), routes })
  mount(ImportPage, { props: { id }, global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
const words = (): string => document.body.textContent ?? ''
async function press(label: string): Promise<void> {
  const all = [...document.querySelectorAll<HTMLElement>('button')]
  const button = all.find((one) => one.getAttribute('aria-label') === label || one.textContent?.trim() === label)
  if (!button) throw new Error(`There is no button ${label}.`)
  button.click()
  await flushPromises()
}

test('the report shows the doubtful rows with why, the sums against those of the sheet, and imports what is new', async () => {
  await open()
  expect(words()).toMatch(/疑似重复1.*有误1.*新增2.*已有1/)
  expect(words()).toContain('可能就是「PZ-1 膨胀螺栓」')
  expect(words()).toContain('编码 · 请填写编码')
  expect(words()).toContain('1,234.5')
  expect(words()).toContain('与表尾合计一致 · 1 格不是数字')
  await press('导入 2 条')
  expect(sent).toEqual([{ path: `/api/imports/${id}/run`, body: { version: 3 } }])
})

test('a doubtful row is taken all the same, and so are all of them at once', async () => {
  await open()
  await press('仍导入：膨胀螺栓')
  await press('全部仍导入')
  expect(sent.map(({ body }) => body)).toEqual([{ take: true, positions: [7] }, { take: true }])
})

test('a column that was not recognised is chosen from those that are left, and the rows are checked', async () => {
  await open({ state: 'mapping', headings: ['货号', '叫什么', '备注'], mapping: ['code', '', ''] })
  expect(words()).toContain('还缺：名称')
  const select = document.querySelector<HTMLSelectElement>('select[aria-label="叫什么"]')!
  expect([...select.options].find(({ value }) => value === 'code')?.disabled).toBe(true)
  select.value = 'name'
  select.dispatchEvent(new Event('change'))
  await flushPromises()
  expect(words()).not.toContain('还缺')
  await press('检查')
  expect(sent).toEqual([{ path: `/api/imports/${id}/mapping`, body: { version: 3, mapping: ['code', 'name', ''] } }])
})

test('what is used says which records, by what, and where they are', async () => {
  await open({
    state: 'done',
    imported: 2,
    usedCount: 3,
    uses: [{ title: '膨胀螺栓', page: '/items/1', reasons: [{ zh: '有销售订单' }, { zh: '有库存记录' }] }],
  })
  expect(words()).toContain('已导入 2 条')
  expect(words()).toMatch(/3 条已被使用，不能撤销.*膨胀螺栓.*有销售订单、有库存记录.*还有 2 条/)
  expect(document.querySelector('a[href="/items/1"]')).not.toBeNull()
})
