import { describe, expect, test } from 'vitest'
import { Refusal } from '#contract'
import { approveStep, asked, credit, limit, morning } from '../../test/approval-steps.ts'
import { type Approval, delegate, open, remind, showFacts, tick, vote, wakeAt } from './approval.model.ts'
import { waitedFor } from './task.model.ts'

const press = (
  approval: Approval,
  by: string,
  choice: 'approve' | 'reject' | 'return' = 'approve',
  comment = 'because',
): Approval => vote(approval, by, { step: approval.step, choice, comment, via: 'feishu' }, morning)
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
    expect(refusalOf(() => vote(second, 'bob', { step: 0, choice: 'approve', comment: '', via: 'h5' }, morning))).toBe(
      'step_passed',
    )
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

  test('a deputy with a seat of his own is asked once, as himself, and decides both with one vote', () => {
    const running = delegate(open(asked(approveStep('all', ['bob', 'ann']))), new Map([['ann', 'bob']]))
    expect(waitedFor(running).find((task) => task.assigneeId === 'bob')?.insteadOf).toBeNull()
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
    const second = tick(
      open(asked(approveStep('any', ['ann'], limit('pass')), approveStep('any', ['bob'], limit('pass')))),
      'clock',
      at(24),
    )
    expect([second.did, waitsFor(second.approval)]).toEqual(['passed', ['bob']])
    expect(tick(second.approval, 'clock', at(48)).approval).toMatchObject({
      state: 'approved',
      settled: { by: 'clock', how: 'time_limit' },
    })
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
