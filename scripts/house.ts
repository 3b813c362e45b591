import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { botJobs, botListeners, feishu, feishuSettings, type Platform, receiveFrom } from '../bot/index.ts'
import { approvalsJobs, connectDirectory } from '#server/engines/approvals'
import { createApp } from '#server/http'
import { financeJobs } from '#server/modules/finance'
import { inventoryJobs } from '#server/modules/inventory'
import { deputyOf, ensureRoles, holdersOf, managerOf, namesOf, person, syncDirectory } from '#server/modules/org'
import { salesJobs, salesListeners } from '#server/modules/sales'
import { proofJobs } from '#server/proof'
import { systemCaller } from '#kernel/caller'
import { config } from '#kernel/config'
import { closeDatabase } from '#kernel/db'
import { type Job, type Listener, startWorker } from '#kernel/events'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'

/** The chat platforms that are switched on. */
export function platformsFrom(): Platform[] {
  const onFeishu = feishuSettings(config, config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`)
  return onFeishu ? [feishu(onFeishu)] : []
}

/** Brings people in line with each platform's directory. */
export async function syncDirectories(platforms: Platform[]): Promise<void> {
  for (const platform of platforms)
    await perform(systemCaller(new Date()), syncDirectory, await platform.readDirectory())
}

/** What the engines ask upwards is answered here, once, whichever process it is. */
export async function furnish(): Promise<void> {
  connectDirectory({ namesOf, person, holdersOf, managerOf, deputyOf })
  await perform(systemCaller(new Date()), ensureRoles, undefined)
}

/** Everything that listens: there is one list, because a worker that knew half of it would drop the other half's facts. */
export const houseListeners = (platforms: Platform[]): Listener[] => [...salesListeners, ...botListeners(platforms)]

/** Everything that runs by the clock. */
export const houseJobs = (platforms: Platform[]): Job[] => [
  ...approvalsJobs,
  ...inventoryJobs,
  ...financeJobs,
  ...salesJobs,
  ...proofJobs,
  ...botJobs(platforms),
]

export type House = {
  url: string
  port: number
  /** Answers what is under way and takes nothing new. The database stays open: see `closeKernel`. */
  close: () => Promise<void>
}

/** Opens the house: web, worker, and the platforms' connections. `appFolder` holds the built mini-app. */
export async function openHouse(options: {
  platforms: Platform[]
  host: string
  port: number
  appFolder?: string
}): Promise<House> {
  const { platforms, host, port, appFolder } = options
  await furnish()
  const callbacks = platforms.flatMap((platform) => platform.callbacks(receiveFrom(platform)) ?? [])
  const app = createApp({
    signIn: platforms.map((platform) => platform.signIn),
    callbacks: (router) => callbacks.forEach((routes) => routes(router)),
    appFolder,
  })
  const worker = await startWorker(houseListeners(platforms), houseJobs(platforms))
  const server = await listening(app.listen(port, host))
  const hangUps = await Promise.all(platforms.map((platform) => platform.listen(receiveFrom(platform))))
  const { port: taken } = server.address() as AddressInfo // a TCP server's address
  return {
    url: `http://${host}:${taken}`,
    port: taken,
    close: async () => {
      for (const hangUp of hangUps) await hangUp()
      await closed(server)
      await worker.stop()
    },
  }
}

/** Gives back what the kernel holds: the last thing that a process does. */
export async function closeKernel(): Promise<void> {
  await closeNumbers()
  await closeDatabase()
}

const listening = (server: Server): Promise<Server> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => resolve(server))
  })

/** Answers what is under way, takes nothing new. */
const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
