import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { goneFrom, isSomebodyElse } from './gone.model.ts'
import { type Found, type Known, matchOf } from './matching.model.ts'

const here = (id: string, changes: Partial<Known> = {}): Known => ({ id, active: true, isTaken: false, ...changes })

describe('whom marks name', () => {
  test('the first mark that names anybody says who it is, when no other mark contradicts it', () => {
    expect(
      matchOf([
        { mark: 'mobile', people: [] },
        { mark: 'email', people: [here('li')] },
      ]),
    ).toEqual({
      kind: 'matched',
      personId: 'li',
      by: 'email',
    })
  })

  test('marks that name two people name nobody', () => {
    const shared = [{ mark: 'mobile' as const, people: [here('li'), here('he')] }]
    const contradicting = [
      { mark: 'mobile' as const, people: [here('li')] },
      { mark: 'email' as const, people: [here('he')] },
    ]
    for (const found of [shared, contradicting])
      expect(matchOf(found)).toEqual({ kind: 'ambiguous', candidates: ['li', 'he'] })
  })

  test('somebody who has left, or is somebody else on that platform, is not matched but shown', () => {
    for (const person of [here('li', { active: false }), here('li', { isTaken: true })])
      expect(matchOf([{ mark: 'mobile', people: [person] }])).toEqual({ kind: 'ambiguous', candidates: ['li'] })
  })

  test('whoever is matched is the only one that any mark names, and free', () => {
    const people = fc.array(
      fc.record({ id: fc.constantFrom('a', 'b', 'c'), active: fc.boolean(), isTaken: fc.boolean() }),
      { maxLength: 3 },
    )
    const found: fc.Arbitrary<Found[]> = fc.array(
      fc.record({ mark: fc.constantFrom('mobile' as const, 'email' as const, 'employeeNo' as const), people }),
      { maxLength: 3 },
    )
    fc.assert(
      fc.property(found, (marks) => {
        const match = matchOf(marks)
        const named = marks.flatMap((one) => one.people)
        if (match.kind === 'unmatched') expect(named).toEqual([])
        else if (match.kind === 'ambiguous') expect(match.candidates.length).toBeGreaterThan(0)
        else for (const { id } of named) expect(id).toBe(match.personId)
      }),
    )
  })
})

describe('who is gone from a directory', () => {
  const known = Array.from({ length: 20 }, (_, i) => `on_${i}`)

  test('a few who are missing have left', () => {
    expect(goneFrom(known, known.slice(2))).toEqual({ gone: ['on_0', 'on_1'], isBelievable: true })
  })

  test('many at a time are more likely out of the app’s sight', () => {
    expect(goneFrom(known, known.slice(5)).isBelievable).toBe(false)
    expect(goneFrom(known, []).isBelievable).toBe(false)
  })
})

describe('an id that is used again', () => {
  const left = { name: '张三', mobile: '13900000001', active: false }

  test('belongs to somebody else when neither name nor marks are the same', () => {
    expect(isSomebodyElse(left, { name: '李四', mobile: '13900000002' })).toBe(true)
  })

  test('belongs to the same person when his name or a mark is', () => {
    expect(isSomebodyElse(left, { name: '张三' })).toBe(false)
    expect(isSomebodyElse(left, { name: '张三丰', mobile: '13900000001' })).toBe(false)
    expect(isSomebodyElse({ ...left, active: true }, { name: '李四' })).toBe(false)
  })
})
