import type { Middleware } from 'koa'
import { Refusal } from '#contract'
import { proof } from '#contract/proof'
import { log } from '#kernel/log'

/** Goes through all the books: asked for by one person, who is told that it takes its time. */
const takesItsTime = `/api${proof.endpoints.prove.path}`

/**
 * Nobody waits longer than this for an answer, whatever holds up the database. What was begun goes on to its end: whoever asks again with his key
 * is told what became of it.
 */
export const answerWithin =
  (patienceMs: number): Middleware =>
  async (ctx, next) => {
    if (ctx.path === takesItsTime) return next()
    const answered = next()
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<'too late'>((resolve) => (timer = setTimeout(resolve, patienceMs, 'too late')))
    const outcome = await Promise.race([answered, tooLate]).finally(() => clearTimeout(timer))
    if (outcome !== 'too late') return
    answered.catch((error: unknown) => log.warn({ err: error, path: ctx.path }, 'ended when nobody waited any more'))
    throw new Refusal('busy')
  }
