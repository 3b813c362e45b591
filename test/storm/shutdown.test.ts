import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chance } from '../../prisma/demo/random.ts'
import { expectNothingLostOrDoubled } from './aftermath.ts'
import { type Company, openCompany } from './company.ts'
import { startTrading } from './trading.ts'

// STORM_SEED repeats the moments of a run that failed, STORM_STOPS makes it shorter or longer.
const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000)
const stops = Number(process.env['STORM_STOPS'] ?? 50)
const people = 6
const stoppedWithinMs = 10_000

let company: Company
beforeAll(async () => {
  console.log(`${stops} stops, seed ${seed}`)
  company = await openCompany()
}, 300_000)
afterAll(() => company?.close(), 60_000)

test(
  `${stops} times the server is asked to end under load: what it took on it answers, and it ends with 0`,
  async () => {
    const random = chance(seed)
    const house = company.houses[0]!
    const trading = startTrading(company, people)
    const tookMs: number[] = []
    for (let i = 0; i < stops && !trading.isOver(); i++) {
      await pause(random.whole(500, 3000))
      const begun = performance.now()
      expect(await house.stop()).toBe(0)
      tookMs.push(performance.now() - begun)
      await house.start()
    }
    await trading.stop()
    console.log(
      `${trading.deeds.length} deeds; asked again after ${JSON.stringify([...trading.troubles])}; ` +
        `ended in ${Math.round(Math.max(...tookMs))} ms at most`,
    )
    // Who comes when the door is shut is told so at once; whoever was let in is answered.
    expect([...trading.troubles.keys()].filter((trouble) => trouble !== 'ECONNREFUSED')).toEqual([])
    expect(Math.max(...tookMs)).toBeLessThanOrEqual(stoppedWithinMs)
    await expectNothingLostOrDoubled(company, trading)
  },
  stops * 30_000 + 600_000,
)
