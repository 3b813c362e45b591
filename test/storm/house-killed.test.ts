import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quantile } from '../../bench/benchmark.ts'
import { chance } from '../../prisma/demo/random.ts'
import { expectNothingLostOrDoubled } from './aftermath.ts'
import { type Company, openCompany } from './company.ts'
import { startTrading } from './trading.ts'

// STORM_SEED repeats the moments of a run that failed, STORM_KILLS makes it shorter or longer.
const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000)
const kills = Number(process.env['STORM_KILLS'] ?? 200)
const people = 4
const readyWithinMs = 10_000

let company: Company
beforeAll(async () => {
  console.log(`${kills} kills of the server, seed ${seed}`)
  company = await openCompany()
}, 300_000)
afterAll(() => company?.close(), 60_000)

test(
  `${kills} times the server is killed in the middle of its work: nothing that people were told is lost, nothing is done twice`,
  async () => {
    const random = chance(seed)
    const house = company.houses[0]!
    const trading = startTrading(company, people)
    const startedInMs: number[] = []
    for (let i = 0; i < kills && !trading.isOver(); i++) {
      await pause(random.whole(200, 3000))
      await house.kill()
      startedInMs.push(await house.start())
    }
    await trading.stop()
    console.log(
      `${trading.deeds.length} deeds; asked again after ${JSON.stringify([...trading.troubles])}; ` +
        `ready again in ${Math.round(quantile(startedInMs, 0.5))} ms, ${Math.round(Math.max(...startedInMs))} ms at most`,
    )
    await expectNothingLostOrDoubled(company, trading)
    expect(quantile(startedInMs, 0.5)).toBeLessThanOrEqual(readyWithinMs)
  },
  kills * 20_000 + 600_000,
)
