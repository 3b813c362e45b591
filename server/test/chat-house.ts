import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Router from '@koa/router'
import Koa from 'koa'
import { vi } from 'vitest'
import { botListeners, type Platform, receiveFrom, startPost } from '../../bot/index.ts'
import type { ClickView, MessageView } from '../../simulator/answers.ts'
import { eventually } from '../../simulator/test-eventually.ts'
import type { SimClock } from '../../simulator/clock.ts'
import { startSimulator } from '../../simulator/index.ts'
import { db } from '../kernel/db.ts'
import { drain, type Listener } from '../kernel/events.ts'
import { startWorker } from '../kernel/worker.ts'
import { as, type Name, names, openCompany } from '../modules/sales/fixtures/company.ts'
import { salesListeners } from '../modules/sales/index.ts'
import { atRest } from './at-rest.ts'
import { type ChatApp, chatApps, type ChatPlatform } from './chat-platforms.ts'

const department = { key: 'all', name: '全公司', en: 'Everybody' }
/** Tests write in a second what people write in a day; those of the pace hand in limits of their own. */
const roomy = { person: { perMinute: 60_000, atOnce: 1000 }, app: { perMinute: 60_000, atOnce: 1000 } }

type Options = {
  on?: ChatPlatform[]
  /** Who is where, when not everybody is everywhere. */
  where?: Partial<Record<Name, ChatPlatform[]>>
  limits?: Partial<Platform['limits']>
  /** Whether time can be made to `pass`. */
  isTimed?: boolean
  /** Whether the worker and the post are at work, as in production. Otherwise what waits is delivered when the test says so. */
  isWorking?: boolean
}

/** The small company of the sales tests in the chat: on simulated platforms, reached through the adapters as in production. */
export async function openChatHouse(options: Options = {}) {
  const { on = ['feishu'], where = {}, limits = roomy, isTimed = false, isWorking = false } = options
  // Before anybody has looked at the clock: some keep hold of it.
  if (isTimed) vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true })
  await openCompany()
  const placesOf = (name: Name): ChatPlatform[] => where[name] ?? on
  const apps = on.map((name): [ChatPlatform, ChatApp] => [name, chatApps[name]()])
  const door = await openDoor()
  const people = await Promise.all(names.map((name) => colleague(name, placesOf(name))))
  const simulator = await startSimulator({
    port: 0,
    people,
    departments: [department],
    appUrl: 'http://127.0.0.1:9',
    ...chatApps.feishu().simulated(door.url), // there is always one
    ...Object.assign({}, ...apps.map(([, app]) => app.simulated(door.url))),
  })
  const platforms = apps.map(([, app]) => {
    const platform = app.adapter(simulator.url)
    return { ...platform, limits: { ...platform.limits, ...limits } }
  })
  for (const [i, [name, app]] of apps.entries())
    for (const person of names.filter((one) => placesOf(one).includes(name)))
      await introduce(person, name, platforms[i]!.appId, app)
  for (const platform of platforms) platform.callbacks(receiveFrom(platform))?.(door.router)
  const hangUps = await Promise.all(platforms.map((platform) => platform.listen(receiveFrom(platform))))

  const listeners = [...salesListeners, ...botListeners(platforms)]
  const stopWork = isWorking ? await startWork(listeners, platforms) : undefined
  const settled = (): Promise<void> => (isWorking ? atRest() : drain(listeners))
  const world = { url: simulator.url, clock: simulator.clock, settled }
  const chats = apps.map(([name, app], i) => chatOn(world, name, platforms[i]!, app))
  const chat = (name: ChatPlatform) => chats.find((one) => one.name === name)!
  return {
    ...chats[0]!,
    on: chat,
    platforms,
    listeners,
    simulatorUrl: simulator.url,
    clock: simulator.clock,
    /** Time passes, for us and for the platforms alike. */
    pass: (ms: number): void => {
      vi.setSystemTime(Date.now() + ms)
      simulator.clock.advance(0)
    },
    /** Waits until all that follows from what was done has happened. */
    settled,
    stop: async (): Promise<void> => {
      await stopWork?.()
      for (const hangUp of hangUps) await hangUp()
      await simulator.close()
      await door.close()
      vi.useRealTimers()
    },
  }
}

export type ChatHouse = Awaited<ReturnType<typeof openChatHouse>>
export type Chat = ReturnType<typeof chatOn>

async function startWork(listeners: Listener[], platforms: Platform[]): Promise<() => Promise<void>> {
  const stopPost = startPost(platforms)
  const worker = await startWorker(listeners, [])
  return async () => {
    await worker.stop()
    await stopPost()
  }
}

/** Where platforms call back that do so over HTTP. */
async function openDoor() {
  const app = new Koa()
  const router = new Router()
  app.use(router.routes())
  const answer = app.callback()
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, router, close }
}

const colleague = async (key: Name, platforms: ChatPlatform[]) => ({
  key,
  name: (await as(key)).name,
  en: key,
  mobile: `1990000000${names.indexOf(key)}`,
  email: `${key}@example.com`,
  employeeNumber: `E-${key}`,
  department: department.key,
  title: { zh: '同事', en: 'Colleague' },
  platforms,
})

/** As the directory would: who of ours is who on the platform. */
async function introduce(name: Name, platform: ChatPlatform, appId: string, app: ChatApp): Promise<void> {
  const { personId } = await as(name)
  await db.identity.create({ data: { platform, appId, personId, ...app.identityOf(name) } })
}

type PressOptions = { form?: Record<string, string>; version?: number; forwarded?: boolean }
type World = { url: string; clock: SimClock; settled: () => Promise<void> }

/** What people do on one platform, and what they see of it. Everything that follows from a deed has happened when it returns. */
function chatOn({ url, clock, settled }: World, name: ChatPlatform, platform: Platform, { card }: ChatApp) {
  const control = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${url}/sim${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T // the control interface answers what simulator/answers.ts says
  }
  const inbox = async (person: Name, after = 0): Promise<MessageView[]> =>
    (await control<{ messages: MessageView[] }>('GET', `/${name}/people/${person}/inbox?after=${after}`)).messages
  const cards = async (person: Name): Promise<MessageView[]> =>
    (await inbox(person)).filter((message) => message.kind === 'card')
  const received = (): Promise<number> => db.inboxMessage.count({ where: { platform: name } })
  /** A press whose consequences are left for later, so that two of them can meet. */
  const taps = (person: Name, messageId: string, button: string, more: PressOptions = {}): Promise<ClickView> =>
    control('POST', `/${name}/cards/${messageId}/clicks`, { person, action: card.buttonNamed(button), ...more })

  return {
    name,
    card,
    platform,
    control,
    inbox,
    /** The cards that somebody has, as they are now, oldest first. */
    cards,
    newest: async (person: Name): Promise<MessageView> => {
      const newest = (await cards(person)).at(-1)
      if (!newest) throw new Error(`${person} has no card on ${name}`)
      return newest
    },
    /** What the platform calls with everything that comes in. */
    receive: receiveFrom(platform),
    /** Waits until the next thing that comes in is dealt with. */
    heard: async (): Promise<void> => {
      await eventually(async () => (await db.inboxMessage.count({ where: { handledAt: null } })) > 0 || undefined)
      await settled()
    },
    /** Somebody writes to the bot; answers what the bot sent him. */
    says: async (person: Name, text: string, chat?: string): Promise<MessageView[]> => {
      const before = (await inbox(person)).at(-1)?.seq ?? 0
      const known = await received()
      // Nobody writes more often: what answers him would otherwise have to wait for the platform's limits.
      clock.advance(1000)
      await control('POST', `/${name}/people/${person}/messages`, { text, chat, waitMs: 0 })
      await eventually(async () => (await received()) > known || undefined)
      await settled()
      return (await inbox(person, before)).filter((message) => message.from.kind === 'bot')
    },
    taps,
    /** Somebody presses a button; answers what he then sees. `version` is the card as he still has it before him. */
    presses: async (person: Name, messageId: string, button: string, more: PressOptions = {}): Promise<ClickView> => {
      const view = await taps(person, messageId, button, more)
      await settled()
      return view
    },
  }
}
