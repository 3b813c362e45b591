import { afterAll, beforeAll, expect, test } from 'vitest'
import { chance, openStorm, race, type Storm, tapAround } from '../../server/test/tap-storm.ts'

// A minute of the storm in test/storm, with a seed of its own each time.
const seed = Date.now() % 1_000_000
let storm: Storm
beforeAll(async () => {
  storm = await openStorm()
})
afterAll(() => storm.house.stop())

test(`whoever of two approvers presses first decides, on whatever platforms they are (seed ${seed})`, async () => {
  const random = chance(seed)
  for (let i = 0; i < 6; i++) expect(await race(storm, random)).toBe(1)
})

test(`taps that come late, twice, out of order and through outages leave one truth on every card (seed ${seed})`, async () => {
  const random = chance(seed)
  for (let i = 0; i < 2; i++) expect(await tapAround(storm, random, 10)).toBe(10)
})
