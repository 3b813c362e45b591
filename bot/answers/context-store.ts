import { z } from 'zod'
import type { Tx } from '#kernel/db'
import { BotQuery } from './query.ts'

const lifeMs = 10 * 60_000
const queriesMax = 3
const openMax = 1000

/** What somebody asked last in a conversation, the latest first; what he was offered to choose from; and a question of his that lacked something, as he said it. */
const Context = z.object({
  queries: z.array(BotQuery),
  choices: z.array(BotQuery),
  open: z.string().max(openMax).optional(),
})
export type Context = z.output<typeof Context>
export const noContext: Context = { queries: [], choices: [] }

/** The context while it is fresh. One that was written before queries changed their form is none. */
export async function readContext(tx: Tx, personId: string, conversation: string, at: Date): Promise<Context> {
  const row = await tx.botContext.findUnique({ where: { personId_conversation: { personId, conversation } } })
  if (!row || at.getTime() - row.updatedAt.getTime() > lifeMs) return noContext
  return Context.safeParse(row.queries).data ?? noContext
}

/** Remembers a query that was answered. */
export async function writeContext(
  tx: Tx,
  personId: string,
  conversation: string,
  query: BotQuery,
  at: Date,
): Promise<void> {
  const { queries } = await readContext(tx, personId, conversation, at)
  const kept: Context = { queries: [query, ...queries].slice(0, queriesMax), choices: [] }
  await saveContext(tx, personId, conversation, kept, at)
}

/** Remembers what was offered, so that "the second one" is an answer. */
export async function writeChoices(
  tx: Tx,
  personId: string,
  conversation: string,
  choices: BotQuery[],
  at: Date,
): Promise<void> {
  const { queries } = await readContext(tx, personId, conversation, at)
  await saveContext(tx, personId, conversation, { queries, choices }, at)
}

/** Remembers a question that lacked something, so that naming it alone is an answer. */
export async function writeOpen(tx: Tx, personId: string, conversation: string, open: string, at: Date): Promise<void> {
  const { queries } = await readContext(tx, personId, conversation, at)
  await saveContext(tx, personId, conversation, { queries, choices: [], open: open.slice(-openMax) }, at)
}

export async function forgetContext(tx: Tx, personId: string, conversation: string): Promise<void> {
  await tx.botContext.deleteMany({ where: { personId, conversation } })
}

async function saveContext(tx: Tx, personId: string, conversation: string, queries: Context, at: Date): Promise<void> {
  await tx.botContext.upsert({
    where: { personId_conversation: { personId, conversation } },
    create: { personId, conversation, queries, updatedAt: at },
    update: { queries, updatedAt: at },
  })
}
