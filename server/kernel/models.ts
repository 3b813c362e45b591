import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { type Prisma, PrismaClient } from './prisma/client.ts'
import { statementName } from './statements.ts'

type Client = Prisma.TransactionClient
type Adapter = Awaited<ReturnType<PrismaPg['connect']>>

/** We begin and end transactions ourselves, on time; Prisma must not end one that it only joined. */
const forever = 2 ** 31 - 1

/** Who joins says so by the one thing that Prisma passes on; transactions that it begins by itself name no isolation. */
const joiningMark = 'READ COMMITTED'

/**
 * Prisma does not say for whom it begins a transaction, so its members join one after the other, each on the connection that was put ready.
 * (An AsyncLocalStorage would know as well, but in Node 20 it makes every promise of the process dearer.)
 */
class Joining extends PrismaPg {
  private ready: { connection: pg.ClientBase; taken: () => void } | undefined
  private turn: Promise<void> = Promise.resolve()

  override async connect(): Promise<Adapter> {
    const adapter = await super.connect()
    const begin = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (isolation) => {
      if (isolation !== joiningMark) return begin(isolation)
      if (!this.ready) throw new Error('There is no transaction to join.')
      const { connection, taken } = this.ready
      this.ready = undefined
      taken()
      return joined(adapter, connection)
    }
    return adapter
  }

  /** Has Prisma begin a transaction that is this connection's; ends when that ends. */
  async on(connection: pg.ClientBase, begin: () => Promise<void>): Promise<void> {
    const before = this.turn
    let taken = (): void => {}
    this.turn = new Promise((resolve) => (taken = resolve))
    await before
    this.ready = { connection, taken }
    await begin().finally(taken)
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

/** Prisma's part in a transaction. */
type Membership = { client: Promise<Client>; leave: () => Promise<void> }
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
  const options = { statementNameGenerator: ({ sql: text }: { sql: string }) => statementName(text) ?? '' }
  const joining = new Joining(pool, options)
  const prisma = new PrismaClient({ adapter: joining })
  return { prisma, modelsOn: (connection) => models(() => join(prisma, joining, connection)) }
}

/** Prisma's own transactions cost more than a short action does: it joins ours when a model is first asked for, which many never do. */
function models(enter: () => Membership): Models {
  let membership: Membership | undefined
  const delegate = (model: string) =>
    new Proxy(
      {},
      {
        get: (_, method) => async (args: unknown) => {
          membership ??= enter()
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
function join(prisma: PrismaClient, joining: Joining, connection: pg.ClientBase): Membership {
  let leave = (): void => {}
  const left = new Promise<void>((resolve) => (leave = resolve))
  let whole: Promise<void> = Promise.resolve()
  const client = new Promise<Client>((resolve, reject) => {
    const begin = () =>
      prisma.$transaction(
        (member) => {
          resolve(member)
          return left
        },
        { maxWait: forever, timeout: forever, isolationLevel: 'ReadCommitted' },
      )
    whole = joining.on(connection, begin).catch(reject)
  })
  return {
    client,
    leave: () => {
      leave()
      return whole
    },
  }
}
