import { describe, expect, test } from 'vitest'
import { type NoteProgress, progressOf } from './progress.model.ts'

const confirmedAt = new Date('2026-11-20T02:00:00Z')
const planned: NoteProgress = { isPicked: false, pickedAt: null, shippedOn: null, shippedAt: null, signedAt: null }
const picking = { ...planned, isPicked: true, pickedAt: '2026-11-20T03:00:00Z' }
const shipped = { ...picking, shippedOn: '2026-11-20', shippedAt: '2026-11-20T04:00:00Z' }
const signed = { ...shipped, signedAt: '2026-11-21T01:00:00Z' }
const later = { ...shipped, shippedOn: '2026-11-22', shippedAt: '2026-11-22T04:00:00Z' }

type State = Parameters<typeof progressOf>[0]['state']
const done = (state: State, ...notes: NoteProgress[]): boolean[] =>
  progressOf({ state, confirmedAt }, notes).map(({ isDone }) => isDone)

describe('the steps of an order', () => {
  test.each([
    ['is confirmed and no more', 'confirmed', [], [true, false, false, false]],
    ['waits for its picker', 'confirmed', [planned], [true, false, false, false]],
    ['is being picked', 'confirmed', [picking], [true, true, false, false]],
    ['has left in part', 'partly_delivered', [signed, planned], [true, true, false, false]],
    ['has left', 'delivered', [shipped], [true, true, true, false]],
    ['is signed for in part', 'delivered', [signed, later], [true, true, true, false]],
    ['is signed for', 'delivered', [signed], [true, true, true, true]],
  ] as const)('that %s', (_what, state, notes, steps) => {
    expect(done(state, ...notes)).toEqual(steps)
  })

  test('each tell their moment: the first picking, the last departure', () => {
    const steps = progressOf({ state: 'delivered', confirmedAt }, [
      signed,
      { ...later, signedAt: '2026-11-23T00:00:00Z' },
    ])
    expect(steps.map(({ at }) => at)).toEqual([
      '2026-11-20T02:00:00.000Z',
      picking.pickedAt,
      later.shippedAt,
      '2026-11-23T00:00:00Z',
    ])
  })

  test('a part that has left is called so', () => {
    const [, , gone] = progressOf({ state: 'partly_delivered', confirmedAt }, [shipped, planned])
    expect(gone).toMatchObject({ label: { en: 'Partly shipped' }, at: shipped.shippedAt, isDone: false })
  })

  test('a note that left without being scanned was picked when it left', () => {
    const [, picked] = progressOf({ state: 'delivered', confirmedAt }, [{ ...shipped, pickedAt: null }])
    expect(picked).toMatchObject({ isDone: true, at: shipped.shippedAt })
  })
})
