import { afterAll, expect, test } from 'vitest'
import { reading } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import { chance } from '../../../prisma/demo/random.ts'
import { liveThroughAccounts } from './fixtures/history.ts'

afterAll(closeNumbers)

test('whatever is written down late, every past ageing is what a replay of all entries gives, and nothing is allocated before it is there', async () => {
  const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000)
  console.log(`history of the receivables, seed ${seed}`)
  const { whole } = chance(seed)
  const words = await liveThroughAccounts({
    reading,
    random: (below) => whole(0, below - 1),
    steps: 120,
    daysEach: 1,
    asks: 40,
  })
  expect(words).toMatch(/120 deeds, \d+ refused, [1-9]\d* checkpoints/)
}, 120_000)
