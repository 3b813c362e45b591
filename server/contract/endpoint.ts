import { z } from 'zod'
import type { Text } from './text.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/**
 * One call, described once: the server serves it, a client makes it, OpenAPI documents it.
 * The input is one object: path parameters, then the query (GET) or the body (others).
 */
export type Endpoint<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  method: Method
  path: string
  input: I
  output: O
  about: Text
  /** Whether it changes something and so needs an Idempotency-Key. */
  changes: boolean
  /** Whether it may be called before signing in. */
  open: boolean
  /** Whether it takes more than a form holds: a file. */
  isLarge: boolean
}

/** A file to be kept by whoever asks for it: the one answer that is not JSON. */
export const FileAnswer = z.object({ fileName: z.string(), type: z.string(), content: z.instanceof(Uint8Array) })
export type FileAnswer = z.output<typeof FileAnswer>
export const answersFile = ({ output }: Pick<Endpoint, 'output'>): boolean => output === FileAnswer

export type Contract = { name: string; endpoints: Record<string, Endpoint> }
export type Input<E extends Endpoint> = z.output<E['input']>
export type Output<E extends Endpoint> = z.output<E['output']>

/** What a caller holds: one typed function for each endpoint. */
export type Client<C extends Contract> = {
  [K in keyof C['endpoints']]: (
    input: z.input<C['endpoints'][K]['input']>,
    options?: { key?: string; signal?: AbortSignal },
  ) => Promise<Output<C['endpoints'][K]>>
}

/**
 * endpoint('POST /orders/:id/submit', { zh: '提交订单', en: 'Submit an order' }, SubmitOrder, OrderView)
 * The path is below /api. A POST that only asks (a preview) says `changes: false`.
 */
export function endpoint<I extends z.ZodType, O extends z.ZodType>(
  route: `${Method} /${string}`,
  about: Text,
  input: I,
  output: O,
  options: { changes?: boolean; open?: boolean; isLarge?: boolean } = {},
): Endpoint<I, O> {
  const [method, path] = route.split(' ') as [Method, string] // the template type of `route` holds both
  return {
    method,
    path,
    input,
    output,
    about,
    changes: options.changes ?? method !== 'GET',
    open: options.open ?? false,
    isLarge: options.isLarge ?? false,
  }
}

export const contract = <const N extends string, E extends Contract['endpoints']>(name: N, endpoints: E) => ({
  name,
  endpoints,
})
