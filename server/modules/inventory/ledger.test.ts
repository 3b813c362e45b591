import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { closeNumbers } from '#kernel/numbers'
import { seeded } from '../../test/seed.ts'
import { aPair, stockStories, tellStock } from '../../test/stock-story.ts'
import { assertSound } from './fixtures/goods.ts'

afterAll(closeNumbers)

const stories = 30

test(`whatever is done in whatever order, the stock stands as a simple list of moves says: ${stories} stories`, async () => {
  const places = await aPair()
  await fc.assert(
    fc.asyncProperty(stockStories, async (story) => {
      await tellStock(story, places)
      await expect(assertSound()).resolves.toBeUndefined()
    }),
    { numRuns: stories, ...seeded() },
  )
}, 240_000)
