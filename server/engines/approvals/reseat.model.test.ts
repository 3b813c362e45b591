import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { approveStep, asked, copyStep, limit, morning } from '../../test/approval-steps.ts'
import { type Approval, hasOpenSeat, open, reseat, vote } from './approval.model.ts'
import { waitedFor } from './task.model.ts'

const passed = (approval: Approval, from: string, to: string): Approval =>
  reseat(approval, { from, to, by: 'manager', at: morning })
const says = (approval: Approval, by: string): Approval =>
  vote(approval, by, { step: approval.step, choice: 'approve', comment: '', via: 'h5' }, morning)
const waiting = (approval: Approval): string[] => waitedFor(approval).map((task) => task.assigneeId)

describe('a seat that is passed on', () => {
  test('waits for the heir, in the running step and in those to come', () => {
    const approval = passed(open(asked(approveStep('any', ['li']), approveStep('all', ['li', 'he']))), 'li', 'zhao')
    expect(waiting(approval)).toEqual(['zhao'])
    expect(waiting(says(approval, 'zhao'))).toEqual(['zhao', 'he'])
  })

  test('is dropped where the heir has a seat already: nobody decides twice', () => {
    const approval = passed(open(asked(approveStep('all', ['li', 'he']))), 'li', 'he')
    expect(waiting(approval)).toEqual(['he'])
    expect(says(approval, 'he').state).toBe('approved')
  })

  test('lets the step pass when everybody else in it, the heir too, has had his say', () => {
    const voted = says(open(asked(approveStep('all', ['li', 'he']), approveStep('any', ['wang']))), 'he')
    expect(waiting(passed(voted, 'li', 'he'))).toEqual(['wang'])
  })

  test('takes the copies and the escalations that were to come along', () => {
    const approval = passed(
      open(asked(approveStep('any', ['he'], limit('escalate', ['li'])), copyStep('li', 'wang'))),
      'li',
      'zhao',
    )
    expect(approval.steps).toMatchObject([{ limit: { escalateTo: ['zhao'] } }, { to: ['zhao', 'wang'] }])
  })

  test('leaves nothing to whoever gave it away, and changes no vote', () => {
    const people = ['li', 'he', 'wang', 'zhao']
    const step = fc
      .record({ sign: fc.constantFrom('any', 'all', 'in_turn'), seats: fc.subarray(people, { minLength: 1 }) })
      .map(({ sign, seats }) => approveStep(sign, seats))
    const steps = fc.array(step, { minLength: 1, maxLength: 3 })
    const voters = fc.array(fc.constantFrom(...people), { maxLength: 4 })
    fc.assert(
      fc.property(steps, voters, fc.shuffledSubarray(people, { minLength: 2, maxLength: 2 }), (made, by, pair) => {
        const [from, to] = pair as [string, string] // two of them, as asked
        let approval = open(asked(...made))
        for (const person of by) if (waiting(approval).includes(person)) approval = says(approval, person)
        const after = passed(approval, from, to)
        expect(hasOpenSeat(after, from)).toBe(false)
        const votes = (one: Approval) => one.steps.map((each) => (each.kind === 'approve' ? each.votes : []))
        expect(votes(after)).toEqual(votes(approval))
        if (after.state === 'open') expect(waiting(after).length).toBeGreaterThan(0)
      }),
    )
  })
})
