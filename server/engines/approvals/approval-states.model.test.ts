import { describe, expect, test } from 'vitest'
import { Refusal } from '#contract'
import { approveStep, asked, copyStep, credit, limit, morning } from '../../test/approval-steps.ts'
import { type Approval, close, delegate, open, tick, vote, voteUnneeded, wakeAt, withdraw } from './approval.model.ts'
import { choices } from './contract.ts'
import type { Step } from './step.model.ts'
import { canOf, tasksOf, waitedFor } from './task.model.ts'

const people = ['opener', 'ann', 'bob', 'cas', 'dee', 'stranger']
const nextWeek = '2026-11-09T01:00:00.000Z'

const shapes: Record<string, Step[]> = {
  'any of two': [approveStep('any', ['ann', 'bob'])],
  'all of three': [approveStep('all', ['ann', 'bob', 'cas'])],
  'two in turn': [approveStep('in_turn', ['ann', 'bob'])],
  'copies between two steps': [
    copyStep('dee'),
    approveStep('any', ['ann']),
    copyStep('opener', 'cas'),
    approveStep('all', ['bob', 'cas']),
  ],
  'a step with nobody between two': [
    approveStep('any', ['ann', 'bob']),
    approveStep('all', []),
    approveStep('in_turn', ['cas', 'ann']),
  ],
  'a limit that escalates': [
    approveStep('all', ['ann', 'bob'], limit('escalate', ['cas'])),
    approveStep('any', ['dee']),
  ],
  'a limit in turn that escalates to one who is asked': [
    approveStep('in_turn', ['ann', 'bob', 'cas'], limit('escalate', ['cas'])),
  ],
  'a limit that passes': [approveStep('any', ['ann'], limit('pass')), approveStep('any', ['bob'], limit('pass'))],
  'a limit that rejects': [approveStep('in_turn', ['ann', 'bob'], limit('reject'))],
  'nobody to ask at all': [copyStep('cas'), approveStep('any', [])],
}

type Act = { kind: string; name: string; by: string; run: (approval: Approval) => Approval }
type Edge = { from: Approval; act: Act; to: Approval; refusal: string | null }

const voting = (by: string, step: number, choice: (typeof choices)[number]): Act => ({
  kind: choice,
  name: `${by}: ${choice} at ${step}`,
  by,
  run: (approval) => vote(approval, by, { step, choice, comment: 'because', via: 'h5' }, morning),
})
const withdrawing = (by: string): Act => ({
  kind: 'withdraw',
  name: `${by}: withdraw`,
  by,
  run: (one) => withdraw(one, by, morning),
})
const agreeingUnneeded = (by: string, step: number): Act => ({
  kind: 'unneeded',
  name: `${by}: agree at ${step}, unneeded`,
  by,
  run: (approval) => voteUnneeded(approval, by, { step, choice: 'approve', comment: '', via: 'h5' }, morning),
})
const standingIn = (deputy: string, person: string): Act => ({
  kind: 'delegate',
  name: `${deputy} stands in for ${person}`,
  by: 'clock',
  run: (approval) => delegate(approval, new Map([[person, deputy]])),
})
const house: Act[] = [
  {
    kind: 'tick',
    name: 'the clock comes by',
    by: 'clock',
    run: (approval) => tick(approval, 'clock', nextWeek).approval,
  },
  {
    kind: 'close',
    name: 'the document is taken away',
    by: 'clock',
    run: (approval) => close(approval, 'clock', morning),
  },
  standingIn('dee', 'ann'),
  standingIn('bob', 'ann'),
  standingIn('opener', 'bob'),
]

/** Everything that everybody may try, at every step there is. */
const everyAct = (steps: number): Act[] => [
  ...people.flatMap((by) => [
    withdrawing(by),
    ...Array.from({ length: steps }, (_, step) => [
      agreeingUnneeded(by, step),
      ...choices.map((choice) => voting(by, step, choice)),
    ]).flat(),
  ]),
  ...house,
]

function attempt(from: Approval, act: Act): Edge {
  try {
    return { from, act, to: act.run(from), refusal: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { from, act, to: from, refusal: error.code }
  }
}

/** Tries every act in every state that can be reached. */
function explore(steps: Step[]): { states: Approval[]; edges: Edge[] } {
  const first = open(asked(...steps))
  const states = new Map([[JSON.stringify(first), first]])
  const edges: Edge[] = []
  // A map hands out what is put into it while one goes through it.
  for (const from of states.values())
    for (const edge of everyAct(steps.length).map((act) => attempt(from, act))) {
      edges.push(edge)
      if (!states.has(JSON.stringify(edge.to))) states.set(JSON.stringify(edge.to), edge.to)
    }
  return { states: [...states.values()], edges }
}

const described = (states: Approval[]): string[] => states.map((state) => JSON.stringify(state))
const told = (edges: Edge[]): string[] =>
  edges.map(({ from, act, to }) => `${from.state} ${act.name} -> ${to.state} at ${to.step}`)
const votesOf = (approval: Approval) => approval.steps.flatMap((step) => (step.kind === 'approve' ? step.votes : []))
const isUnique = (list: string[]): boolean => new Set(list).size === list.length

describe.each(Object.entries(shapes))('in every reachable state of %s', (shape, steps) => {
  const { states, edges } = explore(steps)
  const changes = edges.filter(({ from, to }) => to !== from)

  test('there is something to try', () => {
    expect(changes.length > 0).toBe(shape !== 'nobody to ask at all')
  })

  test('a no has a reason that people are told', () => {
    const codes = ['approval_settled', 'step_passed', 'not_your_turn', 'seat_taken', 'already_voted', 'only_opener']
    expect(told(edges.filter(({ refusal }) => refusal !== null && !codes.includes(refusal)))).toEqual([])
  })

  test('a settled approval never changes again', () => {
    expect(told(changes.filter(({ from }) => from.state !== 'open'))).toEqual([])
  })

  test('the step never goes back, and no step before it is touched again', () => {
    const past = (approval: Approval, step: number): string => JSON.stringify(approval.steps.slice(0, step))
    const wrong = changes.filter(({ from, to }) => to.step < from.step || past(to, from.step) !== past(from, from.step))
    expect(told(wrong)).toEqual([])
  })

  test('somebody is waited for exactly while it is open', () => {
    expect(described(states.filter((state) => waitedFor(state).length > 0 !== (state.state === 'open')))).toEqual([])
  })

  test('whoever is waited for may decide each way, and nobody else may decide at all', () => {
    const deciding = edges.filter(({ from, act }) =>
      choices.some((choice) => act.name === `${act.by}: ${choice} at ${from.step}`),
    )
    expect(
      told(deciding.filter(({ from, act, to }) => (to !== from) !== canOf(from, act.by).includes(act.kind))),
    ).toEqual([])
  })

  test('the opener never decides', () => {
    expect(told(changes.filter(({ act }) => act.by === 'opener' && act.kind !== 'withdraw'))).toEqual([])
  })

  test('the opener may withdraw exactly while it is open, and nobody else may', () => {
    const withdrawals = edges.filter(({ act }) => act.kind === 'withdraw')
    const done = withdrawals.filter(({ from, to }) => to !== from)
    expect(told(done.filter(({ act, to }) => act.by !== 'opener' || to.state !== 'withdrawn'))).toEqual([])
    expect(done.length).toBe(states.filter((state) => state.state === 'open').length)
  })

  test('a return or a rejection settles it at once, whatever step it is at', () => {
    const outcomes: Record<string, string> = { return: 'returned', reject: 'rejected' }
    const noes = changes.filter(({ act }) => act.kind in outcomes)
    const wrong = noes.filter(
      ({ from, act, to }) => to.state !== outcomes[act.kind] || to.settled?.by !== act.by || to.step !== from.step,
    )
    expect(told(wrong)).toEqual([])
  })

  test('the same act a second time changes nothing', () => {
    expect(told(changes.filter(({ act, to }) => attempt(to, act).to !== to))).toEqual([])
  })

  test('the same decision a second time is harmless, not refused', () => {
    const decisions = changes.filter(({ act }) => ['approve', 'reject', 'return', 'unneeded'].includes(act.kind))
    expect(told(decisions.filter(({ act, to }) => attempt(to, act).refusal !== null))).toEqual([])
  })

  test('nobody votes twice in a step, and each vote keeps the facts it was given on', () => {
    const twice = states.filter((state) =>
      state.steps.some((step) => step.kind === 'approve' && !isUnique(step.votes.map((one) => one.by))),
    )
    expect(described(twice)).toEqual([])
    expect(described(states.filter((state) => votesOf(state).some((one) => one.facts[0] !== credit)))).toEqual([])
  })

  test('there is at most one no, it is the last vote, and it is what became of it', () => {
    const wrong = states.filter((state) => {
      const votes = votesOf(state)
      const noes = votes.filter((one) => one.choice !== 'approve')
      if (noes.length === 0) return false
      return noes.length > 1 || noes[0] !== votes.at(-1) || !['rejected', 'returned'].includes(state.state)
    })
    expect(described(wrong)).toEqual([])
  })

  test('it is approved by votes only when every step has ended as it should', () => {
    const approved = states.filter((state) => state.state === 'approved' && state.settled?.how === 'votes')
    expect(
      described(approved.filter((state) => state.steps.some((step) => step.kind === 'approve' && !step.passedBy))),
    ).toEqual([])
  })

  test('nobody has two lines in an inbox for one step', () => {
    const lines = (state: Approval): string[] => tasksOf(state).map((task) => `${task.step} ${task.assigneeId}`)
    expect(described(states.filter((state) => !isUnique(lines(state))))).toEqual([])
  })

  test('the clock sleeps once it is settled', () => {
    expect(described(states.filter((state) => state.state !== 'open' && wakeAt(state) !== null))).toEqual([])
  })
})
