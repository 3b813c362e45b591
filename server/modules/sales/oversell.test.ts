import { afterAll, expect, test } from 'vitest'
import { closeNumbers } from '#kernel/numbers'
import { openRush, rush } from '../../test/oversell.ts'
import { seeded } from '../../test/seed.ts'
import { chance } from '../../test/tap-storm.ts'

afterAll(closeNumbers)

const rounds = 4

test('sixty-four who order the same hundred pieces at the same moment are promised no more than there is, and nothing is left that one of them still wants', async () => {
  const random = chance(seeded().seed)
  const shop = await openRush()
  for (let round = 0; round < rounds; round++) {
    const { promised, there, free, smallestRefused } = await rush(shop, random, round % 2 === 1)
    expect(promised + free).toBe(there)
    if (round % 2 === 0) expect(free).toBeLessThan(smallestRefused)
  }
}, 120_000)
