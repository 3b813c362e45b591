import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ApprovalView, VoteAnswer } from '#contract/engines/approvals'
import { useLanguage } from '../../i18n.ts'
import ApprovalPage from './ApprovalPage.vue'

const approval: ApprovalView = {
  id: '01938d7e-0000-7000-8000-000000000001',
  version: 1,
  document: 'sales_order',
  documentLabel: { zh: '销售订单' },
  documentId: '01938d7e-0000-7000-8000-000000000002',
  documentNumber: 'SO202611-00042',
  link: '/orders/01938d7e-0000-7000-8000-000000000002',
  move: 'submit',
  moveLabel: { zh: '提交' },
  state: 'open',
  stateLabel: { zh: '审批中' },
  openedBy: { id: '3', name: '李明' },
  openedAt: '2026-11-22T02:00:00Z',
  settledBy: null,
  settledAt: null,
  settledHow: null,
  summary: [
    { key: 'customerId', label: '客户', value: '宏达装饰' },
    { key: 'grossTotal', label: '金额', value: '¥6,243.64' },
  ],
  reasons: [],
  background: [],
  factsVersion: 4,
  mine: { step: 2, insteadOf: null, dueAt: null },
  can: ['approve', 'reject'],
  step: 2,
  steps: [],
}

let answered: VoteAnswer
const votes: unknown[] = []
beforeEach(() => {
  useLanguage('zh')
  votes.length = 0
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    if (typeof init.body === 'string') votes.push(JSON.parse(init.body))
    return Promise.resolve(new Response(JSON.stringify(init.method === 'POST' ? answered : approval)))
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:any*', component: { render: () => null } }],
})

async function open() {
  const page = mount(ApprovalPage, {
    props: { id: approval.id },
    global: { plugins: [router] },
    attachTo: document.body,
  })
  await flushPromises()
  return page
}

/** Presses what is called so: on the page, or in the sheet that it opened. */
async function press(name: string, within: ParentNode = document) {
  const button = [...within.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)
  if (!button) throw new Error(`there is no button ${name}`)
  button.click()
  await flushPromises()
}

function sheet(): HTMLElement {
  const found = document.querySelector<HTMLElement>('[role=dialog]')
  if (!found) throw new Error('no sheet is open')
  return found
}

async function comment(text: string) {
  const field = sheet().querySelector('textarea')
  if (!field) throw new Error('there is no room for a comment')
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}

/** The form's own submission, which happy-dom does not do for a click on a button that Vant draws. */
async function decide() {
  sheet()
    .querySelector('form')
    ?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
  await flushPromises()
}

test('what is asked, by whom and for how much is seen at once', async () => {
  const page = await open()
  expect(page.text()).toContain('宏达装饰')
  expect(page.text()).toContain('¥6,243.64')
  expect(page.text()).toContain('李明 发起')
})

test('nobody rejects without saying why', async () => {
  answered = { approval, outcome: 'settled', changes: [] }
  await open()
  await press('拒绝')
  await decide()
  expect(votes).toEqual([])
  expect(sheet().textContent).toContain('请先写明原因')
  await comment('价格太低')
  await decide()
  expect(votes).toEqual([{ step: 2, comment: '价格太低', factsVersion: 4, choice: 'reject' }])
})

test('a decision on facts that have changed does not count, and the change is shown', async () => {
  const change = {
    rule: 'credit',
    name: { zh: '信用超限' },
    before: [{ zh: '92.84%' }],
    now: [{ zh: '97.10%' }],
    fires: true,
  }
  answered = { approval, outcome: 'facts_changed', changes: [change] }
  const page = await open()
  await press('同意')
  await decide()
  expect(page.get('[role=status]').text()).toContain('97.10%')
})

test('only what this person may do is offered', async () => {
  const page = await open()
  const offered = page.findAll('footer button').map((button) => button.text())
  expect(offered).toEqual(['拒绝', '同意'])
})
