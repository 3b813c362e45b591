import { expect, test } from 'vitest'
import { held } from './held.ts'

/** Lends a new value each time, for two hours. */
function lender() {
  let lent = 0
  let isAway = false
  let nowMs = 0
  const loan = held(
    async () => {
      if (isAway) throw new Error('away')
      return { value: `v${++lent}`, seconds: 7200 }
    },
    () => nowMs,
  )
  return {
    loan,
    lent: () => lent,
    goAway: (away: boolean) => (isAway = away),
    wait: (minutes: number) => (nowMs += minutes * 60_000),
  }
}

test('who asks at the same moment is given the same one', async () => {
  const { loan, lent } = lender()
  expect(await Promise.all([loan.get(), loan.get(), loan.get()])).toEqual(['v1', 'v1', 'v1'])
  expect(lent()).toBe(1)
})

test('it is kept until shortly before its end', async () => {
  const { loan, wait } = lender()
  await loan.get()
  wait(114)
  expect(await loan.get()).toBe('v1')
  expect(loan.term()).toEqual({ since: new Date(0), until: new Date(7_200_000) })
  wait(2)
  expect(await loan.get()).toBe('v2')
  expect(loan.term()?.since).toEqual(new Date(116 * 60_000))
})

test('one that is no longer taken is asked for once, however many noticed', async () => {
  const { loan, lent } = lender()
  const stale = await loan.get()
  await Promise.all([loan.forget(stale), loan.forget(stale)])
  expect(await Promise.all([loan.get(), loan.get()])).toEqual(['v2', 'v2'])
  await loan.forget(stale)
  expect(await loan.get()).toBe('v2')
  expect(lent()).toBe(2)
})

test('a refusal is not kept', async () => {
  const { loan, goAway } = lender()
  goAway(true)
  await expect(loan.get()).rejects.toThrow('away')
  goAway(false)
  expect(await loan.get()).toBe('v1')
})
