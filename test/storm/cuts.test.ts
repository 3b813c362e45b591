import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chance } from '../../prisma/demo/random.ts'
import { expectNothingLostOrDoubled } from './aftermath.ts'
import { type Company, openCompany } from './company.ts'
import { openProxy, type PostgresProxy } from './postgres-proxy.ts'
import { startTrading } from './trading.ts'

// STORM_SEED repeats the mishaps of a run that failed, STORM_CUTS makes it shorter or longer.
const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000)
const cuts = Number(process.env['STORM_CUTS'] ?? 1000)
const people = 6
const stalls = 3
const stallMs = 30_000
const waitsAtMostMs = 10_000

const random = chance(seed)
let weather: 'fair' | 'cutting' | 'stalling' = 'fair'
let proxy: PostgresProxy
let company: Company
beforeAll(async () => {
  console.log(`${cuts} cut commits, seed ${seed}`)
  const through = async (databaseUrl: string): Promise<string> => {
    const mishap = () => {
      const luck = random.next()
      if (weather === 'cutting') return luck < 0.08 ? 'before' : luck < 0.16 ? 'after' : 'none'
      return weather === 'stalling' && luck < 0.05 ? 'stall' : 'none'
    }
    proxy = await openProxy(databaseUrl, mishap, stallMs)
    return proxy.url
  }
  company = await openCompany({ through })
}, 300_000)
afterAll(async () => {
  await company?.close()
  await proxy?.close()
}, 60_000)

test(
  `${cuts} times the line is cut before or after a commit: whoever asks again with his key is told what became of it`,
  async () => {
    const { befallen } = proxy
    weather = 'cutting'
    const trading = startTrading(company, people)
    while (befallen.before + befallen.after < cuts && !trading.isOver()) await pause(200)
    weather = 'stalling'
    while (befallen.stall < stalls && !trading.isOver()) await pause(200)
    weather = 'fair'
    await trading.stop()
    console.log(
      `${trading.deeds.length} deeds; commits: ${JSON.stringify(befallen)}; asked again after ` +
        `${JSON.stringify([...trading.troubles])}; nobody waited longer than ${Math.round(trading.slowestMs)} ms`,
    )
    await expectNothingLostOrDoubled(company, trading)
    expect(trading.slowestMs).toBeLessThanOrEqual(waitsAtMostMs)
  },
  cuts * 2_000 + 900_000,
)
