import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chance } from '../../prisma/demo/random.ts'
import { expectNothingLostOrDoubled } from './aftermath.ts'
import { type Company, openCompany } from './company.ts'
import { startTrading } from './trading.ts'

// STORM_SEED repeats the moments of a run that failed, STORM_KILLS makes it shorter or longer.
const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000)
const kills = Number(process.env['STORM_KILLS'] ?? 50)
const people = 4
const servesAgainWithinMs = 15_000

let company: Company
beforeAll(async () => {
  console.log(`${kills} kills of PostgreSQL, seed ${seed}`)
  company = await openCompany()
}, 300_000)
afterAll(() => company?.close(), 60_000)

/** What is killed, and how; a process that is killed keeps what the system has cached, so this is no loss of power. */
const ways = {
  'the server': () => process.kill(postmaster(), 'SIGKILL'),
  'the server, which may not finish': () => process.kill(postmaster(), 'SIGQUIT'),
  'one of its processes': async (pick: (pids: number[]) => number) => process.kill(pick(await backends()), 'SIGKILL'),
  'one connection': async (pick: (pids: number[]) => number) => process.kill(pick(await backends()), 'SIGTERM'),
}

/** PostgreSQL writes its process into its data. */
const postmaster = (): number =>
  Number(readFileSync(join(company.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

/** The house may have answered before PostgreSQL saw that a process of it was killed: then it is asked until it has recovered. */
async function backends(): Promise<number[]> {
  for (const begun = Date.now(); ; await pause(50))
    try {
      const rows = await company.query<{ pid: number }>(
        `select pid from pg_stat_activity where backend_type = 'client backend' and datname = current_database() and pid <> pg_backend_pid()`,
      )
      return rows.map(({ pid }) => pid)
    } catch (error) {
      if (Date.now() - begun > servesAgainWithinMs) throw error
    }
}

test(
  `${kills} times PostgreSQL is killed under a server that stays: it serves again by itself, nothing is lost or done twice`,
  async () => {
    const random = chance(seed)
    const trading = startTrading(company, people)
    const servedAgainInMs: number[] = []
    for (let i = 0; i < kills && !trading.isOver(); i++) {
      await pause(random.whole(200, 3000))
      const way = random.pick(Object.values(ways))
      const killedAt = performance.now()
      await way((pids) => random.pick(pids))
      await answered(company)
      servedAgainInMs.push(performance.now() - killedAt)
    }
    await trading.stop()
    console.log(
      `${trading.deeds.length} deeds; asked again after ${JSON.stringify([...trading.troubles])}; ` +
        `served again in ${Math.round(Math.max(...servedAgainInMs))} ms at most, nobody waited longer than ${Math.round(trading.slowestMs)} ms`,
    )
    await expectNothingLostOrDoubled(company, trading)
    expect(Math.max(...servedAgainInMs)).toBeLessThanOrEqual(servesAgainWithinMs)
  },
  kills * 20_000 + 600_000,
)

/** Waits until the house says that its database answers, and somebody who asks for orders gets them. */
async function answered({ houses, keeper }: Company): Promise<void> {
  const url = houses[0]!.url // there is one
  const ask = (path: string): Promise<boolean> =>
    fetch(`${url}${path}`, { headers: keeper.headers, signal: AbortSignal.timeout(10_000) }).then(
      ({ ok }) => ok,
      () => false,
    )
  for (const begun = Date.now(); !((await ask('/readyz')) && (await ask('/api/orders?limit=5'))); await pause(50))
    if (Date.now() - begun > 60_000) throw new Error('The house does not serve again.')
}
