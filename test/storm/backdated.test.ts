import { afterAll, expect, test } from 'vitest'
import { reading } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import { chance } from '../../prisma/demo/random.ts'
import { liveThroughAccounts } from '../../server/modules/finance/fixtures/history.ts'
import { liveThroughHistory } from '../../server/modules/inventory/fixtures/history.ts'

// Run by hand and every night: STORM_SEED repeats a run that failed, STORM_MOVES and STORM_DEEDS make it shorter.
const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000)
const moves = Number(process.env['STORM_MOVES'] ?? 10_000)
const deeds = Number(process.env['STORM_DEEDS'] ?? 2000)
const timeoutMs = 120 * 60_000
const { whole } = chance(seed)
const random = (below: number): number => whole(0, below - 1)

afterAll(closeNumbers)

test(
  `of ${moves} moves written down late, those that would leave a day of the past short are refused, and no others`,
  async () => {
    console.log(`storm of late moves, seed ${seed}`)
    const words = await liveThroughHistory({ reading, random, steps: moves, hoursEach: 1, asks: 200 })
    expect(words).toContain('negative_history')
    console.log(`${words}, seed ${seed}`)
  },
  timeoutMs,
)

test(
  `after ${deeds} debts and payments written down late, every past account is what a replay says`,
  async () => {
    const words = await liveThroughAccounts({ reading, random, steps: deeds, daysEach: 1, asks: 200 })
    expect(words).toMatch(/checkpoints$/)
    console.log(`${words}, seed ${seed}`)
  },
  timeoutMs,
)
