import { fileURLToPath } from 'node:url'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort, type HouseProcess, startHouse } from '../../bench/house-process.ts'
import { startPlatform } from '../../bench/platform.ts'
import { type Session, signIn } from '../../bench/session.ts'
import { storeCompany } from '../../bench/stored-company.ts'
import { openTrade, type Trade } from '../../bench/trade.ts'
import { hangUp } from '../../bench/web-client.ts'
import { openDatabase } from '../../scripts/embedded-postgres.ts'

/** A server process that may die and come back under the same address. */
export type House = {
  url: string
  kill: () => Promise<void>
  stop: () => Promise<number | null>
  /** Answers how long it took until it was ready. */
  start: () => Promise<number>
}

/** The demo company on a PostgreSQL that keeps what it commits, served by processes of their own. */
export type Company = {
  houses: House[]
  trade: Trade
  keeper: Session
  accountant: Session
  /** Either of them may decide on credit. */
  deciders: [Session, Session]
  simulatorUrl: string
  dataDir: string
  databaseUrl: string
  /** On a connection of its own, so that it does not matter what became of earlier ones. */
  query: <T extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<T[]>
  close: () => Promise<void>
}

type Options = {
  houses?: number
  /** What stands between house and database; answers the address that the house is given. */
  through?: (databaseUrl: string) => Promise<string>
  env?: Record<string, string>
}

const log = (line: string): void => console.log(line)

export async function openCompany({ houses = 1, through, env = {} }: Options = {}): Promise<Company> {
  const { dataDir, remove } = await storeCompany(1, log)
  const opened = await openDatabase({ dataDir, log })
  const ports = await Promise.all(Array.from({ length: houses }, freePort))
  const platform = await startPlatform(`http://127.0.0.1:${ports[0]}`)
  const DATABASE_URL = through ? await through(opened.url) : opened.url
  const houseEnv = { LOG_LEVEL: 'fatal', ...platform.env, ...env, DATABASE_URL }
  const open: House[] = []
  for (const port of ports) open.push(await openHouse(port, houseEnv))
  const url = open[0]!.url // there is at least one

  const database = new pg.Client({ connectionString: opened.url })
  await database.connect()
  const trade = await openTrade(database, url)
  await database.end()
  const [keeper, accountant, ...deciders] = await Promise.all(
    ['laozhao', 'liukuaiji', 'hezongjian', 'chenzong'].map((person) => signIn(url, person)),
  )
  return {
    houses: open,
    trade,
    keeper: keeper!, // one for each name
    accountant: accountant!,
    deciders: [deciders[0]!, deciders[1]!],
    simulatorUrl: platform.simulator.url,
    dataDir,
    databaseUrl: opened.url,
    query: async (text, values) => {
      const client = new pg.Client({ connectionString: opened.url })
      await client.connect()
      try {
        return (await client.query(text, values)).rows
      } finally {
        await client.end()
      }
    },
    close: async () => {
      hangUp()
      for (const house of open) await house.stop()
      await platform.simulator.close()
      await opened.stop()
      remove()
    },
  }
}

async function openHouse(port: number, env: Record<string, string>): Promise<House> {
  let running: HouseProcess = await startHouse(port, env)
  return {
    url: running.url,
    kill: () => running.kill(),
    stop: () => running.stop(),
    start: async () => {
      running = await startHouse(port, env)
      return running.startedInMs
    },
  }
}

const reconcile = fileURLToPath(new URL('../../scripts/reconcile.ts', import.meta.url))

/** Asks every invariant of the books, in a process of its own; throws with what it found. */
export async function prove({ databaseUrl }: Company): Promise<void> {
  await promisify(execFile)(process.execPath, ['--import', 'tsx', reconcile], {
    env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'fatal' },
  }).catch((error: { stdout?: string }) => {
    throw new Error(`The books are wrong:\n${error.stdout ?? String(error)}`)
  })
}
