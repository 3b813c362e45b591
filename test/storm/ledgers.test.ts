import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { systemCaller } from '#kernel/caller'
import { closeNumbers } from '#kernel/numbers'
import { ask } from '#kernel/perform'
import { prove } from '#server/proof'
import { accountStories, tellAccount } from '../../server/test/account-story.ts'
import { aPair, stockStories, tellStock } from '../../server/test/stock-story.ts'

// Run by hand and every night: STORM_SEED and STORM_PATH, as a failure says them, repeat it; STORM_STORIES makes it shorter.
const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000_000)
const path = process.env['STORM_PATH']
const stories = Number(process.env['STORM_STORIES'] ?? 10_000)
const timeoutMs = 240 * 60_000
const run = { numRuns: stories, seed, ...(path ? { path } : {}), verbose: 1, endOnFailure: path !== undefined } as const

console.log(`storm of both ledgers, seed ${seed}`)
afterAll(closeNumbers)

/** What is wrong with the books, after all that was done to them. */
const findings = async () => (await ask(systemCaller(new Date()), prove, undefined)).findings

test(
  `${stories} stories of stock end as a plain list of moves says`,
  async () => {
    const places = await aPair()
    await fc.assert(
      fc.asyncProperty(stockStories, (story) => tellStock(story, places)),
      run,
    )
    expect(await findings()).toEqual([])
  },
  timeoutMs,
)

test(
  `${stories} stories of accounts end as a plain list of debts and payments says`,
  async () => {
    await fc.assert(fc.asyncProperty(accountStories, tellAccount), run)
    expect(await findings()).toEqual([])
  },
  timeoutMs,
)
