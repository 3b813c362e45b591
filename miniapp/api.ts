import { ref } from 'vue'
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { type Client, type Contract, type Endpoint, Refusal } from '#contract'
import { lang } from './i18n.ts'

/** Nobody knows whether the call arrived. Sending it again with the same key is safe. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

/** Something broke on the server; `id` is what the log knows it by. */
export class Fault extends Error {
  override name = 'Fault'
  readonly id: string
  constructor(id: string) {
    super(`fault ${id}`)
    this.id = id
  }
}

/** A refusal as the server said it: in the reader's language, also when its code is of a module not loaded here. */
class AnsweredRefusal extends Refusal {
  private readonly words: string
  constructor(problem: Problem) {
    super(problem.code, problem.facts, problem.errors)
    this.words = problem.title
  }
  override say(of: 'zh' | 'en'): string {
    return this.words || super.say(of)
  }
}

/** Grows with every change that this app has made, or may have missed: lists and pages look again when it moves. */
export const changesMade = ref(0)

/** Called when the server no longer knows us. */
let signedOut = (): void => {}
export const onSignedOut = (then: () => void): void => void (signedOut = then)

type Values = Record<string, unknown>
type Options = { key?: string; signal?: AbortSignal }

const timeoutMs = 20_000

/** A typed client for one contract: no generated code, no stubs to keep in step. */
export function connect<C extends Contract>(contract: C): Client<C> {
  const calls = Object.entries(contract.endpoints).map(([name, endpoint]) => [
    name,
    async (input: Values, options: Options = {}) => {
      const answer = await call(endpoint, input, options)
      if (endpoint.method === 'GET') remember(answer, { list: `${contract.name}.${name}`, filter: textsOf(input) })
      return answer
    },
  ])
  return Object.fromEntries(calls) as Client<C> // one function for each endpoint, by the same name
}

/** What an answer was asked with: which list, and what stood in its address. */
export type Question = { list: string; filter: Record<string, string> }
const questions = new WeakMap<object, Question>()
/** The question behind an answer of the server's: who exports a list asks for what it shows, and for nothing else. */
export const questionOf = (answer: object): Question | undefined => questions.get(answer)
const remember = (answer: unknown, question: Question): void => {
  if (typeof answer === 'object' && answer !== null) questions.set(answer, question)
}
const textsOf = (input: Values): Record<string, string> => Object.fromEntries(new URLSearchParams(queryOf(input)))

/** Where an answer that is a file is fetched from. */
export const addressOf = (endpoint: Endpoint, input: Values): string => placed(endpoint.path, input).address

async function call(endpoint: Endpoint, input: Values, { key, signal }: Options): Promise<unknown> {
  const { address, rest } = placed(endpoint.path, input)
  const inQuery = endpoint.method === 'GET' || endpoint.method === 'DELETE'
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': lang.value === 'en' ? 'en' : 'zh-CN',
  }
  if (!inQuery) headers['content-type'] = 'application/json'
  if (endpoint.changes) headers['idempotency-key'] = key ?? newId()

  const answer = await send(inQuery ? address + queryOf(rest) : address, {
    method: endpoint.method,
    headers,
    body: inQuery ? undefined : JSON.stringify(rest),
    signal,
    credentials: 'same-origin',
  })
  if (endpoint.changes) changesMade.value++
  return answer
}

async function send(address: string, init: RequestInit): Promise<unknown> {
  const { signal, done } = limited(init.signal ?? undefined)
  try {
    const response = await fetch(address, { ...init, signal })
    const body: unknown = await response.json()
    if (!response.ok) throw refused(body)
    return body
  } catch (error) {
    if (error instanceof Refusal || error instanceof Fault) throw error
    // The page itself gave up: nobody is waiting for an answer.
    if (init.signal?.aborted) throw error
    throw new Unreachable()
  } finally {
    done()
  }
}

/** Ends a call after the time limit, or when the page ends it. */
function limited(outer: AbortSignal | undefined) {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const timer = setTimeout(abort, timeoutMs)
  outer?.addEventListener('abort', abort)
  return {
    signal: controller.signal,
    done: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', abort)
    },
  }
}

const Problem = z.object({
  code: z.string(),
  title: z.string().default(''),
  facts: z.record(z.string(), z.unknown()).default({}),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
})
type Problem = z.output<typeof Problem>

function refused(body: unknown): Error {
  const problem = Problem.safeParse(body)
  // A gateway that answers in our place says nothing about what became of the call.
  if (!problem.success) return new Unreachable()
  if (problem.data.code === 'fault') return new Fault(String(problem.data.facts.id))
  if (problem.data.code === 'not_signed_in') signedOut()
  return new AnsweredRefusal(problem.data)
}

/** Puts the path's own fields into it; the rest is the query or the body. */
function placed(path: string, input: Values) {
  const rest = { ...input }
  const address = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = encodeURIComponent(String(rest[name]))
    delete rest[name]
    return value
  })
  return { address: `/api${address}`, rest }
}

function queryOf(input: Values): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input)) {
    const values = Array.isArray(value) ? value : [value]
    for (const one of values) if (one !== undefined && one !== null && one !== '') query.append(name, String(one))
  }
  const text = query.toString()
  return text && `?${text}`
}
