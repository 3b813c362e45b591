import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import { accountStories, tellAccount } from '../../test/account-story.ts'
import { seeded } from '../../test/seed.ts'
import { financeInvariants } from './index.ts'

afterAll(closeNumbers)

const stories = 30

test(`after ${stories} random histories the account is what a plain model says, and every invariant holds`, async () => {
  await fc.assert(
    fc.asyncProperty(accountStories, async (deeds) => {
      await tellAccount(deeds)
      for (const { find } of financeInvariants) expect(await find(db)).toBeNull()
    }),
    { numRuns: stories, ...seeded() },
  )
}, 120_000)
