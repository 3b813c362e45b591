import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '#contract'
import type { VoteAnswer } from '#contract/engines/approvals'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ask, perform } from '#kernel/perform'
import {
  as,
  at,
  brokenInvariants,
  deputies,
  factsNow,
  hidden,
  ids,
  openCompany,
  type PersonName,
  publishedFlow,
  publishedRule,
  submitted,
  toldOf,
  waitsFor,
} from '../../test/approval-company.ts'
import { approvalInvariants, approvalsActions, closeApprovals } from './index.ts'

beforeAll(async () => {
  openCompany()
  const about = { revision: 0, document: 'trial_order' }
  const approve = (role: string, sign: string) => ({ kind: 'approve', name: { zh: role }, sign, approvers: [{ role }] })
  await publishedFlow({
    ...about,
    key: 'credit',
    name: { zh: '信用审批' },
    move: 'submit',
    nodes: [approve('finance', 'any'), approve('manager', 'any')],
  })
  await publishedFlow({
    ...about,
    key: 'margin',
    name: { zh: '毛利审批' },
    move: 'submit',
    nodes: [approve('leaders', 'all'), approve('finance', 'any')],
  })
  await publishedRule({
    ...about,
    key: 'credit_over_90',
    name: { zh: '信用额度超过 90%', en: 'Credit over 90%' },
    event: 'submit',
    position: 1,
    condition: { field: 'creditUsed', is: 'gt', value: 90 },
    actions: [{ do: 'require_approval', flow: 'credit' }],
  })
  await publishedRule({
    ...about,
    key: 'margin_below_floor',
    name: { zh: '毛利低于下限', en: 'Margin below the floor' },
    event: 'submit',
    position: 2,
    condition: { field: 'margin', is: 'lt', than: 'floor' },
    actions: [{ do: 'require_approval', flow: 'margin' }],
  })
})
beforeEach(() => deputies.clear())

const overLimit = { amount: '6243.64', creditUsed: '92.84', margin: '30', floor: '22' }

/** An approval that waits for the director because of credit. */
async function waiting(facts = overLimit) {
  const { id, approvalId } = await submitted('trial_order', facts)
  return { documentId: id, id: approvalId! }
}
const vote = (name: PersonName, id: string, more: object = {}): Promise<VoteAnswer> =>
  perform(as(name, at('10:00')), approvalsActions.vote, { id, step: 0, choice: 'approve', comment: '', ...more })
const refusal = async (promise: Promise<unknown>): Promise<Refusal> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Refusal) return error
  throw new Error(`no refusal but ${String(error)}`)
}

test('without a rule that asks, nothing is opened', async () => {
  expect(await submitted('trial_order', { ...overLimit, creditUsed: '90' })).toMatchObject({
    approvalId: null,
    state: 'confirmed',
  })
})

test('the flows of all rules that fired ask one after the other, and nobody is asked the same twice', async () => {
  const { id } = await waiting({ ...overLimit, margin: '21.15' })
  const view = await ask(as('director'), approvalsActions.approval, { id })
  expect(view.steps.map((step) => step.name.zh)).toEqual(['finance', 'manager', 'leaders'])
  expect(view.reasons.map((reason) => reason.clauses[0]?.words.zh)).toEqual([
    '信用额度使用 92.84% > 90%',
    '毛利率 21.15% < 22%',
  ])
})

describe('a vote', () => {
  test('counts, keeps the facts that were seen, and hands on to the next step', async () => {
    const { id } = await waiting()
    const { outcome, approval } = await vote('director', id, { comment: '注意回款' })
    expect(outcome).toBe('counted')
    expect(approval.steps[0]?.votes[0]).toMatchObject({ comment: '注意回款', via: 'h5', reasons: approval.reasons })
    expect(await waitsFor(id)).toEqual(['manager'])
    expect((await vote('manager', id, { step: 1 })).outcome).toBe('settled')
    expect((await toldOf(id)).at(-1)).toMatchObject({
      name: 'approvals.settled',
      body: { outcome: 'approved', by: ids.manager, how: 'votes' },
    })
  })

  test('pressed twice, is harmless; pressed otherwise, is refused', async () => {
    const { id } = await waiting()
    await vote('director', id)
    const told = await toldOf(id)
    expect((await vote('director', id)).outcome).toBe('repeated')
    expect(await toldOf(id)).toEqual(told)
    const no = await refusal(vote('director', id, { choice: 'reject', comment: '不行' }))
    expect([no.code, no.say('zh')]).toEqual(['step_passed', '这一步已经办完，请看最新的进度'])
  })

  test('too late, is told what became of it, by whom and when', async () => {
    const { id } = await waiting()
    await vote('director', id, { choice: 'reject', comment: '先回款' })
    const late = await refusal(vote('manager', id, { step: 1 }))
    expect(late.say('zh')).toBe('这张审批现在不需要你处理')
    deputies.set('director', 'boss')
    const running = await waiting()
    await vote('boss', running.id)
    await perform(as('manager', at('11:02')), approvalsActions.vote, {
      id: running.id,
      step: 1,
      choice: 'reject',
      comment: '毛利太低',
    })
    const told = await refusal(vote('boss', running.id, { step: 1 }))
    expect(told).toMatchObject({ code: 'approval_settled', facts: { state: 'rejected', byId: ids.manager } })
    expect([told.say('zh'), told.say('en')]).toEqual([
      '这张审批已于 2026-11-02 11:02 由manager拒绝，不用再处理',
      'This approval was rejected by manager at 2026-11-02 11:02; nothing is left to do',
    ])
  })

  test('by somebody who was never asked, is refused and tells him nothing', async () => {
    const { id } = await waiting()
    expect(await refusal(vote('stranger', id))).toMatchObject({ code: 'not_your_turn', status: 403, facts: {} })
    expect(await refusal(ask(as('stranger'), approvalsActions.approval, { id }))).toMatchObject({ code: 'not_found' })
    expect(await refusal(ask(as('stranger'), approvalsActions.approval, { id: newId() }))).toMatchObject({
      code: 'not_found',
    })
  })

  test('by a deputy counts as long as the absence lasts', async () => {
    const { id } = await waiting()
    deputies.set('director', 'helper')
    const { approval } = await vote('helper', id)
    expect(approval.steps[0]?.votes[0]?.insteadOf).toEqual([{ id: ids.director, name: 'director' }])
    expect(await refusal(vote('director', id))).toMatchObject({ code: 'step_passed' })

    const other = await waiting()
    deputies.clear()
    expect(await refusal(vote('helper', other.id))).toMatchObject({ code: 'not_your_turn' })
  })

  test('hands on to those of the next step and to who stands in for them', async () => {
    deputies.set('manager', 'boss')
    const { id } = await waiting()
    await vote('director', id)
    expect(await waitsFor(id)).toEqual(['boss', 'manager'])
    expect((await toldOf(id)).at(-1)).toMatchObject({
      name: 'approvals.step-started',
      body: { to: [{ personId: ids.manager }, { personId: ids.boss, insteadOf: ids.manager }] },
    })
  })

  test('to reject or to return says why', async () => {
    const { id } = await waiting()
    expect(await refusal(vote('director', id, { choice: 'reject' }))).toMatchObject({
      code: 'comment_needed',
      status: 422,
    })
    const back = await perform(as('director', at('10:00')), approvalsActions.returnToOpener, {
      id,
      step: 0,
      comment: '请补合同',
    })
    expect(back).toMatchObject({ outcome: 'settled', approval: { state: 'returned', stateLabel: { zh: '已退回' } } })
  })
})

describe('facts that have changed since', () => {
  test('so that nobody need be asked: an agreement settles it, and the answer says what the figures are now', async () => {
    const { id, documentId } = await waiting()
    factsNow.set(documentId, { ...overLimit, creditUsed: '89.84' })
    const { outcome, approval, changes } = await vote('director', id)
    expect(outcome).toBe('no_longer_needed')
    expect(approval).toMatchObject({ state: 'approved', settledHow: 'not_needed', settledBy: { name: 'director' } })
    expect(changes).toMatchObject([
      {
        rule: 'credit_over_90',
        fires: false,
        before: [{ zh: '信用额度使用 92.84% > 90%' }],
        now: [{ zh: '信用额度使用 89.84% ≤ 90%' }],
      },
    ])
    expect((await vote('director', id)).outcome).toBe('repeated')
  })

  test('so that of those who are left nobody need be asked: an agreement settles it, and what was agreed before stays', async () => {
    const { id, documentId } = await waiting({ ...overLimit, margin: '21.15' })
    await vote('director', id)
    await vote('manager', id, { step: 1 })
    factsNow.set(documentId, overLimit)
    const { outcome, approval, changes } = await vote('boss', id, { step: 2 })
    expect([outcome, approval.state, changes.map((change) => change.rule)]).toEqual([
      'no_longer_needed',
      'approved',
      ['margin_below_floor'],
    ])
  })

  test('so that what was agreed before is worse now: he is asked again', async () => {
    const { id, documentId } = await waiting({ ...overLimit, margin: '21.15' })
    await vote('director', id)
    await vote('manager', id, { step: 1 })
    factsNow.set(documentId, { ...overLimit, creditUsed: '95' })
    expect((await vote('boss', id, { step: 2 })).outcome).toBe('facts_changed')
  })

  test('so that nobody need be asked: a no is asked again, and then counts', async () => {
    const { id, documentId } = await waiting()
    factsNow.set(documentId, { ...overLimit, creditUsed: '89.84' })
    const no = { choice: 'reject', comment: '客户信誉差' }
    expect(await vote('director', id, no)).toMatchObject({
      outcome: 'facts_changed',
      approval: { state: 'open', reasons: [] },
    })
    expect(await vote('director', id, no)).toMatchObject({ outcome: 'settled', approval: { state: 'rejected' } })
  })

  test('for the worse: the vote does not count, the new facts are shown, and he is asked again', async () => {
    const { id, documentId } = await waiting()
    factsNow.set(documentId, { ...overLimit, creditUsed: '98.5' })
    const first = await vote('director', id, { factsVersion: 1 })
    expect(first).toMatchObject({
      outcome: 'facts_changed',
      approval: { state: 'open', factsVersion: 2, mine: { step: 0 } },
    })
    expect(first.changes).toMatchObject([
      { before: [{ zh: '信用额度使用 92.84% > 90%' }], now: [{ zh: '信用额度使用 98.50% > 90%' }], fires: true },
    ])
    expect((await toldOf(id)).at(-1)?.name).toBe('approvals.changed')

    expect((await vote('director', id, { factsVersion: 1 })).outcome).toBe('facts_changed')
    const second = await vote('director', id, { factsVersion: 2 })
    expect(second.outcome).toBe('counted')
    expect(second.approval.steps[0]?.votes[0]?.reasons[0]?.clauses[0]?.actual).toBe('98.50%')
  })

  test('for the better, yet not enough: the vote counts', async () => {
    const { id, documentId } = await waiting()
    factsNow.set(documentId, { ...overLimit, creditUsed: '91' })
    expect((await vote('director', id)).outcome).toBe('counted')
  })

  test('so that another rule fires as well: he is asked again', async () => {
    const { id, documentId } = await waiting()
    factsNow.set(documentId, { ...overLimit, margin: '10' })
    const { outcome, changes } = await vote('director', id)
    expect([outcome, changes.map((change) => [change.rule, change.before])]).toEqual([
      'facts_changed',
      [['margin_below_floor', null]],
    ])
  })
})

describe('who sees what', () => {
  test('figures of fields that he may not read are in nothing a seller gets', async () => {
    const { id } = await waiting({ ...overLimit, margin: '21.15' })
    await vote('director', id)
    const answers = [
      await ask(as('seller'), approvalsActions.approval, { id }),
      await ask(as('seller'), approvalsActions.inbox, { box: 'mine', limit: 30 }),
    ]
    expect(JSON.stringify(answers)).not.toContain('21.15')
    expect(JSON.stringify(answers)).toContain('92.84')
    expect(JSON.stringify(await ask(as('manager'), approvalsActions.approval, { id }))).toContain('21.15')
  })

  test('all approvals are read only by those who may, and of documents that they may read', async () => {
    const { id, documentId } = await waiting()
    const auditor = as('stranger', at('10:00'), ['approval.read_all'])
    expect((await ask(auditor, approvalsActions.approval, { id })).can).toEqual(['read_document'])
    hidden.add(documentId)
    expect(await refusal(ask(auditor, approvalsActions.approval, { id }))).toMatchObject({ code: 'not_found' })
    expect((await ask(as('director'), approvalsActions.approval, { id })).can).toEqual(['approve', 'reject', 'return'])
  })

  test('without the right to vote nobody decides', async () => {
    const { id } = await waiting()
    const caller = { ...as('director'), rights: { ...as('director').rights, actions: new Set<string>() } }
    expect(
      await refusal(perform(caller, approvalsActions.vote, { id, step: 0, choice: 'approve', comment: '' })),
    ).toMatchObject({ code: 'forbidden' })
  })
})

describe('taking it back', () => {
  test('the opener may, and nobody else', async () => {
    const { id } = await waiting()
    expect(await refusal(perform(as('director'), approvalsActions.withdraw, { id }))).toMatchObject({
      code: 'only_opener',
    })
    expect((await perform(as('seller'), approvalsActions.withdraw, { id })).approval.state).toBe('withdrawn')
    expect((await perform(as('seller'), approvalsActions.withdraw, { id })).approval.state).toBe('withdrawn')
    expect(await waitsFor(id)).toEqual([])
    expect((await toldOf(id)).filter((fact) => fact.name === 'approvals.settled')).toHaveLength(1)
  })

  test('the document itself may be taken away from under it, and a new one opened then', async () => {
    const { id, documentId } = await waiting()
    await perform(as('boss'), closeApprovals, { document: 'trial_order', documentId })
    await perform(as('boss'), closeApprovals, { document: 'trial_order', documentId })
    expect(await ask(as('seller'), approvalsActions.approval, { id })).toMatchObject({
      state: 'withdrawn',
      settledBy: { name: 'boss' },
    })
  })
})

test('the database itself refuses to change a settled approval, or to open a second one', async () => {
  const { id } = await waiting()
  const row = await db.approval.findUniqueOrThrow({ where: { id } })
  const again = db.$executeRaw`insert into approval select ${newId()}::uuid, flows, document, document_id, document_number, move, state, step, steps,
    facts, facts_version, summary, opened_by, opened_at, settled_at, settled_by, settled_how, wake_at, version from approval where id = ${id}::uuid`
  await expect(again).rejects.toThrow(/approval_one_open/)
  await perform(as('seller'), approvalsActions.withdraw, { id })
  const reopened = db.$executeRaw`update approval set state = 'open', settled_at = null, settled_by = null, settled_how = null where id = ${id}::uuid`
  await expect(reopened).rejects.toThrow(/a settled approval is not changed/)
  expect(row.state).toBe('open')
})

test('the invariants hold, and a second decision in a step would be found', async () => {
  expect(await brokenInvariants()).toEqual([])
  const { id } = await waiting()
  await vote('director', id)
  const { steps } = await db.approval.findUniqueOrThrow({ where: { id } })
  const [first, ...rest] = steps as { votes: object[] }[] // as the store wrote them
  const planted = { ...first, votes: [...(first?.votes ?? []), ...(first?.votes ?? [])] }
  await db.approval.update({ where: { id }, data: { steps: [planted, ...rest] as never } }) // Prisma's type of a jsonb value
  expect(await approvalInvariants[0]?.find(db)).toMatchObject({
    id,
    document: 'approval',
    detail: 'step 0: somebody has voted twice',
  })
  await db.approval.update({ where: { id }, data: { steps: steps as never } }) // as above
})
