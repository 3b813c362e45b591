import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ChatHouse, openChatHouse } from '../../server/test/chat-house.ts'
import { twoSellersTenHammers } from '../../server/test/hammer-storm.ts'
import { chance } from '../../server/test/tap-storm.ts'

// STORM_SEED repeats a run that failed.
const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000)
const times = Number(process.env['STORM_TIMES'] ?? 100)
const timeoutMs = 30 * 60_000

let house: ChatHouse
beforeAll(async () => {
  console.log(`storm of orders, seed ${seed}`)
  house = await openChatHouse()
})
afterAll(() => house.stop())

test(
  `${times} times two sellers want more hammers than there are, and each time nothing is sold twice`,
  async () => {
    const random = chance(seed)
    for (let i = 0; i < times; i++) {
      const { sold, asked } = await twoSellersTenHammers(house, random)
      expect(sold).toBe(asked)
    }
  },
  timeoutMs,
)
