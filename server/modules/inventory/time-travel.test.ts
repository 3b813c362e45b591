import { afterAll, expect, test } from 'vitest'
import { reading } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import { chance } from '../../../prisma/demo/random.ts'
import { liveThroughHistory } from './fixtures/history.ts'

afterAll(closeNumbers)

test('whatever is written down late, every past day is what a replay of all moves gives, and no day of it runs short', async () => {
  const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000)
  console.log(`history of the stock, seed ${seed}`)
  const { whole } = chance(seed)
  const words = await liveThroughHistory({
    reading,
    random: (below) => whole(0, below - 1),
    steps: 150,
    hoursEach: 20,
    asks: 30,
  })
  expect(words).toMatch(/\d+ done.*negative_history.*checkpoints/)
}, 120_000)
