import { afterAll, beforeAll, expect, test } from 'vitest'
import { chance, openStorm, race, shownWithin, type Storm, tapAround } from '../../server/test/tap-storm.ts'

// Run by hand and every night: STORM_SEED repeats a run that failed, STORM_RACES and STORM_ROUNDS make it shorter.
const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000)
const races = Number(process.env['STORM_RACES'] ?? 2000)
const rounds = Number(process.env['STORM_ROUNDS'] ?? 500)
const tapsEach = 20
const timeoutMs = 120 * 60_000
const shownWithinMs = 5000

let storm: Storm
beforeAll(async () => {
  console.log(`storm of taps, seed ${seed}`)
  storm = await openStorm()
})
afterAll(() => storm.house.stop())

test(
  `${races} times two approvers press within fifty milliseconds, and each time there is one decision, which every copy soon shows`,
  async () => {
    const random = chance(seed)
    const raced: Awaited<ReturnType<typeof race>>[] = []
    while (raced.length < races) {
      const one = await race(storm, random)
      expect(one.decisions).toBe(1)
      raced.push(one)
      if (raced.length % 100 === 0) console.log(shownWithin(raced).words)
    }
    const { p95Ms, words } = shownWithin(raced)
    console.log(`${words}, seed ${seed}`)
    expect(p95Ms).toBeLessThanOrEqual(shownWithinMs)
  },
  timeoutMs,
)

test(
  `${rounds * tapsEach} taps, late, repeated, out of order and through outages, change nothing that they should not`,
  async () => {
    const random = chance(seed + 1)
    for (let i = 1; i <= rounds; i++) {
      expect(await tapAround(storm, random, tapsEach)).toBe(tapsEach)
      if (i % 100 === 0) console.log(`${i * tapsEach} taps`)
    }
    console.log(
      `${storm.tally.pressedAgain} times the app could not be reached and somebody pressed again, seed ${seed}`,
    )
  },
  timeoutMs,
)
