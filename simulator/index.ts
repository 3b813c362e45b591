import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

import Koa from 'koa'

import { SimClock } from './clock.ts'
import { control } from './control.ts'
import { createDingtalk } from './dingtalk/index.ts'
import type { DingtalkOptions } from './dingtalk/index.ts'
import { createFeishu } from './feishu/index.ts'
import type { FeishuOptions } from './feishu/index.ts'
import { Live } from './live.ts'
import { pageFiles } from './page-files.ts'
import type { Department, Person } from './people.ts'
import type { Platform } from './platform.ts'
import { phoneProxy } from './proxy.ts'
import { createWecom } from './wecom/index.ts'
import type { WecomOptions } from './wecom/index.ts'

export type { CardTemplate, DingtalkApp, DingtalkOptions } from './dingtalk/index.ts'
export { botPath as wecomBotPath } from './wecom/index.ts'
export type { FeishuApp } from './feishu/index.ts'
export type { Department, Person, PlatformName } from './people.ts'

export type SimulatorOptions = {
  /** 0 takes any free port. */
  port: number
  /** 127.0.0.1 unless told. */
  host?: string
  people: Person[]
  departments: Department[]
  /** Where the product serves its mini-app. */
  appUrl: string
  feishu: FeishuOptions
  dingtalk?: DingtalkOptions | undefined
  wecom?: WecomOptions | undefined
  clock?: SimClock
  /** Chance, between 0 and 1; tests hand in their own. */
  random?: () => number
  /** Where the built page lies. */
  pageFolder?: string
}

export type Simulator = {
  /** Base address: the page, the control interface and the Open APIs that the SDKs call. */
  url: string
  clock: SimClock
  close(): Promise<void>
}

/** Starts the stand-in for the chat platforms on this machine. It remembers nothing after it is closed. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const host = options.host ?? '127.0.0.1'
  const server = createServer()
  await listen(server, options.port, host)
  const port = portOf(server)
  const origin = `http://${host}:${port}`

  const clock = options.clock ?? new SimClock()
  const live = new Live()
  const people = options.people.map((person) => ({ ...person }))
  const departments = options.departments
  const random = options.random ?? Math.random
  const world = { clock, people, departments, publish: live.publish.bind(live), random, origin }
  const platforms = [
    createFeishu(options.feishu, world),
    ...(options.dingtalk ? [createDingtalk(options.dingtalk, world)] : []),
    ...(options.wecom ? [createWecom(options.wecom, world)] : []),
  ]

  const originOf = (key: string) => `http://${key}.localhost:${port}`
  const desk = { platforms, people, departments, clock, live, appUrl: options.appUrl, originOf }
  const folder = options.pageFolder ?? fileURLToPath(new URL('../dist/simulator', import.meta.url))
  const answer = compose(desk, folder).callback()
  server.on('request', (request, response) => void answer(request, response))
  server.on('upgrade', (request, socket, head) => {
    if (!platforms.some((platform) => platform.upgrade(request, socket, head))) socket.destroy()
  })
  return { url: origin, clock, close: () => close(server, platforms, live, clock) }
}

/** A page that is closed ends its stream of events in the middle: that is no fault. */
const goneAway = ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE']

type Desk = Parameters<typeof control>[0]

function compose(desk: Desk, folder: string): Koa {
  const app = new Koa()
  app.on('error', (error: NodeJS.ErrnoException) => {
    if (!goneAway.includes(error.code ?? '')) console.error(error)
  })
  const phone = phoneProxy(desk.appUrl)
  app.use(async (ctx, next) => {
    const person = desk.people.find((each) => ctx.hostname === `${each.key}.localhost`)
    // A phone belongs to one platform: the first on which its owner has an identity.
    const platform = person && desk.platforms.find((each) => person.platforms.includes(each.name))
    return platform ? phone(ctx, person, platform) : next()
  })
  for (const platform of desk.platforms) app.use(platform.api.routes())
  const routes = control(desk)
  app.use(routes.routes()).use(routes.allowedMethods())
  app.use(pageFiles(folder))
  return app
}

async function close(server: Server, platforms: Platform[], live: Live, clock: SimClock): Promise<void> {
  for (const platform of platforms) platform.close()
  live.close()
  clock.close()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function portOf(server: Server): number {
  const address = server.address()
  // A server that listens on a TCP port has an address object; a text is the path of a pipe.
  return (address as AddressInfo).port
}
