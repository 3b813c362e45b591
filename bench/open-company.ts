import pg from 'pg'
import { openDatabase } from '../scripts/embedded-postgres.ts'
import { type Chat, openChat } from './chat.ts'
import { freePort, type HouseProcess, startHouse } from './house-process.ts'
import { startPlatform } from './platform.ts'
import { type Session, signIn } from './session.ts'
import type { StoredCompany } from './stored-company.ts'
import { openTrade, type Trade } from './trade.ts'
import { hangUp } from './web-client.ts'

/** The demo company at work: the house in a process of its own, its chat platform and its database reached from here. */
export type OpenCompany = {
  size: string
  house: HouseProcess
  simulatorUrl: string
  chat: Chat
  trade: Trade
  /** Sees every order. */
  owner: Session
  databaseUrl: string
  /** A connection of the benchmark's own. */
  database: pg.Client
  log: (line: string) => void
  close: () => Promise<void>
}

/** Opens the company that is stored there. Close it before anything else is done with the data. */
export async function openCompany({ size, dataDir, log }: StoredCompany): Promise<OpenCompany> {
  const stops: (() => unknown)[] = [hangUp]
  const close = async (): Promise<void> => {
    for (const stop of stops.toReversed()) await stop()
  }
  try {
    const opened = await openDatabase({ dataDir, log })
    stops.push(opened.stop)
    const port = await freePort()
    const platform = await startPlatform(`http://127.0.0.1:${port}`)
    stops.push(() => platform.simulator.close())
    const house = await startHouse(port, { ...platform.env, DATABASE_URL: opened.url })
    stops.push(house.stop)
    const database = new pg.Client({ connectionString: opened.url })
    await database.connect()
    stops.push(() => database.end())
    const chat = await openChat(platform.simulator.url)
    stops.push(chat.close)
    const trade = await openTrade(database, house.url)
    const owner = await signIn(house.url, 'chenzong')
    const { url: simulatorUrl } = platform.simulator
    return { size, house, simulatorUrl, chat, trade, owner, databaseUrl: opened.url, database, log, close }
  } catch (error) {
    await close()
    throw error
  }
}
