import { beforeEach, expect, test } from 'vitest'
import { orderNextStep } from './next-step.ts'
import { useLanguage } from '../../i18n.ts'
import type { OrderView } from './views.ts'

beforeEach(() => useLanguage('zh'))

const order: OrderView = {
  id: '01900000-0000-7000-8000-0000000000d1',
  version: 1,
  can: [],
  names: {},
  custom: {},
  lines: [],
}
const line = { id: order.id, names: {}, custom: {} }
const waiting = {
  id: order.id,
  state: 'open',
  openedAt: '2026-11-22T02:00:00Z',
  waitingFor: [{ id: order.id, name: '王姐' }],
}

test('an order in approval says who is waited for', () => {
  expect(orderNextStep({ order: { ...order, state: 'submitted' }, approval: waiting })).toBe('等待 王姐 审批')
})

test('a confirmed order says how many lines are short, or that the warehouse is next', () => {
  const confirmed: OrderView = { ...order, state: 'confirmed' }
  expect(orderNextStep({ order: { ...confirmed, lines: [{ ...line, short: '0' }] }, approval: null })).toBe(
    '货已占用，等待仓库出库',
  )
  expect(orderNextStep({ order: { ...confirmed, lines: [{ ...line, short: '2' }] }, approval: null })).toBe(
    '缺货 1 行，到货后自动占用',
  )
})

test('a delivered order waits for its money until it is paid', () => {
  const delivered: OrderView = { ...order, state: 'delivered', paymentState: 'part' }
  expect(orderNextStep({ order: delivered, approval: null })).toBe('已全部发货，等待回款')
  expect(orderNextStep({ order: { ...delivered, paymentState: 'paid' }, approval: null })).toBe('货款两清')
})

test('the same in English', () => {
  useLanguage('en')
  const confirmed: OrderView = { ...order, state: 'confirmed', lines: [{ ...line, short: '2' }] }
  expect(orderNextStep({ order: confirmed, approval: null })).toBe('1 line short: held as soon as goods arrive')
})
