import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, perform } from '#kernel/perform'
import { db } from '#kernel/db'
import {
  as,
  at,
  deputies,
  ids,
  later,
  openCompany,
  type PersonName,
  publishedFlow,
  publishedRule,
  submitted,
  toldOf,
  waitsFor,
} from '../../test/approval-company.ts'
import { decide } from '#server/engines/rules'
import { runClock } from './clock.ts'
import { approvalsActions, tellFired } from './index.ts'

beforeAll(async () => {
  openCompany()
  await publishedFlow({
    key: 'trial',
    revision: 0,
    name: { zh: '流程' },
    document: 'trial_order',
    move: 'submit',
    always: true,
    nodes: [
      { kind: 'copy', to: [{ role: 'sellers' }] },
      {
        kind: 'approve',
        name: { zh: '经理' },
        sign: 'any',
        approvers: [{ role: 'manager' }],
        limit: { hours: 48, remindEveryHours: 4, then: 'escalate' },
      },
      { kind: 'approve', name: { zh: '领导' }, sign: 'any', approvers: [{ role: 'leaders' }] },
    ],
  })
})
beforeEach(() => deputies.clear())

const inbox = async (
  name: PersonName,
  box: 'waiting' | 'done' | 'mine' | 'copied',
  more: { cursor?: string; q?: string; limit?: number } = {},
) => ask(as(name), approvalsActions.inbox, { box, limit: 30, ...more })
const numbers = async (...asked: Parameters<typeof inbox>) =>
  (await inbox(...asked)).rows.map((row) => row.documentNumber)
const vote = (name: PersonName, id: string, step: number) =>
  perform(as(name, at('10:00')), approvalsActions.vote, { id, step, choice: 'approve', comment: '' })
const numberOf = (id: string) => `T-${id.slice(-6)}`

describe('a box', () => {
  test('holds what waits for me, then what I decided; the opener finds his own, and copies are by themselves', async () => {
    const order = await submitted('trial_order', { amount: '5.00' })
    const id = order.approvalId!
    expect(await numbers('manager', 'waiting')).toContain(numberOf(order.id))
    expect(await numbers('boss', 'waiting')).not.toContain(numberOf(order.id))
    expect(await numbers('seller', 'mine')).toContain(numberOf(order.id))
    expect(await numbers('helper', 'copied')).toContain(numberOf(order.id))
    await vote('manager', id, 1)
    await vote('manager', id, 2)
    expect(await numbers('manager', 'waiting')).not.toContain(numberOf(order.id))
    expect((await numbers('manager', 'done')).filter((number) => number === numberOf(order.id))).toHaveLength(1)
    expect(await numbers('boss', 'done')).not.toContain(numberOf(order.id))
  })

  test('shows what is asked, why, and what I may do', async () => {
    const order = await submitted('trial_order', { amount: '6243.64', margin: '21.15' })
    const [row] = (await inbox('manager', 'waiting')).rows
    expect(row).toMatchObject({
      documentNumber: numberOf(order.id),
      link: `/trial_order/${order.id}`,
      openedBy: { name: 'seller' },
      summary: [
        { label: '客户', value: '宏达装饰' },
        { label: '金额', value: '¥6,243.64' },
        { label: '毛利率', value: '21.15%' },
      ],
      mine: { step: 1, insteadOf: null, dueAt: later(48).toISOString() },
      can: ['approve', 'reject', 'return'],
    })
    expect((await inbox('seller', 'mine')).rows[0]?.summary.map((line) => line.key)).toEqual(['customer', 'amount'])
  })

  test('is paged to its end without a gap or a repeat, and counts what waits', async () => {
    for (let i = 0; i < 5; i++) await submitted('trial_order', {})
    const all = await numbers('manager', 'waiting')
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await inbox('manager', 'waiting', { limit: 2, cursor })
      expect(page.waiting).toBe(all.length)
      paged.push(...page.rows.map((row) => row.documentNumber))
      cursor = page.cursor ?? undefined
    } while (cursor)
    expect(paged).toEqual(all)
    await expect(inbox('manager', 'waiting', { cursor: 'nonsense' })).rejects.toThrow('malformed')
  })

  test('is searched by number', async () => {
    const order = await submitted('trial_order', {})
    expect(await numbers('manager', 'waiting', { q: numberOf(order.id).toLowerCase() })).toEqual([numberOf(order.id)])
    expect(await numbers('manager', 'waiting', { q: '100%' })).toEqual([])
  })
})

test('a copy is read once its receiver says so', async () => {
  const { approvalId } = await submitted('trial_order', {})
  await perform(as('helper'), approvalsActions.markRead, { id: approvalId! })
  const tasks = await db.approvalTask.findMany({ where: { approvalId: approvalId!, kind: 'copy' } })
  const stateOf = (isHelper: boolean) => tasks.find((task) => (task.assigneeId === ids.helper) === isHelper)?.state
  expect([tasks.length, stateOf(true), stateOf(false)]).toEqual([2, 'read', 'waiting'])
  await vote('manager', approvalId!, 1)
  expect(
    (await db.approvalTask.findFirstOrThrow({ where: { approvalId: approvalId!, assigneeId: ids.helper } })).state,
  ).toBe('read')
})

describe('the clock', () => {
  test('asks a deputy as soon as the absence begins, and takes it from him when it ends', async () => {
    const { approvalId } = await submitted('trial_order', {})
    deputies.set('manager', 'helper')
    await runClock(as('boss', at('09:01')))
    expect(await waitsFor(approvalId!)).toEqual(['helper', 'manager'])
    expect((await toldOf(approvalId!)).at(-1)).toMatchObject({
      name: 'approvals.step-started',
      body: { to: [{ personId: ids.helper, insteadOf: ids.manager }] },
    })
    const told = await toldOf(approvalId!)
    await runClock(as('boss', at('09:02')))
    expect(await toldOf(approvalId!)).toEqual(told)
    deputies.clear()
    await runClock(as('boss', at('09:03')))
    expect(await waitsFor(approvalId!)).toEqual(['manager'])
  })

  test('reminds as the flow says, then escalates to the manager of those who are waited for', async () => {
    const { approvalId } = await submitted('trial_order', {})
    const names = async () => (await toldOf(approvalId!)).map((fact) => fact.name)
    await runClock(as('boss', later(3)))
    expect(await names()).not.toContain('approvals.reminded')
    await runClock(as('boss', later(4)))
    await runClock(as('boss', later(4)))
    expect((await names()).filter((name) => name === 'approvals.reminded')).toHaveLength(1)
    await runClock(as('boss', later(49)))
    expect(await waitsFor(approvalId!)).toEqual(['boss', 'manager'])
    expect((await toldOf(approvalId!)).find((fact) => fact.name === 'approvals.escalated')?.body).toMatchObject({
      from: [ids.manager],
      to: [ids.boss],
    })
  })
})

test('the opener may hurry them, and is told when it is too soon', async () => {
  const { approvalId } = await submitted('trial_order', {})
  await perform(as('seller', at('10:00')), approvalsActions.remind, { id: approvalId! })
  expect((await toldOf(approvalId!)).at(-1)).toMatchObject({
    name: 'approvals.reminded',
    body: { to: [ids.manager], by: 'opener' },
  })
  await expect(perform(as('seller', at('10:05')), approvalsActions.remind, { id: approvalId! })).rejects.toThrow(
    'reminded_lately',
  )
})

test('whom a rule wants to know is told', async () => {
  const action = { do: 'notify', to: [{ role: 'finance' }, { managerOf: 'owner', levels: 1 }], words: { zh: '请知悉' } }
  await publishedRule({
    key: 'tell',
    revision: 0,
    name: { zh: '知会' },
    document: 'trial_order',
    event: 'submit',
    condition: { field: 'rush', is: 'eq', value: true },
    actions: [action],
  })
  const { id } = await submitted('trial_order', { rush: true })
  await perform(
    as('seller'),
    async (tx, caller) => {
      const fired = await decide(tx, { document: 'trial_order', event: 'submit', facts: { rush: true } })
      await tellFired(tx, caller, {
        document: 'trial_order',
        documentId: id,
        documentNumber: 'T-1',
        ownerId: ids.seller,
        fired,
      })
    },
    undefined,
  )
  const notice = await db.event.findFirstOrThrow({ where: { name: 'approvals.rule-notice' } })
  expect(notice.body).toMatchObject({ documentId: id, to: [ids.director, ids.manager], words: { zh: '请知悉' } })
})
