import { beforeAll, describe, expect, test } from 'vitest'
import { Decimal, Refusal } from '#contract'
import { db } from '#kernel/db'
import { ask, perform } from '#kernel/perform'
import { approvalsActions } from '#server/engines/approvals'
import { forgetDocument } from '#server/engines/forms'
import { as, designer, openCompany, publishedFlow, publishedRule } from '../../test/approval-company.ts'
import { RuleDraft } from './contract.ts'
import { decide, rulesActions } from './index.ts'

beforeAll(openCompany)

const about = { revision: 0, document: 'trial_order', event: 'submit', name: { zh: '规则', en: 'Rule' } }
const over90 = { field: 'creditUsed', is: 'gt', value: 90 }
const warn = { do: 'warn', words: { zh: '注意', en: 'Mind' } }
const decided = (facts: Record<string, unknown>) => decide(db, { document: 'trial_order', event: 'submit', facts })
const save = (draft: object) => perform(designer(), rulesActions.saveRule, RuleDraft.parse({ ...about, ...draft }))
const refusal = async (promise: Promise<unknown>): Promise<Refusal> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Refusal) return error
  throw new Error(`no refusal but ${String(error)}`)
}

describe('a rule', () => {
  test('fires when its condition holds, with the clauses that decided and their figures, in the order of position', async () => {
    await publishedRule({ ...about, key: 'second', position: 2, condition: over90, actions: [warn] })
    await publishedRule({
      ...about,
      key: 'first',
      position: 1,
      condition: {
        any: [
          { field: 'rush', is: 'eq', value: true },
          { all: [over90, { field: 'margin', is: 'lt', than: 'floor' }] },
        ],
      },
      actions: [{ do: 'block', words: { zh: '不行' } }],
    })
    const fired = await decided({
      creditUsed: new Decimal('92.8436'),
      margin: new Decimal('21.146'),
      floor: new Decimal(22),
    })
    expect(fired).toEqual([
      {
        rule: 'first',
        version: 1,
        name: about.name,
        because: [
          { field: 'creditUsed', is: 'gt', actual: '92.84', limit: 90, held: true },
          { field: 'margin', is: 'lt', actual: '21.15', limit: '22.00', held: true },
        ],
        actions: [{ do: 'block', words: { zh: '不行' } }],
      },
      expect.objectContaining({ rule: 'second', actions: [warn] }),
    ])
  })

  test('compares exact figures, not the rounded ones it shows', async () => {
    expect((await decided({ creditUsed: new Decimal('90.001') })).map((rule) => rule.rule)).toEqual(['second'])
    expect(await decided({ creditUsed: new Decimal('90') })).toEqual([])
  })

  test('looks at the fields that the company has added itself', async () => {
    await db.ownField.create({
      data: {
        document: 'trial_order',
        key: 'colour',
        position: 0,
        field: { key: 'colour', kind: 'text', label: { zh: '颜色' }, place: 'document' },
      },
    })
    await expect(
      save({ key: 'own', condition: { field: 'custom.size', is: 'filled' }, actions: [warn] }),
    ).rejects.toThrow('definition_unfit')
    forgetDocument('trial_order')
    await publishedRule({
      ...about,
      key: 'own',
      condition: { field: 'custom.colour', is: 'contains', value: '红' },
      actions: [warn],
    })
    expect((await decided({ custom: { colour: '大红' } })).map((rule) => rule.because[0])).toEqual([
      { field: 'custom.colour', is: 'contains', actual: '大红', limit: '红', held: true },
    ])
    await perform(designer(), rulesActions.retireRule, { key: 'own' })
  })
})

describe('what is saved', () => {
  test('is checked: fields, operators, actions and the move, each told at its place', async () => {
    const { code, issues } = await refusal(
      save({
        key: 'bad',
        event: 'fly',
        condition: { all: [{ field: 'gone', is: 'filled' }] },
        actions: [{ do: 'block' }, { do: 'dance' }, { ...warn, more: 1 }],
      }),
    )
    expect(code).toBe('definition_unfit')
    expect(issues.map((issue) => issue.field)).toEqual([
      'actions.0.words',
      'actions.1.do',
      'actions.2',
      'event',
      'condition.all.0.field',
    ])
  })

  test('is not in force before it is published, and not after it is retired', async () => {
    const draft = await save({ key: 'later', condition: { field: 'rush', is: 'eq', value: true }, actions: [warn] })
    expect(await decided({ rush: true })).toMatchObject([{ rule: 'first' }])
    await perform(designer(), rulesActions.publishRule, { key: 'later', revision: draft.revision })
    expect(await decided({ rush: true })).toHaveLength(2)
    await perform(designer(), rulesActions.retireRule, { key: 'later' })
    expect(await decided({ rush: true })).toHaveLength(1)
    expect(await refusal(perform(designer(), rulesActions.retireRule, { key: 'later' }))).toMatchObject({
      code: 'not_found',
    })
  })

  test('never overwrites what one has not seen', async () => {
    const first = await save({ key: 'shared', condition: over90, actions: [warn] })
    const second = await save({
      key: 'shared',
      revision: first.revision,
      condition: over90,
      actions: [warn],
      position: 7,
    })
    expect([second.revision, second.version, second.position]).toEqual([2, 1, 7])
    const stale = [
      () => save({ key: 'shared', condition: over90, actions: [warn] }),
      () => save({ key: 'shared', revision: 1, condition: over90, actions: [warn] }),
      () => perform(designer(), rulesActions.publishRule, { key: 'shared', revision: 1 }),
    ]
    for (const one of stale) expect((await refusal(one())).code).toBe('stale')
  })

  test('becomes a new version in place of the last, which stays as it was', async () => {
    await publishedRule({ ...about, key: 'grows', condition: over90, actions: [warn] })
    await publishedRule({ ...about, key: 'grows', condition: { ...over90, value: 80 }, actions: [warn] })
    const rule = await ask(designer(), rulesActions.rule, { key: 'grows' })
    expect(rule.versions.map(({ version, state }) => [version, state])).toEqual([
      [2, 'published'],
      [1, 'retired'],
    ])
    expect((await ask(designer(), rulesActions.rule, { key: 'grows', version: 1 })).condition).toEqual(over90)
    const inForce = await ask(designer(), rulesActions.rules, { state: 'published', document: 'trial_order' })
    expect(inForce.rules.map(({ key, version }) => [key, version])).toContainEqual(['grows', 2])
    const change = db.$executeRaw`update definition set body = '{}' where kind = 'rule' and key = 'grows' and version = 2`
    await expect(change).rejects.toThrow(/a published definition is not changed/)
    await perform(designer(), rulesActions.retireRule, { key: 'grows' })
  })

  test('may ask only for a flow that is in force, and that flow then stays', async () => {
    const asking = { key: 'asks', condition: over90, actions: [{ do: 'require_approval', flow: 'trial_flow' }] }
    const { revision } = await save(asking)
    const { issues } = await refusal(perform(designer(), rulesActions.publishRule, { key: 'asks', revision }))
    expect(issues.map((issue) => issue.field)).toEqual(['actions.0.flow'])
    await publishedFlow({
      key: 'trial_flow',
      revision: 0,
      name: { zh: '流程' },
      document: 'trial_order',
      move: 'submit',
      nodes: [{ kind: 'approve', name: { zh: '审批' }, sign: 'any', approvers: [{ role: 'manager' }] }],
    })
    await perform(designer(), rulesActions.publishRule, { key: 'asks', revision })
    expect(await refusal(perform(designer(), approvalsActions.retireFlow, { key: 'trial_flow' }))).toMatchObject({
      code: 'flow_in_use',
    })
    await perform(designer(), rulesActions.retireRule, { key: 'asks' })
    await perform(designer(), approvalsActions.retireFlow, { key: 'trial_flow' })
  })

  test('is the business of those who design rules, and of nobody else', async () => {
    for (const caller of [as('seller'), as('director')]) {
      expect((await refusal(ask(caller, rulesActions.rules, {}))).code).toBe('forbidden')
      const draft = RuleDraft.parse({ ...about, key: 'mine', condition: over90, actions: [warn] })
      expect((await refusal(perform(caller, rulesActions.saveRule, draft))).code).toBe('forbidden')
    }
  })
})
