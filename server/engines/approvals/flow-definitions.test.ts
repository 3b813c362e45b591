import { beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '#contract'
import { ask, perform } from '#kernel/perform'
import { as, designer, ids, openCompany, publishedFlow, submitted } from '../../test/approval-company.ts'
import { FlowDraft } from './contract.ts'
import { approvalsActions } from './index.ts'

beforeAll(openCompany)

const about = { key: 'trial', revision: 0, name: { zh: '流程' }, document: 'trial_order', move: 'submit', always: true }
const approve = (approvers: object[]) => ({ kind: 'approve', name: { zh: '审批' }, sign: 'any', approvers })
const branch = (when: object, nodes: object[]) => ({ kind: 'branch', branches: [{ when, nodes }], otherwise: [] })
const issuesOf = async (nodes: object[], more: object = {}): Promise<string[]> => {
  const input = FlowDraft.parse({ ...about, nodes, ...more })
  const error: unknown = await perform(designer(), approvalsActions.saveFlow, input).catch((reason: unknown) => reason)
  return error instanceof Refusal ? error.issues.map((issue) => issue.field) : []
}

describe('a flow is refused', () => {
  test.each<[string, object[]]>([
    ['without a node', []],
    ['with a step that nobody approves', [approve([])]],
    ['with a node that it does not know', [{ kind: 'dance' }]],
    [
      'with a condition nested too deeply',
      [
        branch(
          Array.from({ length: 9 }).reduce((inner: object) => ({ not: inner }), { field: 'rush', is: 'filled' }),
          [],
        ),
      ],
    ],
  ])('%s', (_, nodes) => {
    expect(FlowDraft.safeParse({ ...about, nodes }).success).toBe(false)
  })

  test('with approvers that nobody is, or fields that do not exist, each told at its place', async () => {
    expect(await issuesOf([approve([{ person: ids.left }, { role: 'nobody' }, { role: 'manager' }])])).toEqual([
      'nodes.0.approvers.0.person',
      'nodes.0.approvers.1.role',
    ])
    expect(await issuesOf([branch({ field: 'gone', is: 'filled' }, [approve([{ role: 'nobody' }])])])).toEqual([
      'nodes.0.branches.0.when.field',
      'nodes.0.branches.0.nodes.0.approvers.0.role',
    ])
  })

  test('in front of a move or a document that cannot be approved', async () => {
    expect(await issuesOf([approve([{ role: 'manager' }])], { move: 'fly' })).toEqual(['move'])
    await expect(
      perform(
        designer(),
        approvalsActions.saveFlow,
        FlowDraft.parse({ ...about, document: 'trial_song', nodes: [approve([{ role: 'manager' }])] }),
      ),
    ).rejects.toThrow('not_found')
  })

  test('by whoever does not design flows', async () => {
    await expect(ask(as('seller'), approvalsActions.flows, {})).rejects.toThrow('forbidden')
  })
})

test('a flow is read with all its versions, and stands in front of a move until it is retired', async () => {
  const nodes = [approve([{ role: 'manager' }])]
  await publishedFlow({ ...about, nodes })
  await publishedFlow({ ...about, nodes: [approve([{ role: 'finance' }])] })
  const flow = await ask(designer(), approvalsActions.flow, { key: 'trial' })
  expect(flow.versions.map(({ version, state }) => [version, state])).toEqual([
    [2, 'published'],
    [1, 'retired'],
  ])
  expect((await submitted('trial_order', {})).state).toBe('open')
  await perform(designer(), approvalsActions.retireFlow, { key: 'trial' })
  expect((await submitted('trial_order', {})).approvalId).toBeNull()
})
