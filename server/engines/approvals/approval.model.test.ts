import { describe, expect, test } from 'vitest'
import { Refusal } from '#contract'
import type { Reason } from '#contract/engines/rules'
import { type Approval, type Asked, close, delegate, open, remind, showFacts, tick, vote, voteUnneeded, wakeAt, withdraw } from './approval.model.ts'
import { type ApproveStep, type CopyStep, type Limit, seatFor, type Step } from './step.model.ts'
import { canOf, tasksOf, waitedFor } from './task.model.ts'

const people = ['opener', 'ann', 'bob', 'cas', 'dee', 'stranger']
const morning = '2026-11-02T01:00:00.000Z'
const nextWeek = '2026-11-09T01:00:00.000Z'
const credit: Reason = {
  rule: 'credit',
  version: 1,
  name: { zh: '信用' },
  because: [{ field: 'used', is: 'gt', actual: '92.84', limit: 90, held: true }],
}

const approveStep = (sign: ApproveStep['sign'], approvers: string[], limit: Limit | null = null): ApproveStep => ({
  kind: 'approve',
  name: { zh: '审批' },
  sign,
  seats: approvers.map(seatFor),
  votes: [],
  limit,
  because: [],
  startedAt: null,
  remindedAt: null,
  escalatedAt: null,
  passedBy: null,
})
const copyStep = (...to: string[]): CopyStep => ({ kind: 'copy', to, because: [], startedAt: null })
const limit = (then: Limit['then'], escalateTo: string[] = []): Limit => ({ hours: 24, remindEveryHours: 8, then, escalateTo })

const asked = (...steps: Step[]): Asked => ({
  id: 'approval',
  flows: [{ key: 'flow', version: 1, always: false }],
  document: 'order',
  documentId: 'document',
  documentNumber: 'SO1',
  move: 'submit',
  steps,
  facts: [credit],
  summary: { values: {}, names: {} },
  openedBy: 'opener',
  openedAt: morning,
})

const shapes: Record<string, Step[]> = {
  'any of two': [approveStep('any', ['ann', 'bob'])],
  'all of three': [approveStep('all', ['ann', 'bob', 'cas'])],
  'two in turn': [approveStep('in_turn', ['ann', 'bob'])],
  'copies between two steps': [copyStep('dee'), approveStep('any', ['ann']), copyStep('opener', 'cas'), approveStep('all', ['bob', 'cas'])],
  'a step with nobody between two': [approveStep('any', ['ann', 'bob']), approveStep('all', []), approveStep('in_turn', ['cas', 'ann'])],
  'a limit that escalates': [approveStep('all', ['ann', 'bob'], limit('escalate', ['cas'])), approveStep('any', ['dee'])],
  'a limit in turn that escalates to one who is asked': [approveStep('in_turn', ['ann', 'bob', 'cas'], limit('escalate', ['cas']))],
  'a limit that passes': [approveStep('any', ['ann'], limit('pass')), approveStep('any', ['bob'], limit('pass'))],
  'a limit that rejects': [approveStep('in_turn', ['ann', 'bob'], limit('reject'))],
  'nobody to ask at all': [copyStep('cas'), approveStep('any', [])],
}

type Act = { name: string; by: string; run: (approval: Approval) => Approval }

/** Everything that everybody may try in a shape of so many steps. */
function everyAct(steps: number): Act[] {
  const votes = people.flatMap((by) =>
    Array.from({ length: steps }, (_, step) => step).flatMap((step) =>
      (['approve', 'reject', 'return'] as const).map((choice): Act => {
        const ballot = { step, choice, comment: 'because', via: 'h5' }
        return { name: `${by} ${choice} ${step}`, by, run: (approval) => vote(approval, by, ballot, morning) }
      }),
    ),
  )
  const unneeded = people.map((by): Act => {
    const ballot = { step: 0, choice: 'approve' as const, comment: '', via: 'h5' }
    return { name: `${by} agrees unneeded`, by, run: (approval) => voteUnneeded(approval, by, ballot, morning) }
  })
  const withdrawals = people.map((by): Act => ({ name: `${by} withdraws`, by, run: (approval) => withdraw(approval, by, morning) }))
  const house: Act[] = [
    { name: 'the clock comes by', by: 'clock', run: (approval) => tick(approval, 'clock', nextWeek).approval },
    { name: 'dee stands in for ann', by: 'clock', run: (approval) => delegate(approval, new Map([['ann', 'dee']])) },
    { name: 'bob stands in for ann', by: 'clock', run: (approval) => delegate(approval, new Map([['ann', 'bob']])) },
    { name: 'the opener stands in for bob', by: 'clock', run: (approval) => delegate(approval, new Map([['bob', 'opener']])) },
    { name: 'the document is taken away', by: 'clock', run: (approval) => close(approval, 'clock', morning) },
  ]
  return [...votes, ...unneeded, ...withdrawals, ...house]
}

type Edge = { from: Approval; act: Act; to: Approval | null; refusal: string | null }

/** Tries every act in every state that can be reached. */
function explore(steps: Step[]): { states: Approval[]; edges: Edge[] } {
  const first = open(asked(...steps))
  const states = new Map([[JSON.stringify(first), first]])
  const edges: Edge[] = []
  const acts = everyAct(steps.length)
  for (const from of states.values())
    for (const act of acts) {
      const edge = attempt(from, act)
      edges.push(edge)
      if (edge.to && !states.has(JSON.stringify(edge.to))) states.set(JSON.stringify(edge.to), edge.to)
    }
  return { states: [...states.values()], edges }
}

function attempt(from: Approval, act: Act): Edge {
  try {
    return { from, act, to: act.run(from), refusal: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { from, act, to: null, refusal: error.code }
  }
}

describe.each(Object.entries(shapes))('in every reachable state of %s', (_, steps) => {
  const { states, edges } = explore(steps)
  const changes = edges.filter((edge) => edge.to !== null && edge.to !== edge.from)

  test('an act leads to a state or is refused by a known code', () => {
    const codes = new Set(edges.map((edge) => edge.refusal).filter((code) => code !== null))
    for (const code of codes)
      expect(['approval_settled', 'step_passed', 'not_your_turn', 'seat_taken', 'already_voted', 'only_opener']).toContain(code)
    expect(states.length).toBeGreaterThan(0)
  })

  test('a settled approval never changes again', () => {
    for (const { from, act } of changes) expect(from.state, act.name).toBe('open')
  })

  test('the step never goes back, and no step before it is ever touched again', () => {
    for (const { from, act, to } of changes) {
      expect(to!.step, act.name).toBeGreaterThanOrEqual(from.step)
      expect(to!.steps.slice(0, from.step), act.name).toEqual(from.steps.slice(0, from.step))
    }
  })

  test('somebody is waited for exactly while it is open', () => {
    for (const state of states) expect(waitedFor(state).length > 0, JSON.stringify(state)).toBe(state.state === 'open')
  })

  test('whoever is waited for may decide each way, and nobody else may decide at all', () => {
    for (const state of states)
      for (const by of people)
        for (const choice of ['approve', 'reject', 'return'] as const) {
          const { to } = attempt(state, { name: '', by, run: (one) => vote(one, by, { step: one.step, choice, comment: 'x', via: 'h5' }, morning) })
          const counted = to !== null && to !== state
          expect(counted).toBe(canOf(state, by).includes(choice))
        }
  })

  test('the opener never decides', () => {
    for (const { from, act } of changes) if (act.by === 'opener') expect(act.name, JSON.stringify(from)).toContain('withdraws')
  })

  test('the opener may withdraw exactly while it is open, and it then waits for nobody', () => {
    for (const state of states) {
      const { to, refusal } = attempt(state, { name: '', by: 'opener', run: (one) => withdraw(one, 'opener', morning) })
      if (state.state === 'open') expect(to).toMatchObject({ state: 'withdrawn', settled: { by: 'opener', how: 'withdrawn' } })
      else expect(to === state || refusal === 'approval_settled').toBe(true)
    }
  })

  test('a return settles it at once, whatever step it is at', () => {
    for (const { from, act, to } of changes.filter((edge) => edge.act.name.includes(' return ')))
      expect(to, act.name).toMatchObject({ state: 'returned', step: from.step, settled: { by: act.by, how: 'votes' } })
  })

  test('the same act a second time changes nothing', () => {
    for (const { act, to } of changes) {
      const again = attempt(to!, act)
      expect(again.to === null || again.to === to, act.name).toBe(true)
    }
  })

  test('the same decision a second time is harmless, not refused', () => {
    for (const { act, to } of changes)
      if (act.name.includes(' approve ') || act.name.includes(' reject ') || act.name.includes(' return '))
        expect(attempt(to!, act).to, act.name).toBe(to)
  })

  test('nobody has two votes in a step, and each vote keeps the facts it was given on', () => {
    for (const state of states)
      for (const step of state.steps) {
        if (step.kind === 'copy') continue
        expect(new Set(step.votes.map((one) => one.by)).size).toBe(step.votes.length)
        for (const one of step.votes) expect(one.facts).toEqual([credit])
      }
  })

  test('at most one vote of all the steps is a no, and it is the last of them', () => {
    for (const state of states) {
      const votes = state.steps.flatMap((step) => (step.kind === 'approve' ? step.votes : []))
      const refused = votes.filter((one) => one.choice !== 'approve')
      expect(refused.length).toBeLessThanOrEqual(1)
      if (refused.length === 1) expect(['rejected', 'returned']).toContain(state.state)
      if (refused.length === 1) expect(votes.at(-1)).toBe(refused[0])
    }
  })

  test('it is approved by votes only when each step was agreed by as many as it asks', () => {
    for (const state of states.filter((one) => one.state === 'approved' && one.settled?.how === 'votes'))
      for (const step of state.steps) if (step.kind === 'approve') expect(step.passedBy).not.toBeNull()
  })

  test('nobody has two lines in an inbox for one step', () => {
    for (const state of states) {
      const lines = tasksOf(state).map((task) => `${task.step} ${task.assigneeId}`)
      expect(new Set(lines).size).toBe(lines.length)
    }
  })

  test('the clock sleeps once it is settled', () => {
    for (const state of states) if (state.state !== 'open') expect(wakeAt(state)).toBeNull()
  })
})

const press = (approval: Approval, by: string, choice: 'approve' | 'reject' | 'return' = 'approve', comment = 'because'): Approval =>
  vote(approval, by, { step: approval.step, choice, comment, via: 'feishu' }, morning)
const waitsFor = (approval: Approval): string[] => waitedFor(approval).map((task) => task.assigneeId)
const refusalOf = (act: () => unknown): string | undefined => {
  try {
    act()
    return undefined
  } catch (error) {
    return error instanceof Refusal ? error.code : 'a fault'
  }
}

describe('signing', () => {
  test('any: one is enough, and the other is told that it is settled', () => {
    const settled = press(open(asked(approveStep('any', ['ann', 'bob']))), 'ann')
    expect(settled).toMatchObject({ state: 'approved', settled: { by: 'ann', how: 'votes' } })
    expect(refusalOf(() => press(settled, 'bob'))).toBe('approval_settled')
  })

  test('all: every one is needed, in whatever order', () => {
    const one = press(open(asked(approveStep('all', ['ann', 'bob']))), 'bob')
    expect(one.state).toBe('open')
    expect(waitsFor(one)).toEqual(['ann'])
    expect(press(one, 'ann').state).toBe('approved')
  })

  test('in turn: the second is asked only when the first has agreed', () => {
    const first = open(asked(approveStep('in_turn', ['ann', 'bob'])))
    expect(refusalOf(() => press(first, 'bob'))).toBe('not_your_turn')
    expect(waitsFor(press(first, 'ann'))).toEqual(['bob'])
  })

  test('one no is enough to reject, and to reject or return one says why', () => {
    const running = open(asked(approveStep('all', ['ann', 'bob'])))
    expect(refusalOf(() => press(running, 'ann', 'reject', ''))).toBe('comment_needed')
    expect(refusalOf(() => press(running, 'ann', 'return', ''))).toBe('comment_needed')
    expect(press(running, 'ann', 'reject').state).toBe('rejected')
  })

  test('whoever has agreed cannot change his mind', () => {
    const one = press(open(asked(approveStep('all', ['ann', 'bob']))), 'ann')
    expect(refusalOf(() => press(one, 'ann', 'reject'))).toBe('already_voted')
  })

  test('a press on a step that is over is told so', () => {
    const second = press(open(asked(approveStep('any', ['ann', 'bob']), approveStep('any', ['cas']))), 'ann')
    expect(refusalOf(() => vote(second, 'bob', { step: 0, choice: 'approve', comment: '', via: 'h5' }, morning))).toBe('step_passed')
  })
})

describe('absence', () => {
  const away = new Map([['ann', 'dee']])

  test('the deputy may decide in her place, and so may she', () => {
    const running = delegate(open(asked(approveStep('any', ['ann']))), away)
    expect(waitedFor(running)).toMatchObject([
      { assigneeId: 'ann', insteadOf: null },
      { assigneeId: 'dee', insteadOf: 'ann' },
    ])
    expect(press(running, 'dee').state).toBe('approved')
    expect(press(running, 'ann').state).toBe('approved')
  })

  test('once one of the two has decided, the other is told who', () => {
    const one = press(delegate(open(asked(approveStep('all', ['ann', 'bob']))), away), 'dee')
    expect(refusalOf(() => press(one, 'ann'))).toBe('seat_taken')
  })

  test('a deputy with a seat of his own decides both with one vote', () => {
    const running = delegate(open(asked(approveStep('all', ['ann', 'bob']))), new Map([['ann', 'bob']]))
    expect(press(running, 'bob').state).toBe('approved')
  })

  test('when the absence ends the deputy may no longer decide', () => {
    const back = delegate(delegate(open(asked(approveStep('any', ['ann']))), away), new Map([['ann', null]]))
    expect(refusalOf(() => press(back, 'dee'))).toBe('not_your_turn')
  })

  test('the opener is never a deputy in his own matter', () => {
    const running = open(asked(approveStep('any', ['ann'])))
    expect(delegate(running, new Map([['ann', 'opener']]))).toBe(running)
  })
})

describe('time limits', () => {
  const at = (hours: number): string => new Date(Date.parse(morning) + hours * 3_600_000).toISOString()

  test('reminders come as often as the flow says, each once, and missed ones only once', () => {
    const running = open(asked(approveStep('any', ['ann'], limit('pass'))))
    expect(wakeAt(running)).toBe(at(8))
    expect(tick(running, 'clock', at(7)).did).toBeNull()
    const reminded = tick(running, 'clock', at(8))
    expect(reminded.did).toBe('reminded')
    expect(tick(reminded.approval, 'clock', at(8)).did).toBeNull()
    expect(wakeAt(reminded.approval)).toBe(at(16))
    const late = tick(running, 'clock', at(23))
    expect([late.did, tick(late.approval, 'clock', at(23)).did]).toEqual(['reminded', null])
  })

  test('at the limit it escalates once: the others may decide as well', () => {
    const running = open(asked(approveStep('all', ['ann', 'bob'], limit('escalate', ['cas']))))
    const escalated = tick(running, 'clock', at(24))
    expect(escalated.did).toBe('escalated')
    expect(waitsFor(escalated.approval).sort()).toEqual(['ann', 'bob', 'cas'])
    expect(tick(escalated.approval, 'clock', at(25)).did).not.toBe('escalated')
    expect(press(escalated.approval, 'cas').state).toBe('approved')
    expect(press(escalated.approval, 'ann').state).toBe('open')
  })

  test('at the limit it passes on, to the next step or to the end', () => {
    const second = tick(open(asked(approveStep('any', ['ann'], limit('pass')), approveStep('any', ['bob'], limit('pass')))), 'clock', at(24))
    expect([second.did, waitsFor(second.approval)]).toEqual(['passed', ['bob']])
    expect(tick(second.approval, 'clock', at(48)).approval).toMatchObject({ state: 'approved', settled: { by: 'clock', how: 'time_limit' } })
  })

  test('at the limit it rejects where the flow says so', () => {
    const running = open(asked(approveStep('any', ['ann'], limit('reject'))))
    expect(tick(running, 'clock', at(24)).approval).toMatchObject({ state: 'rejected', settled: { how: 'time_limit' } })
  })

  test('the opener may hurry them, but not all the time', () => {
    const running = open(asked(approveStep('any', ['ann'])))
    const hurried = remind(running, 'opener', at(1), 10)
    expect(refusalOf(() => remind(hurried, 'opener', at(1), 10))).toBe('reminded_lately')
    expect(refusalOf(() => remind(running, 'ann', at(1), 10))).toBe('only_opener')
    expect(remind(hurried, 'opener', at(2), 10)).not.toBe(hurried)
  })
})

test('new facts are shown to those who come, and votes keep the old ones', () => {
  const one = press(open(asked(approveStep('all', ['ann', 'bob']))), 'ann')
  const settled = press(showFacts(one, []), 'bob')
  const [step] = settled.steps
  expect(step?.kind === 'approve' && step.votes.map((given) => given.facts)).toEqual([[credit], []])
  expect(settled.factsVersion).toBe(2)
})
