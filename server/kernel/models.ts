import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { type Prisma, PrismaClient } from './prisma/client.ts'
import { statementName } from './statements.ts'

type Client = Prisma.TransactionClient
type Adapter = Awaited<ReturnType<PrismaPg['connect']>>

/** A transaction of ours that Prisma is about to join: its adapter finds here on which connection. */
const joining = new AsyncLocalStorage<pg.ClientBase>()
/** We begin and end transactions ourselves, on time; Prisma must not end one that it only joined. */
const forever = 2 ** 31 - 1

class JoiningAdapter extends PrismaPg {
  override async connect(): Promise<Adapter> {
    const adapter = await super.connect()
    const begin = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (isolation) => {
      const connection = joining.getStore()
      return connection ? joined(adapter, connection) : begin(isolation)
    }
    return adapter
  }
}

/** The adapter itself, but on this connection, where a transaction is open already: beginning and ending it is not Prisma's. */
const joined = (adapter: Adapter, connection: pg.ClientBase): Awaited<ReturnType<Adapter['startTransaction']>> =>
  Object.create(adapter, {
    client: { value: connection },
    options: { value: { usePhantomQuery: true } }, // "phantom": no COMMIT or ROLLBACK is sent
    commit: { value: async () => {} },
    rollback: { value: async () => {} },
  })

/** What a transaction has of Prisma. */
type Models = {
  client: Client
  /** Before the transaction ends. */
  leave: () => Promise<void>
}

/** Prisma on this pool, and a way to use its models in a transaction of ours. */
export function connectPrisma(pool: pg.Pool): {
  prisma: PrismaClient
  modelsOn: (connection: pg.ClientBase) => Models
} {
  const prisma = new PrismaClient({
    adapter: new JoiningAdapter(pool, {
      statementNameGenerator: ({ sql: text }: { sql: string }) => statementName(text) ?? '',
    }),
  })
  return { prisma, modelsOn: (connection) => models(prisma, connection) }
}

/** Prisma's own transactions cost more than a short action does: it joins ours when a model is first asked for, which many never do. */
function models(prisma: PrismaClient, connection: pg.ClientBase): Models {
  let membership: ReturnType<typeof join> | undefined
  const delegate = (model: string) =>
    new Proxy(
      {},
      {
        get: (_, method) => async (args: unknown) => {
          membership ??= join(prisma, connection)
          const client = await membership.client
          return Reflect.get(Reflect.get(client, model), method)(args)
        },
      },
    )
  const delegates = new Map<string, object>()
  // Its models are named as Prisma names them; nothing else of it is asked for by name.
  const client = new Proxy({} as Client, {
    get: (_, model) => {
      if (typeof model !== 'string') return undefined
      const known = delegates.get(model) ?? delegate(model)
      delegates.set(model, known)
      return known
    },
  })
  return { client, leave: async () => membership?.leave() }
}

/** Opens Prisma's side of a transaction, and keeps it open until it is left. */
function join(
  prisma: PrismaClient,
  connection: pg.ClientBase,
): { client: Promise<Client>; leave: () => Promise<void> } {
  let leave = (): void => {}
  const left = new Promise<void>((resolve) => (leave = resolve))
  let whole: Promise<void> = Promise.resolve()
  const client = new Promise<Client>((resolve, reject) => {
    whole = joining
      .run(connection, () =>
        prisma.$transaction(
          (member) => {
            resolve(member)
            return left
          },
          { maxWait: forever, timeout: forever },
        ),
      )
      .catch(reject)
  })
  return {
    client,
    leave: () => {
      leave()
      return whole
    },
  }
}
