import { Agent, type Server } from 'node:http'
import request, { type Response, type Test } from 'supertest'
import type { z } from 'zod'
import type { Endpoint, Method, Output } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { connectCallers } from '#kernel/in-name-of'
import { ask, perform } from '#kernel/perform'
import { connectDirectory } from '#server/engines/approvals'
import { createApp } from '#server/http'
import {
  callerOf,
  deputyOf,
  ensureRoles,
  holdersOf,
  managerOf,
  namesOf,
  openSession,
  person,
  type SignIn,
} from '#server/modules/org'

/**
 * A company at its own door: every role is held by somebody, and whatever they do goes through HTTP.
 *
 *   owner ── sales_manager ── seller, mate          owner ── other_manager ── stranger
 *         ── everybody else
 */
const staff = {
  owner: ['owner', null],
  sales_manager: ['sales_manager', 'owner'],
  seller: ['seller', 'sales_manager'],
  /** Another seller of the same manager. */
  mate: ['seller', 'sales_manager'],
  other_manager: ['sales_manager', 'owner'],
  /** A seller of another manager. */
  stranger: ['seller', 'other_manager'],
  buyer: ['buyer', 'owner'],
  warehouse: ['warehouse', 'owner'],
  accountant: ['accountant', 'owner'],
  finance_director: ['finance_director', 'owner'],
  service: ['service', 'owner'],
  admin: ['admin', 'owner'],
} as const
export type Who = keyof typeof staff
export const everyone = Object.keys(staff) as Who[] // the keys of the table above
export const ids = Object.fromEntries(everyone.map((who) => [who, newId()])) as Record<Who, string> // one for each of them

let server: Server
/** Whoever calls often keeps his line: to open and to close one costs as much as what most calls ask for. */
const lines = new Agent({ keepAlive: true })
const tokens = new Map<Who, string>()

/** Opens the company and its door; `signIn` are the ways in that it offers. */
export async function openDoor(signIn: SignIn[] = []): Promise<void> {
  const house = systemCaller(new Date())
  await perform(house, ensureRoles, undefined)
  connectDirectory({ namesOf, person, holdersOf, managerOf, deputyOf })
  connectCallers(callerOf)
  for (const who of everyone) await hire(who)
  server = createApp({ signIn }).listen(0, '127.0.0.1')
}

async function hire(who: Who): Promise<void> {
  const [roleKey, manager] = staff[who]
  await db.person.create({
    data: {
      id: ids[who],
      name: `员工 ${who}`,
      pinyin: `yuangong${who}`,
      managerId: manager && ids[manager],
      createdAt: new Date(),
      roles: { create: { roleKey } },
    },
  })
  tokens.set(who, await newSession(ids[who]))
}

/** One of the company as those who come through the chat: the same rights, no request. */
export function callerAs(who: Who): Promise<Caller> {
  const at = new Date()
  return ask(systemCaller(at), (tx) => callerOf(tx, ids[who], { via: 'feishu', at }), undefined)
}

/** A session as signing in opens it; answers its token. */
export async function newSession(personId: string): Promise<string> {
  const at = new Date()
  const caller = await ask(systemCaller(at), (tx) => callerOf(tx, personId, { via: 'h5', at }), undefined)
  const { token } = await perform(caller, openSession, { platform: 'feishu', userAgent: 'test' })
  return token
}

export const closeDoor = (): Promise<void> => {
  lines.destroy()
  return new Promise((resolve) => void server.close(() => resolve()))
}

type Sent = { key?: string; body?: unknown; headers?: Record<string, string> }
type Inputs<E extends Endpoint> = z.input<E['input']>

/** Somebody at the door. */
export type Visitor = {
  /** Any request whatever. */
  send: (method: Method | 'HEAD', path: string, sent?: Sent) => Test
  /** An endpoint, as a client calls it; the answer is looked at by the test. */
  try: (endpoint: Endpoint, input: object, sent?: Omit<Sent, 'body'>) => Promise<Response>
  /** The same where nothing but success will do. */
  call: <E extends Endpoint>(endpoint: E, input: Inputs<E>) => Promise<Output<E>>
}

/** One of the company with a session of his own. */
export const as = (who: Who): Visitor => visitor(tokens.get(who))

/** Whoever holds a session token; nobody without one. */
export function visitor(token?: string): Visitor {
  const send: Visitor['send'] = (method, path, { key, body, headers } = {}) => {
    const call = request(server)[verbs[method]](path).agent(lines)
    if (token) void call.set('Cookie', `yidan_session=${token}`)
    if (key) void call.set('Idempotency-Key', key)
    for (const [name, value] of Object.entries(headers ?? {})) void call.set(name, value)
    return body === undefined ? call : call.send(body as object) // supertest sends text as it is, all else as JSON
  }
  const attempt: Visitor['try'] = async (endpoint, input, sent = {}) => {
    const { path, rest } = placed(endpoint, input)
    const key = endpoint.changes ? newId() : undefined
    const inQuery = endpoint.method === 'GET' || endpoint.method === 'DELETE'
    return send(endpoint.method, path, { key, ...sent, ...(inQuery ? {} : { body: rest }) })
  }
  return {
    send,
    try: attempt,
    call: async (endpoint, input) => {
      const answer = await attempt(endpoint, input as object) // every input is an object
      if (answer.status !== 200) throw new Error(`${endpoint.method} ${endpoint.path} answered ${answer.text}`)
      return endpoint.output.parse(answer.body) as Output<typeof endpoint> // parsed by this endpoint's own schema
    },
  }
}

const verbs = { GET: 'get', HEAD: 'head', POST: 'post', PATCH: 'patch', PUT: 'put', DELETE: 'delete' } as const

/** The address of a call, with its path's own fields put in; what is left is the query or the body. */
function placed({ method, path }: Endpoint, input: object): { path: string; rest: object } {
  const rest = new Map(Object.entries(input))
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = encodeURIComponent(String(rest.get(name)))
    rest.delete(name)
    return value
  })
  const isQuery = (method === 'GET' || method === 'DELETE') && rest.size > 0
  const query = new URLSearchParams()
  for (const [name, value] of isQuery ? rest : []) query.append(name, String(value))
  return { path: `/api${filled}${isQuery ? `?${query.toString()}` : ''}`, rest: Object.fromEntries(rest) }
}
