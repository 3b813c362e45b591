import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { BotQuery } from './query.ts'

const lifeMs = 10 * 60_000
export const tooManyOutcome = 'too_many'

/** What somebody asked last in a conversation, while it is fresh. */
export async function readContext(
  tx: Tx,
  personId: string,
  conversation: string,
  at: Date,
): Promise<BotQuery | undefined> {
  const row = await tx.botContext.findUnique({ where: { personId_conversation: { personId, conversation } } })
  if (!row || at.getTime() - row.updatedAt.getTime() > lifeMs) return undefined
  return BotQuery.safeParse(row.queries).data
}

export async function writeContext(
  tx: Tx,
  personId: string,
  conversation: string,
  query: BotQuery,
  at: Date,
): Promise<void> {
  await tx.botContext.upsert({
    where: { personId_conversation: { personId, conversation } },
    create: { personId, conversation, queries: query, updatedAt: at },
    update: { queries: query, updatedAt: at },
  })
}

type Logged = {
  personId: string
  platform: string
  text: string
  outcome: string
  query?: BotQuery
  ms: number
  at: Date
}

export async function logQuestion(tx: Tx, { query, ...question }: Logged): Promise<void> {
  await tx.botLog.create({ data: { ...question, id: newId(), query } })
}

/** How many questions somebody has asked since a moment; those that were turned away for their number do not count. */
export const questionsSince = (tx: Tx, personId: string, since: Date): Promise<number> =>
  tx.botLog.count({ where: { personId, at: { gt: since }, outcome: { not: tooManyOutcome } } })
