import { bodyParser } from '@koa/bodyparser'
import type { Context, Next } from 'koa'
import { served } from './contracts.ts'

const parsed = (jsonLimit: string) => bodyParser({ enableTypes: ['json'], jsonLimit, jsonStrict: true })
const forms = parsed('1mb')
const files = parsed('12mb')

/** Calls that take a file, by method and path. They have no parameters in their paths. */
const large = new Set(
  served.flatMap(({ contract }) =>
    Object.values(contract.endpoints).flatMap(({ isLarge, method, path }) =>
      isLarge ? [`${method} /api${path}`] : [],
    ),
  ),
)

/** Reads what was sent: as much as a form holds, and more only where a file is expected. */
export const parseBodies = (ctx: Context, next: Next): Promise<void> =>
  (large.has(`${ctx.method} ${ctx.path}`) ? files : forms)(ctx, next)
