import { beforeAll, expect, test } from 'vitest'
import { Refusal } from '#contract'
import { db } from '#kernel/db'
import { perform } from '#kernel/perform'
import {
  as,
  at,
  brokenInvariants,
  later,
  openCompany,
  type PersonName,
  publishedFlow,
  submitted,
  toldOf,
} from '../../test/approval-company.ts'
import { runClock } from './clock.ts'
import { approvalsActions } from './index.ts'

const rounds = 20

beforeAll(async () => {
  openCompany()
  const flow = (key: string, sign: string, document: string) => ({
    key,
    revision: 0,
    name: { zh: key },
    document,
    move: 'submit',
    always: true,
    nodes: [
      {
        kind: 'approve',
        name: { zh: key },
        sign,
        approvers: [{ role: 'leaders' }],
        limit: { hours: 1, remindEveryHours: 0.5, then: 'pass' },
      },
    ],
  })
  await publishedFlow(flow('any_leader', 'any', 'trial_order'))
  await publishedFlow(flow('all_leaders', 'all', 'trial_purchase'))
})

/** What came of a press: its outcome, or the code by which it was refused. */
async function press(name: PersonName, id: string, choice: 'approve' | 'reject'): Promise<string> {
  try {
    const ballot = { id, step: 0, choice, comment: 'because' }
    return (await perform(as(name, at('09:10')), approvalsActions.vote, ballot)).outcome
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

async function decisionsOn(id: string): Promise<{ state: string; settled: number; votes: number }> {
  const approval = await db.approval.findUniqueOrThrow({ where: { id } })
  const [step] = approval.steps as { votes: object[] }[] // as the store wrote them
  const told = await toldOf(id)
  return {
    state: approval.state,
    settled: told.filter((fact) => fact.name === 'approvals.settled').length,
    votes: step?.votes.length ?? 0,
  }
}

test(
  'two approvers, any of whom is enough, press at the same moment: one decides, the other is told so',
  { timeout: 60_000 },
  async () => {
    for (let round = 0; round < rounds; round++) {
      const { approvalId } = await submitted('trial_order', {})
      const outcomes = await Promise.all([
        press('boss', approvalId!, 'approve'),
        press('manager', approvalId!, round % 2 ? 'reject' : 'approve'),
      ])
      expect(outcomes.sort()).toEqual(['approval_settled', 'settled'])
      expect(await decisionsOn(approvalId!)).toMatchObject({ settled: 1, votes: 1 })
    }
  },
)

test(
  'three approvers, all of whom are needed, press at the same moment: all count, and it is settled once',
  { timeout: 60_000 },
  async () => {
    for (let round = 0; round < rounds; round++) {
      const { approvalId } = await submitted('trial_purchase', {})
      const outcomes = await Promise.all(
        (['boss', 'manager', 'director'] as const).map((name) => press(name, approvalId!, 'approve')),
      )
      expect(outcomes.sort()).toEqual(['counted', 'counted', 'settled'])
      expect(await decisionsOn(approvalId!)).toEqual({ state: 'approved', settled: 1, votes: 3 })
    }
  },
)

test('a double tap counts once', async () => {
  const { approvalId } = await submitted('trial_purchase', {})
  const outcomes = await Promise.all([press('boss', approvalId!, 'approve'), press('boss', approvalId!, 'approve')])
  expect(outcomes.sort()).toEqual(['counted', 'repeated'])
  expect(await decisionsOn(approvalId!)).toMatchObject({ votes: 1, state: 'open' })
})

test('the opener withdraws while an approver agrees: one of the two, never both', async () => {
  for (let round = 0; round < rounds; round++) {
    const { approvalId } = await submitted('trial_order', {})
    const id = approvalId!
    const back = perform(as('seller', at('09:10')), approvalsActions.withdraw, { id }).then(
      () => 'withdrawn',
      (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
    )
    const outcomes = await Promise.all([press('boss', id, 'approve'), back])
    const { state, settled } = await decisionsOn(id)
    expect(settled).toBe(1)
    expect(outcomes).toEqual(state === 'approved' ? ['settled', 'approval_settled'] : ['approval_settled', 'withdrawn'])
  }
})

test('two clocks at once remind once, and pass once', async () => {
  const { approvalId } = await submitted('trial_order', {})
  const count = async (name: string) => (await toldOf(approvalId!)).filter((fact) => fact.name === name).length
  await Promise.all([runClock(as('boss', later(0.6))), runClock(as('boss', later(0.6)))])
  expect(await count('approvals.reminded')).toBe(1)
  await Promise.all([runClock(as('boss', later(1.1))), runClock(as('boss', later(1.1)))])
  expect(await count('approvals.settled')).toBe(1)
  expect((await decisionsOn(approvalId!)).state).toBe('approved')
})

test('after all of this the invariants hold', async () => {
  expect(await brokenInvariants()).toEqual([])
})
