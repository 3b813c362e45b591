import { beforeAll, expect, test } from 'vitest'
import { ask, perform } from '#kernel/perform'
import { db } from '#kernel/db'
import {
  as,
  at,
  brokenInvariants,
  deputies,
  ids,
  later,
  openCompany,
  publishedFlow,
  type PersonName,
  submitted,
  toldOf,
  waitsFor,
} from '../../test/approval-company.ts'
import { approvalsActions } from './index.ts'
import { runClock } from './clock.ts'

// As a company would write it: nothing but JSON.
const bigMoney = `{
  "key": "big_money", "revision": 0, "name": { "zh": "大额审批", "en": "Big money" }, "document": "trial_order", "move": "submit", "always": true,
  "nodes": [
    { "kind": "branch",
      "branches": [
        { "when": { "all": [ { "field": "amount", "is": "gte", "value": "10000" },
                             { "any": [ { "field": "rush", "is": "eq", "value": true },
                                        { "not": { "field": "level", "is": "in", "value": ["A", "B"] } } ] } ] },
          "nodes": [
            { "kind": "approve", "name": { "zh": "会签", "en": "Together" }, "sign": "all", "approvers": [ { "managerOf": "owner", "levels": 1 }, { "role": "finance" } ] },
            { "kind": "branch",
              "branches": [ { "when": { "field": "margin", "is": "lt", "than": "floor" },
                              "nodes": [ { "kind": "approve", "name": { "zh": "依次", "en": "In turn" }, "sign": "in_turn",
                                           "approvers": [ { "role": "finance" }, { "managerOf": "opener", "levels": 2 } ],
                                           "limit": { "hours": 24, "remindEveryHours": 8, "then": "pass" } } ] } ],
              "otherwise": [] },
            { "kind": "copy", "to": [ { "role": "sellers" } ] },
            { "kind": "approve", "name": { "zh": "老板", "en": "The boss" }, "sign": "any", "approvers": [ { "role": "leaders" } ],
              "limit": { "hours": 2, "then": "escalate", "to": [ { "person": "${ids.stranger}" } ] } } ] } ],
      "otherwise": [ { "kind": "approve", "name": { "zh": "经理", "en": "The manager" }, "sign": "any", "approvers": [ { "managerOf": "owner", "levels": 1 } ] } ] } ] }`
const strong = { amount: '25000.00', rush: false, level: 'C', margin: '18.00', floor: '22.00' }

beforeAll(async () => {
  openCompany()
  await publishedFlow(JSON.parse(bigMoney))
  await publishedFlow({ ...JSON.parse(bigMoney), key: 'big_purchase', document: 'trial_purchase' })
})

const decision = (id: string, step: number) => ({ id, step, choice: 'approve' as const, comment: '' })
const votes = async (name: PersonName, id: string, step: number, moment = at('10:00')) =>
  (await perform(as(name, moment), approvalsActions.vote, decision(id, step))).outcome

test.each(['trial_order', 'trial_purchase'])(
  'a published flow bound by data alone to %s runs to its end',
  async (document) => {
    deputies.set('director', 'helper')
    const { approvalId } = await submitted(document, strong)
    const id = approvalId!

    // All must sign; the director is away, so his deputy is asked as well, and signs for him.
    expect(await waitsFor(id)).toEqual(['director', 'helper', 'manager'])
    expect(await votes('helper', id, 0)).toBe('counted')
    expect(await waitsFor(id)).toEqual(['manager'])
    expect(await votes('manager', id, 0)).toBe('counted')

    // In turn: back at his desk the director signs himself, then the boss, who does nothing until the limit passes it on.
    deputies.clear()
    await runClock(as('boss', at('10:01')))
    expect(await waitsFor(id)).toEqual(['director'])
    expect(await votes('director', id, 1)).toBe('counted')
    expect(await waitsFor(id)).toEqual(['boss'])
    await runClock(as('boss', later(10)))
    await runClock(as('boss', later(26)))

    // The copies are out, and the last step waits for any of the leaders; after its limit also for the one it escalates to.
    expect(await waitsFor(id)).toEqual(['boss', 'director', 'manager'])
    await runClock(as('boss', later(29)))
    expect(await waitsFor(id)).toEqual(['boss', 'director', 'manager', 'stranger'])
    expect(await votes('stranger', id, 3, later(30))).toBe('settled')

    const view = await ask(as('seller'), approvalsActions.approval, { id })
    expect(view).toMatchObject({ state: 'approved', settledHow: 'votes', settledBy: { name: 'stranger' } })
    expect(view.steps.map((step) => [step.kind, step.passedBy])).toEqual([
      ['approve', 'votes'],
      ['approve', 'time_limit'],
      ['copy', null],
      ['approve', 'votes'],
    ])
    expect(view.steps[0]?.votes[0]).toMatchObject({ by: { name: 'helper' }, insteadOf: [{ name: 'director' }] })
    expect(view.steps[0]?.because.map((words) => words.zh)).toEqual([
      '金额 ¥25,000.00 ≥ ¥10,000',
      '客户等级 C 不属于 A、B',
    ])
    expect(view.steps[2]?.copies.map((person) => person.name).sort()).toEqual(['helper', 'seller'])

    const told = (await toldOf(id)).map((fact) => fact.name)
    expect(told.filter((name) => name === 'approvals.settled')).toHaveLength(1)
    expect(told.filter((name) => name === 'approvals.reminded')).toHaveLength(1)
    expect(told.filter((name) => name === 'approvals.escalated')).toHaveLength(1)
    expect(told.at(0)).toBe('approvals.opened')
    expect(told.at(-1)).toBe('approvals.settled')
  },
)

test('a document that no branch wants otherwise goes the short way', async () => {
  const { approvalId } = await submitted('trial_order', { ...strong, level: 'A' })
  expect(await waitsFor(approvalId!)).toEqual(['manager'])
})

test('what runs keeps the steps it was opened with, whatever is published later', async () => {
  const running = await submitted('trial_order', { ...strong, amount: '100.00' })
  const before = await db.approval.findUniqueOrThrow({ where: { id: running.approvalId! } })
  const { revision: _, ...flow } = JSON.parse(bigMoney)
  const nodes = [{ kind: 'approve', name: { zh: '财务' }, sign: 'any', approvers: [{ role: 'finance' }] }]
  await publishedFlow({ ...flow, revision: 0, nodes })

  expect(await db.approval.findUniqueOrThrow({ where: { id: running.approvalId! } })).toEqual(before)
  expect(await votes('manager', running.approvalId!, 0)).toBe('settled')
  const next = await submitted('trial_order', { ...strong, amount: '100.00' })
  expect(await waitsFor(next.approvalId!)).toEqual(['director'])
  await publishedFlow({ ...flow, revision: 0 })
})

test('the opener is never his own approver: it goes to his manager, and passes where nobody is above', async () => {
  const byManager = await submitted('trial_order', { ...strong, amount: '100.00' }, as('manager'), 'seller')
  expect(await waitsFor(byManager.approvalId!)).toEqual(['boss'])
  const byBoss = await submitted('trial_order', { ...strong, amount: '100.00' }, as('boss'), 'manager')
  expect(byBoss.state).toBe('approved')
})

test('after all of this the invariants hold', async () => {
  expect(await brokenInvariants()).toEqual([])
})
