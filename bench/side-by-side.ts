import pg from 'pg'
import { openDatabase } from '../scripts/embedded-postgres.ts'
import { type Benchmark, rate, type Report } from './benchmark.ts'
import { closedLoop } from './closed-loop.ts'
import { onCopy } from './database-copy.ts'
import { type Between, findPgBouncer, hasNginx, openNginx, openPgBouncer } from './front-door.ts'
import { freePort, type HouseProcess, startHouse } from './house-process.ts'
import { submit } from './order-submit.ts'
import { startPlatform } from './platform.ts'
import { openReplica } from './replica.ts'
import type { StoredCompany } from './stored-company.ts'
import { openTrade, type Trade } from './trade.ts'

const clients = 16
const warmUpMs = 3_000
const turns = 2
const turnMs = 4_000
/** What both houses together may hold in PostgreSQL through the pooler. */
const pooled = 8

/**
 * One house, then two of them behind nginx, then the same through PgBouncer; beside them a streaming replica. Needs the Debian packages `nginx`
 * and `pgbouncer` (1.21 or later, which PGBOUNCER may name): what is not there is said and left out.
 */
export const sideBySide: Benchmark = {
  name: 'side-by-side',
  on: 'stored company',
  run: async ({ size, dataDir, log }, report) => {
    if (!hasNginx()) return log('nginx is not installed: side by side is left out.')
    const opened = await openDatabase({ dataDir, log })
    try {
      await onCopy(opened.url, (url) => measure(url, { size, dataDir, log }, report))
    } finally {
      await opened.stop()
    }
  },
}

async function measure(
  databaseUrl: string,
  { size, dataDir, log }: Omit<StoredCompany, 'remove'>,
  report: Report,
): Promise<void> {
  const stops: (() => unknown)[] = []
  try {
    const ports = [await freePort(), await freePort(), await freePort(), await freePort()]
    const platform = await startPlatform(`http://127.0.0.1:${ports[0]}`)
    stops.push(() => platform.simulator.close())
    const open = async (port: number, env: Record<string, string>): Promise<HouseProcess> => {
      const house = await startHouse(port, { ...platform.env, ...env })
      stops.push(house.stop)
      return house
    }
    const keep = <T extends Between>(between: T): T => {
      stops.push(between.stop)
      return between
    }
    const direct = { DATABASE_URL: databaseUrl }
    const houses = [await open(ports[0]!, direct), await open(ports[1]!, direct)]
    const database = new pg.Client({ connectionString: databaseUrl })
    await database.connect()
    stops.push(() => database.end())
    const trade = await openTrade(database, houses[0]!.url)

    const ways = new Map([
      ['one-house', houses[0]!.url],
      ['two-houses', keep(await openNginx(houses.map(({ url }) => url))).url],
    ])
    const bouncer = findPgBouncer()
    if ('missing' in bouncer) log(`${bouncer.missing}: the run through it is left out.`)
    else {
      const { url } = keep(await openPgBouncer(bouncer.program, databaseUrl, pooled))
      const through = { DATABASE_URL: url, DATABASE_DIRECT_URL: databaseUrl }
      const pooledHouses = [await open(ports[2]!, through), await open(ports[3]!, through)]
      ways.set('two-houses-pooled', keep(await openNginx(pooledHouses.map(({ url }) => url))).url)
    }
    const replica = keep(await openReplica(dataDir, database, log))
    const figures = await takeTurns(ways, trade)
    for (const [way, perSecond] of figures)
      report(rate(`side-by-side/${size}/${way}`, perSecond, 'orders/s', figures.get('one-house')))
    report({ name: `side-by-side/${size}/replica-behind`, value: await replica.behindMs(), unit: 'ms' })
  } finally {
    for (const stop of stops.toReversed()) await stop()
  }
}

/** Orders a second by each way; they take turns, so that a machine that is busy for a while is so for all. */
async function takeTurns(ways: ReadonlyMap<string, string>, trade: Trade): Promise<Map<string, number>> {
  const figures = new Map<string, number>()
  const loop = (url: string, ms: number) => {
    const sellers = trade.sellers.map((seller) => ({ ...seller, session: seller.session.at(url) }))
    return closedLoop(clients, ms, () => submit({ trade: { ...trade, sellers } }))
  }
  for (const url of ways.values()) await loop(url, warmUpMs)
  for (let turn = 0; turn < turns; turn++)
    for (const [way, url] of ways)
      figures.set(way, (figures.get(way) ?? 0) + (await loop(url, turnMs)).perSecond / turns)
  return figures
}
