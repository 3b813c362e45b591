import Router from '@koa/router'
import type { RouterContext } from '@koa/router'
import { z } from 'zod'

import type { PersonView, PlatformView } from './answers.ts'
import type { SimClock } from './clock.ts'
import { Fault } from './faults.ts'
import type { Live } from './live.ts'
import type { Department, Person, PlatformName } from './people.ts'
import { Unable } from './platform.ts'
import type { Platform } from './platform.ts'
import { jsonOf, rawBody } from './request-body.ts'

const BODY_BYTES_MAX = 2_000_000

export type ControlOptions = {
  platforms: Platform[]
  people: Person[]
  departments: Department[]
  clock: SimClock
  live: Live
  appUrl: string
  /** The address of a person's own origin. */
  originOf: (personKey: string) => string
}

const text = z.string().min(1)
const Write = z.strictObject({
  text,
  chat: z.string().optional(),
  waitMs: z.number().int().min(0).max(60_000).default(5000).describe('how long to wait for what the bot sends back'),
})
const ClickBody = z.strictObject({
  person: text,
  action: text,
  form: z.record(z.string(), z.unknown()).optional(),
  version: z.number().int().min(0).optional(),
  forwarded: z.boolean().optional(),
})
const FaultBody = Fault.extend({ socket: z.enum(['cut', 'freeze']).optional(), revokeTokens: z.boolean().optional() })
const ClockBody = z.union([
  z.strictObject({ advanceMs: z.number().int().min(0) }),
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
])
const Group = z.strictObject({ name: text, members: z.array(text).min(1), withBot: z.boolean().default(true) })
const Answer = z.strictObject({
  ask: z.enum(['scan', 'contact']),
  value: z.union([z.string(), z.array(z.string())]).nullable(),
})
const PersonBody = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  name: text,
  en: text,
  mobile: text,
  email: text,
  employeeNumber: text,
  department: z.string(),
  title: z.strictObject({ zh: text, en: text }),
  leader: z.string().optional(),
})
const DepartmentBody = z.strictObject({
  key: text,
  name: text,
  en: text,
  parent: z.string().optional(),
  leader: z.string().optional(),
})

const labels: Record<PlatformName, { zh: string; en: string }> = {
  feishu: { zh: '飞书', en: 'Feishu' },
  dingtalk: { zh: '钉钉', en: 'DingTalk' },
  wecom: { zh: '企业微信', en: 'WeCom' },
}

/** The control interface: what people, demos and tests do on the other side of the chat. */
export function control(options: ControlOptions): Router {
  const router = new Router({ prefix: '/sim' })
  router.use((ctx, next) => sayWhyNot(ctx, next))

  worldRoutes(router, options)
  platformRoutes(router, options)
  peopleRoutes(router, options)
  return router
}

function worldRoutes(router: Router, options: ControlOptions): void {
  const { clock, live } = options
  router.get('/people', (ctx) => {
    ctx.body = { people: options.people.map((person) => personView(options, person)) }
  })
  router.get('/platforms', (ctx) => {
    const platforms = Object.keys(labels).map((name): PlatformView => platformView(options, name))
    ctx.body = { platforms, appUrl: options.appUrl }
  })
  router.get('/events', (ctx) => {
    ctx.type = 'text/event-stream'
    ctx.set('cache-control', 'no-store')
    ctx.body = live.open()
  })
  router.get('/clock', (ctx) => {
    ctx.body = { now: new Date(clock.now()).toISOString() }
  })
  router.post('/clock', (ctx) => moveClock(ctx, options))
}

async function moveClock(ctx: RouterContext, { clock, live }: ControlOptions): Promise<void> {
  const move = await body(ctx, ClockBody)
  const ms = 'now' in move ? Date.parse(move.now) - clock.now() : move.advanceMs
  if (ms < 0) throw new Unable(409, 'the clock goes forward only')
  clock.advance(ms)
  const now = new Date(clock.now()).toISOString()
  live.publish({ kind: 'clock', now })
  ctx.body = { now }
}

function platformRoutes(router: Router, options: ControlOptions): void {
  const on = (ctx: RouterContext) => platformNamed(options, ctx.params['platform'] ?? '')

  router.post('/:platform/cards/:id/clicks', async (ctx) => {
    const platform = on(ctx)
    const click = await body(ctx, ClickBody)
    ctx.body = await platform.click(ctx.params['id'] ?? '', {
      ...click,
      person: personNamed(options, platform, click.person).key,
    })
  })
  router.post('/:platform/chats', async (ctx) => {
    const group = await body(ctx, Group)
    ctx.body = on(ctx).createChat(group.name, group.members, group.withBot)
  })
  router.post('/:platform/faults', async (ctx) => {
    const platform = on(ctx)
    const { socket, revokeTokens, ...fault } = await body(ctx, FaultBody)
    if (socket) platform.disturb(socket)
    if (revokeTokens) platform.disturb('revoke-tokens')
    if (Object.keys(fault).length > 0) platform.faults.add(fault)
    ctx.body = { faults: platform.faults.list() }
  })
  router.get('/:platform/faults', (ctx) => {
    ctx.body = { faults: on(ctx).faults.list() }
  })
  router.delete('/:platform/faults', (ctx) => {
    on(ctx).faults.clear()
    ctx.body = { faults: [] }
  })
  router.get('/:platform/log', (ctx) => {
    ctx.body = { log: on(ctx).log.after(after(ctx)) }
  })
  router.patch('/:platform/settings', async (ctx) => {
    ctx.body = await on(ctx).configure(await body(ctx, z.record(z.string(), z.unknown())))
  })
  router.get('/:platform/questions', (ctx) => {
    ctx.body = { questions: on(ctx).questions() }
  })
  router.post('/:platform/departments', async (ctx) => {
    on(ctx).setDepartment(await body(ctx, DepartmentBody))
    ctx.body = {}
  })
  router.delete('/:platform/departments/:id', (ctx) => {
    on(ctx).removeDepartment(ctx.params['id'] ?? '')
    ctx.body = {}
  })
}

function peopleRoutes(router: Router, options: ControlOptions): void {
  const on = (ctx: RouterContext) => platformNamed(options, ctx.params['platform'] ?? '')
  const who = (ctx: RouterContext) => personNamed(options, on(ctx), ctx.params['id'] ?? '').key

  router.post('/:platform/people/:id/messages', async (ctx) => {
    const { text: words, ...how } = await body(ctx, Write)
    ctx.body = { messages: await on(ctx).write(who(ctx), words, how) }
  })
  router.get('/:platform/people/:id/inbox', (ctx) => {
    ctx.body = { messages: on(ctx).inbox(who(ctx), after(ctx)) }
  })
  router.get('/:platform/people/:id/chats', (ctx) => {
    ctx.body = { chats: on(ctx).chats(who(ctx)) }
  })
  router.get('/:platform/people/:id/app', (ctx) => {
    on(ctx)
    const path = String(ctx.query['path'] ?? '/')
    ctx.body = { url: new URL(path.replace(/^\/*/, '/'), options.originOf(who(ctx))).href }
  })
  router.post('/:platform/people/:id/answers', async (ctx) => {
    const { ask, value } = await body(ctx, Answer)
    on(ctx).answer(who(ctx), ask, value)
    ctx.body = {}
  })
  router.post('/:platform/people/:id/leave', (ctx) => {
    on(ctx).leave(who(ctx))
    ctx.body = {}
  })
  router.patch('/:platform/people/:id', async (ctx) => {
    const changes = await body(ctx, PersonBody.omit({ key: true }).partial())
    on(ctx).change(who(ctx), changes)
    const person = options.people.find((each) => each.key === who(ctx))
    if (person) Object.assign(person, changes)
    ctx.body = {}
  })
  router.post('/:platform/people', async (ctx) => {
    const platform = on(ctx)
    const given = await body(ctx, PersonBody)
    const person: Person = { ...given, platforms: [platform.name] }
    if (!options.people.some((each) => each.key === person.key)) options.people.push(person)
    platform.join(person)
    ctx.body = personView(options, person)
  })
}

async function sayWhyNot(ctx: RouterContext, next: () => Promise<unknown>): Promise<void> {
  try {
    await next()
  } catch (error) {
    if (!(error instanceof Unable)) throw error
    ctx.status = error.status
    ctx.body = { error: error.message }
  }
}

async function body<Body>(ctx: RouterContext, schema: z.ZodType<Body>): Promise<Body> {
  const raw = (await rawBody(ctx.req, BODY_BYTES_MAX))?.toString('utf8') ?? ''
  const parsed = schema.safeParse(raw === '' ? {} : jsonOf(raw))
  if (!parsed.success) throw new Unable(400, z.prettifyError(parsed.error))
  return parsed.data
}

function after(ctx: RouterContext): number {
  return Number(ctx.query['after'] ?? 0) || 0
}

function platformNamed(options: ControlOptions, name: string): Platform {
  const found = options.platforms.find((platform) => platform.name === name)
  const here = options.platforms.map((platform) => platform.name).join(', ')
  if (!found) throw new Unable(404, `the platform ${name} is not simulated here; these are: ${here}`)
  return found
}

/** People are named by key, or by any of their ids on the platform. */
function personNamed(options: ControlOptions, platform: Platform, name: string): Person {
  const found = options.people.find(
    (person) => person.key === name || Object.values(platform.idsOf(person)).includes(name),
  )
  if (!found) throw new Unable(404, `there is no person ${name}`)
  return found
}

function personView(options: ControlOptions, person: Person): PersonView {
  const department = options.departments.find((each) => each.key === person.department)
  const on = options.platforms.filter((platform) => person.platforms.includes(platform.name))
  return {
    key: person.key,
    name: person.name,
    en: person.en,
    role: person.title,
    department: { zh: department?.name ?? '', en: department?.en ?? '' },
    platforms: Object.fromEntries(on.map((platform) => [platform.name, platform.idsOf(person)])),
    hasLeft: on.length > 0 && on.every((platform) => platform.hasLeft(person.key)),
  }
}

function platformView(options: ControlOptions, name: string): PlatformView {
  const platform = options.platforms.find((each) => each.name === name)
  // `name` is a key of `labels`: its caller walks through them.
  return { name, label: labels[name as PlatformName], isHere: platform !== undefined, botName: platform?.botName ?? '' }
}
