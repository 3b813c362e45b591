import { setTimeout as pause } from 'node:timers/promises'
import { type JobResult, PgBoss, type Queue } from 'pg-boss'
import { systemCaller } from './caller.ts'
import { config } from './config.ts'
import { foreignSql, inTransaction } from './db.ts'
import { hear, isFor, type Job, type Listener, takenMax, takeWaiting, type Waiting, whenPublished } from './events.ts'
import { log } from './log.ts'

/** Whoever waits to be notified needs a connection that stays his. */
const directUrl = config.DATABASE_DIRECT_URL ?? config.DATABASE_URL
/** Between two relays facts gather, so that one transaction takes many; the more there is to do, the more of them, and the less each costs. */
const gatherMs = { least: 20, most: 200 }
const restShare = 3
/** What a process that relays nothing, or died, has left is found by the others. */
const lookMs = 2000
/** How many facts a listener takes off its queue at a time: few when it hears one after the other, many when it hears them at once. */
const batchSize = (listener: Listener): number => (isForMany(listener) ? 100 : 20)
const isForMany = (listener: Listener): boolean => listener.kind === 'reaction' && listener.forMany

/** A process that has died is noticed so soon; what it had taken in hand then goes to another. */
const heartbeatSeconds = 12
const lookedAfterSeconds = 12
/** What is done is forgotten after a day: the table of jobs stays small however long the house runs. */
const rememberedSeconds = 86_400

/** An event as a queue holds it. */
type Sent = Omit<Waiting, 'at'> & { at: string }
type Sending = { id: string; data: Sent }
type Outcome = Pick<JobResult, 'status' | 'output'>

/** What became of each job of a batch, as the queue wants to be told. Of facts that fail together each gets its own chance. */
async function heardAll(listener: Listener, jobs: Sending[]): Promise<JobResult[]> {
  const together = isForMany(listener) && jobs.length > 1 ? await heard(listener, jobs) : undefined
  if (together?.status === 'completed') return jobs.map(({ id }) => ({ id, ...together }))
  const results: JobResult[] = []
  for (const job of jobs) results.push({ id: job.id, ...(await heard(listener, [job])) })
  return results
}

async function heard(listener: Listener, jobs: Sending[]): Promise<Outcome> {
  const events = jobs.map(({ data }): Waiting => ({ ...data, at: new Date(data.at) }))
  try {
    await hear(listener, events)
    return { status: 'completed' }
  } catch (error) {
    const ids = events.map(({ id }) => id)
    log.error({ err: error, listener: listener.name, events: ids }, 'a listener failed and will be tried again')
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

  const queued = listeners.filter(({ kind }) => kind !== 'round')
  for (const listener of queued) {
    await openQueue(queue(listener.name), {
      notify: true,
      retryLimit: 8,
      retryDelay: 2,
      retryBackoff: true,
      deleteAfterSeconds: rememberedSeconds,
    })
    // A full batch says that there is more: it is taken at once, not at the next look.
    const options = {
      pollingIntervalSeconds: 2,
      batchSize: batchSize(listener),
      burstWhenBatchFull: true,
      perJobResults: true as const,
    }
    await boss.work<Sent>(queue(listener.name), options, (jobs) => heardAll(listener, jobs))
  }
  for (const job of jobs) {
    await openQueue(queue(job.name), { retryLimit: 2 }, 'singleton')
    await boss.schedule(queue(job.name), job.cron, null, { tz: config.TIME_ZONE })
    await boss.work(queue(job.name), { pollingIntervalSeconds: 5 }, () => job.run(systemCaller(new Date())))
  }

  const rounds = listeners.flatMap((listener) =>
    listener.kind === 'round' ? { listener, ...oneAtATime(listener.name, () => hear(listener, [])) } : [],
  )
  const relay = oneAtATime('relay', async () => {
    const begun = performance.now()
    for (let taken = takenMax; taken === takenMax;) {
      const events = await inTransaction(async (tx) => {
        const events = await takeWaiting(tx)
        for (const listener of queued) {
          const sent = events.filter((event) => isFor(listener, event)).map((event) => ({ data: event }))
          if (sent.length > 0) await boss.insert(queue(listener.name), sent, { db: foreignSql(tx), returnId: false })
        }
        return events
      })
      for (const { listener, wake } of rounds) if (events.some((event) => isFor(listener, event))) wake()
      taken = events.length
    }
    const tookMs = performance.now() - begun
    await pause(Math.min(Math.max(tookMs * restShare, gatherMs.least), gatherMs.most))
  })
  // Told of in memory: a NOTIFY in each transaction would make them all commit one after the other.
  const stopListening = whenPublished(relay.wake)
  const looking = setInterval(relay.wake, lookMs)
  relay.wake()
  return {
    stop: async () => {
      stopListening()
      clearInterval(looking)
      await relay.stop()
      await boss.stop({ graceful: true, timeout: 10_000 })
      for (const round of rounds) await round.stop()
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

/** Does something when told to; whoever tells it meanwhile has it done once more. */
function oneAtATime(name: string, act: () => Promise<void>): { wake: () => void; stop: () => Promise<void> } {
  let stopped = false
  let running: Promise<void> | undefined
  let again = false
  const wake = (): void => {
    if (stopped) return
    again = running !== undefined
    if (again) return
    running = act()
      .catch((error: unknown) => log.error({ err: error }, name))
      .finally(() => {
        running = undefined
        if (again) wake()
      })
  }
  const stop = async (): Promise<void> => {
    stopped = true
    await running
  }
  return { wake, stop }
}
