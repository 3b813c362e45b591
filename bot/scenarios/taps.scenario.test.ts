import { afterAll, beforeAll, expect, test } from 'vitest'
import { twoSellersTenHammers } from '../../server/test/hammer-storm.ts'
import { chance, openStorm, race, shownWithin, type Storm, tapAround } from '../../server/test/tap-storm.ts'

// A moment of each storm in test/storm, with a seed of its own each time.
const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000)
let storm: Storm
beforeAll(async () => {
  storm = await openStorm()
})
afterAll(() => storm.house.stop())

test(`whoever of two approvers presses first decides, on whatever platforms they are (seed ${seed})`, async () => {
  const random = chance(seed)
  const raced = []
  for (let i = 0; i < 6; i++) raced.push(await race(storm, random))
  expect(raced.map(({ decisions }) => decisions)).toEqual(raced.map(() => 1))
  console.log(shownWithin(raced).words) // speed is only printed here: test/storm asserts it
})

test(`taps that come late, twice, out of order and through outages leave one truth on every card (seed ${seed})`, async () => {
  const random = chance(seed)
  for (let i = 0; i < 2; i++) expect(await tapAround(storm, random, 10)).toBe(10)
})

test(`two sellers want more hammers than there are, and nothing is sold twice (seed ${seed})`, async () => {
  const random = chance(seed)
  for (let i = 0; i < 2; i++) {
    const { sold, asked } = await twoSellersTenHammers(storm.house, random)
    expect(sold).toBe(asked)
  }
})
