import { afterAll, beforeAll, expect, test } from 'vitest'
import { chance, openStorm, race, type Storm, tapAround } from '../../server/test/tap-storm.ts'

// Run by hand and every night: STORM_SEED repeats a run that failed, STORM_RACES and STORM_ROUNDS make it shorter.
const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000)
const races = Number(process.env['STORM_RACES'] ?? 2000)
const rounds = Number(process.env['STORM_ROUNDS'] ?? 500)
const tapsEach = 20
const timeoutMs = 120 * 60_000

let storm: Storm
beforeAll(async () => {
  console.log(`storm of taps, seed ${seed}`)
  storm = await openStorm()
})
afterAll(() => storm.house.stop())

test(
  `${races} times two approvers press within fifty milliseconds, and each time there is one decision`,
  async () => {
    const random = chance(seed)
    for (let i = 0; i < races; i++) expect(await race(storm, random)).toBe(1)
  },
  timeoutMs,
)

test(
  `${rounds * tapsEach} taps, late, repeated, out of order and through outages, change nothing that they should not`,
  async () => {
    const random = chance(seed + 1)
    for (let i = 0; i < rounds; i++) expect(await tapAround(storm, random, tapsEach)).toBe(tapsEach)
  },
  timeoutMs,
)
