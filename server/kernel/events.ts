import { setTimeout as pause } from 'node:timers/promises'
import { type JobResult, PgBoss, type Queue } from 'pg-boss'
import { Refusal } from '#contract'
import { type Caller, systemCaller } from './caller.ts'
import { config } from './config.ts'
import { afterCommit, beforeCommit, foreignSql, inTransaction, type Tx } from './db.ts'
import { newId } from './ids.ts'
import { log } from './log.ts'
import { perform } from './perform.ts'

/** Something that happened, told in the past tense: ids and the few values that will be wrong later. */
export type Fact<N extends string = string, B extends object = object> = { name: N; body: B }
/** What a listener is told besides the fact. */
export type Told = { eventId: string; at: Date; by: string }

/** Runs inside: one transaction, exactly once for each fact. */
type Reaction = {
  kind: 'reaction'
  name: string
  to: string
  act: (tx: Tx, caller: Caller, fact: Fact, told: Told) => Promise<void>
}
/** Goes outside, to the network: at least once, so it must be harmless twice. */
type Errand = {
  kind: 'errand'
  name: string
  to: string
  run: (caller: Caller, fact: Fact, told: Told) => Promise<void>
}
/** Sees by itself what there is to do outside: one run does for all the facts that wait for it. */
type Round = { kind: 'round'; name: string; to: string; run: () => Promise<void> }
export type Listener = Reaction | Errand | Round
/** Runs by the clock of the company's zone; at most one process runs it at a time. `run` must be harmless twice. */
export type Job = { name: string; cron: string; run: (caller: Caller) => Promise<void> }

export const reaction = <F extends Fact>(
  name: string,
  to: F['name'],
  act: (tx: Tx, caller: Caller, fact: F, told: Told) => Promise<void>,
) => ({ kind: 'reaction', name, to, act }) as unknown as Listener // a listener is only ever given the fact it names

export const errand = <F extends Fact>(
  name: string,
  to: F['name'],
  run: (caller: Caller, fact: F, told: Told) => Promise<void>,
) => ({ kind: 'errand', name, to, run }) as unknown as Listener // as above

export const round = (name: string, to: string, run: () => Promise<void>): Listener => ({
  kind: 'round',
  name,
  to,
  run,
})

/** Whoever waits to be notified needs a connection that stays his. */
const directUrl = config.DATABASE_DIRECT_URL ?? config.DATABASE_URL
/** Between two relays facts gather, so that under load one transaction takes many. */
const gatherMs = 20
/** What a process that relays nothing, or died, has left is found by the others. */
const lookMs = 2000
/** How many facts a listener takes off its queue at a time. They are heard one after the other, or by a round at once. */
const batchSizes: Record<Listener['kind'], number> = { reaction: 20, errand: 20, round: 500 }

/** A process that has died is noticed so soon; what it had taken in hand then goes to another. */
const heartbeatSeconds = 12
const lookedAfterSeconds = 12
/** What is done is forgotten after a day: the table of jobs stays small however long the house runs. */
const rememberedSeconds = 86_400

type Row = { id: string; name: string; body: object; by: string; via: string; at: Date }

/** Facts of open transactions. */
const published = new WeakMap<Tx, Row[]>()
/** Wakes each relay of this process. */
const relays = new Set<() => void>()

/** Records facts in the caller's transaction: a fact is delivered if, and only if, the change it tells of was committed. */
export async function publish(tx: Tx, caller: Caller, facts: Fact[]): Promise<void> {
  if (facts.length === 0) return
  const { personId: by, via, at } = caller
  const rows = facts.map(({ name, body }) => ({ id: newId(), name, body, by, via, at }))
  const earlier = published.get(tx)
  if (earlier) return void earlier.push(...rows)
  published.set(tx, rows)
  await beforeCommit(tx, async () => {
    published.delete(tx)
    await insertEvents(tx, rows)
  })
  afterCommit(tx, () => relays.forEach((wake) => wake()))
}

/** One statement for all that a transaction tells of. */
async function insertEvents(tx: Tx, rows: Row[]): Promise<void> {
  await tx.$executeRaw`
    insert into event (id, name, body, by, via, at)
    select id, name, body, by, via, at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as fact(id uuid, name text, body jsonb, by uuid, via text, at timestamptz)`
}

type Waiting = { id: string; name: string; body: object; by: string; at: Date }

async function takeWaiting(tx: Tx): Promise<Waiting[]> {
  return tx.$queryRaw<Waiting[]>`
    update event set relayed_at = now()
    where id in (select id from event where relayed_at is null order by id limit 200 for update skip locked)
    returning id, name, body, by, at`
}

async function hear(listener: Listener, event: Waiting): Promise<void> {
  if (listener.kind === 'round') return listener.run()
  const { id: eventId, name, body, by, at } = event
  const fact = { name, body }
  const caller = systemCaller(new Date(), by)
  if (listener.kind === 'errand') return listener.run(caller, fact, { eventId, at, by })

  await perform(
    caller,
    async (tx) => {
      const { count } = await tx.handled.createMany({
        data: [{ eventId, reaction: listener.name }],
        skipDuplicates: true,
      })
      if (count === 1) await listener.act(tx, caller, fact, { eventId, at, by })
    },
    undefined,
  )
}

/** An event as a queue holds it. */
type Sent = Omit<Waiting, 'at'> & { at: string }

type Outcome = Pick<JobResult, 'status' | 'output'>

/** What became of each job of a batch, as the queue wants to be told. */
async function heardAll(listener: Listener, jobs: { id: string; data: Sent }[]): Promise<JobResult[]> {
  const results: JobResult[] = []
  let outcome: Outcome | undefined
  for (const { id, data } of jobs) {
    if (listener.kind !== 'round' || !outcome) outcome = await heard(listener, data)
    results.push({ id, ...outcome })
  }
  return results
}

async function heard(listener: Listener, sent: Sent): Promise<Outcome> {
  try {
    await hear(listener, { ...sent, at: new Date(sent.at) })
    return { status: 'completed' }
  } catch (error) {
    log.error({ err: error, listener: listener.name, event: sent.id }, 'a listener failed and will be tried again')
    return { status: 'failed', output: { message: String(error) } }
  }
}

export type Worker = { stop: () => Promise<void> }

/**
 * Works until stopped: relays facts to one queue per listener, so that one that fails holds up no other, and runs the jobs.
 * There must be one list of listeners in the house: a worker that knew half of them would drop the other half's facts.
 */
export async function startWorker(listeners: Listener[], jobs: Job[]): Promise<Worker> {
  const boss = new PgBoss({
    connectionString: directUrl,
    schema: 'jobs',
    useListenNotify: true,
    max: 4,
    superviseIntervalSeconds: lookedAfterSeconds,
    monitorIntervalSeconds: lookedAfterSeconds,
    maintenanceIntervalSeconds: 3600,
  })
  boss.on('error', (error) => log.error({ err: error }, 'job queue'))
  await boss.start()
  const openQueue = await queueOpener(boss)
  const queue = (name: string): string => name.replaceAll(/[^\w.-]/g, '_')

  for (const listener of listeners) {
    await openQueue(queue(listener.name), {
      notify: true,
      retryLimit: 8,
      retryDelay: 2,
      retryBackoff: true,
      deleteAfterSeconds: rememberedSeconds,
    })
    // A full batch says that there is more: it is taken at once, not at the next look.
    const batchSize = batchSizes[listener.kind]
    const options = { pollingIntervalSeconds: 2, batchSize, burstWhenBatchFull: true, perJobResults: true as const }
    await boss.work<Sent>(queue(listener.name), options, (jobs) => heardAll(listener, jobs))
  }
  for (const job of jobs) {
    await openQueue(queue(job.name), { retryLimit: 2 }, 'singleton')
    await boss.schedule(queue(job.name), job.cron, null, { tz: config.TIME_ZONE })
    await boss.work(queue(job.name), { pollingIntervalSeconds: 5 }, () => job.run(systemCaller(new Date())))
  }

  const relay = async (): Promise<void> => {
    for (let taken = 200; taken === 200;) {
      taken = await inTransaction(async (tx) => {
        const events = await takeWaiting(tx)
        for (const listener of listeners) {
          const sent = events.filter((event) => event.name === listener.to).map((event) => ({ data: event }))
          if (sent.length > 0) await boss.insert(queue(listener.name), sent, { db: foreignSql(tx), returnId: false })
        }
        return events.length
      })
    }
  }
  const stopRelay = relayWhenTold(relay)
  return {
    stop: async () => {
      await stopRelay()
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}

type Settings = Omit<Queue, 'name' | 'policy'>

/** Makes queues that are not there, and gives those that are the settings of today; most are as they should be, and cost nothing. */
async function queueOpener(boss: PgBoss) {
  const there = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]))
  return async (name: string, options: Settings, policy: 'standard' | 'singleton' = 'standard'): Promise<void> => {
    const settings = { ...options, heartbeatSeconds }
    const known = there.get(name)
    if (!known) await boss.createQueue(name, { ...settings, policy })
    else if (Object.entries(settings).some(([key, value]) => Reflect.get(known, key) !== value))
      await boss.updateQueue(name, settings)
  }
}

/**
 * Runs the relay when something was committed in this process, and now and then for what others left. Told of in memory: a NOTIFY in each
 * transaction would make them all commit one after the other.
 */
function relayWhenTold(relay: () => Promise<void>): () => Promise<void> {
  let stopped = false
  let running: Promise<void> | undefined
  let again = false
  const wake = (): void => {
    if (stopped) return
    again = running !== undefined
    if (again) return
    running = relay()
      .catch((error: unknown) => log.error({ err: error }, 'relay'))
      .then(() => pause(gatherMs))
      .finally(() => {
        running = undefined
        if (again) wake()
      })
  }
  relays.add(wake)
  const timer = setInterval(wake, lookMs)
  wake()
  return async () => {
    stopped = true
    relays.delete(wake)
    clearInterval(timer)
    await running
  }
}

/** Delivers all that waits, and all that follows from it, then returns. For tests: no sleeping, no polling. */
export async function drain(listeners: Listener[]): Promise<void> {
  for (;;) {
    const events = await inTransaction(takeWaiting)
    if (events.length === 0) return
    for (const event of events)
      for (const listener of listeners) if (listener.to === event.name) await hear(listener, event)
  }
}

/** A reaction has nobody to tell: turns a refusal into what it returns, lets faults through. */
export const refusedAs = <T>(error: unknown, answer: (refusal: Refusal) => T): T => {
  if (error instanceof Refusal) return answer(error)
  throw error
}
