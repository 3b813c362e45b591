import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { botJobs, botListeners, learnNames, type Platform, receiveFrom, startPost } from '../bot/index.ts'
import { approvalsJobs, connectDirectory } from '#server/engines/approvals'
import { exportJobs, exportListeners } from '#server/engines/exports'
import { importListeners } from '#server/engines/imports'
import { createApp } from '#server/http'
import { accountingJobs, accountingListeners } from '#server/modules/accounting'
import { connectionsJobs } from '#server/modules/connections'
import { financeJobs } from '#server/modules/finance'
import { inventoryJobs } from '#server/modules/inventory'
import {
  callerOf,
  deputyOf,
  ensureRoles,
  holdersOf,
  managerOf,
  namesOf,
  person,
  syncDirectory,
} from '#server/modules/org'
import { salesJobs, salesListeners } from '#server/modules/sales'
import { proofJobs } from '#server/proof'
import { systemCaller } from '#kernel/caller'
import { closeDatabase } from '#kernel/db'
import type { Job, Listener } from '#kernel/events'
import { connectCallers } from '#kernel/in-name-of'
import { closeNumbers } from '#kernel/numbers'
import { log } from '#kernel/log'
import { perform } from '#kernel/perform'
import { startWorker } from '#kernel/worker'
import { takeLeave } from './leave-taking.ts'
import { platformLines } from './platform-lines.ts'
import type { Exchange } from './running-platforms.ts'

/** Brings people in line with each platform's directory. One that cannot be read now is read in the night. */
export async function syncDirectories(platforms: Platform[]): Promise<void> {
  for (const platform of platforms) {
    try {
      await perform(systemCaller(new Date()), syncDirectory, await platform.readDirectory())
    } catch (error) {
      log.error({ err: error, platform: platform.name }, 'a directory could not be read')
    }
  }
}

/** What the engines ask upwards is answered here, once, whichever process it is. */
export async function furnish(): Promise<void> {
  connectDirectory({ namesOf, person, holdersOf, managerOf, deputyOf })
  connectCallers(callerOf)
  await perform(systemCaller(new Date()), ensureRoles, undefined)
}

/** Everything that listens: there is one list, because a worker that knew half of it would drop the other half's facts. */
export const houseListeners = (platforms: Platform[]): Listener[] => [
  ...salesListeners,
  ...accountingListeners,
  ...importListeners,
  ...exportListeners,
  ...botListeners(platforms),
]

/** Everything that runs by the clock. */
export const houseJobs = (platforms: Platform[]): Job[] => [
  ...approvalsJobs,
  ...exportJobs,
  ...inventoryJobs,
  ...financeJobs,
  ...salesJobs,
  ...accountingJobs,
  ...connectionsJobs,
  ...proofJobs,
  ...botJobs(platforms),
]

export type House = {
  url: string
  port: number
  /** Has the platforms as the list now has them: new lines are opened before old ones are hung up, and what is under way is ended on the old. */
  exchange: (exchange: Exchange) => Promise<void>
  /** Answers what is under way and takes nothing new. The database stays open: see `closeKernel`. */
  close: () => Promise<void>
}

/**
 * Opens the house: web, worker, and the platforms' connections. `platforms` is looked at anew whenever something is sent or comes in, so that
 * they can be exchanged in it. `appFolder` holds the built mini-app.
 */
export async function openHouse(options: {
  platforms: Platform[]
  host: string
  port: number
  appFolder?: string
}): Promise<House> {
  const { platforms, host, port, appFolder } = options
  await furnish()
  let answer = answerFor(platforms, appFolder)
  const stopPost = startPost(platforms)
  const worker = await startWorker(houseListeners(platforms), houseJobs(platforms))
  const server = await listening(createServer((request, response) => void answer(request, response)).listen(port, host))
  const lines = platformLines()
  await lines.open(platforms)
  const learning = learnNames().catch((error: unknown) => log.error({ err: error }, 'names could not be learned'))
  const { port: taken } = server.address() as AddressInfo // a TCP server's address
  return {
    url: `http://${host}:${taken}`,
    port: taken,
    exchange: async ({ came, left }) => {
      answer = answerFor(platforms, appFolder)
      await lines.open(came)
      await lines.hangUp(left)
    },
    close: async () => {
      await lines.hangUp()
      await stopPost()
      await takeLeave(server)
      await worker.stop()
      await learning
    },
  }
}

type Answer = ReturnType<ReturnType<typeof createApp>['callback']>

/** Answers requests with the platforms as they are now: who signs in where, and which callbacks are believed. */
function answerFor(platforms: readonly Platform[], appFolder: string | undefined): Answer {
  const callbacks = platforms.flatMap((platform) => platform.callbacks(receiveFrom(platform)) ?? [])
  const app = createApp({
    signIn: platforms.map((platform) => platform.signIn),
    callbacks: (router) => callbacks.forEach((routes) => routes(router)),
    appFolder,
  })
  return app.callback()
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
