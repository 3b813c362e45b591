import { Refusal } from '#contract'
import { type Caller, systemCaller } from './caller.ts'
import { afterCommit, beforeCommit, inTransaction, type Tx } from './db.ts'
import { newId } from './ids.ts'
import { perform } from './perform.ts'

/** Something that happened, told in the past tense: ids and the few values that will be wrong later. */
export type Fact<N extends string = string, B extends object = object> = { name: N; body: B }
/** What a listener is told besides the fact. */
export type Told = { eventId: string; at: Date; by: string }
/** A fact with what is told besides. */
export type Heard<F extends Fact = Fact> = F & Told
/** A fact with whose deed it was. */
type Announced<F extends Fact = Fact> = F & Pick<Told, 'by'>

/** Runs inside: exactly once for each fact, in one transaction; `forMany` takes all the facts that wait into one. */
type Reaction = {
  kind: 'reaction'
  name: string
  to: string
  forMany: boolean
  /** Facts that are nothing to it are not even handed to it. */
  concerns: (fact: Announced) => boolean
  act: (tx: Tx, caller: Caller, heard: Heard[]) => Promise<void>
}
/** Goes outside, to the network: at least once, so it must be harmless twice. */
type Errand = {
  kind: 'errand'
  name: string
  to: string
  run: (caller: Caller, fact: Fact, told: Told) => Promise<void>
}
/** Sees by itself what there is to do outside, and does it sooner or later anyway: a fact only makes it sooner, and one run does for all. */
type Round = { kind: 'round'; name: string; to: string; run: () => Promise<void> }
export type Listener = Reaction | Errand | Round
/** Runs by the clock of the company's zone; at most one process runs it at a time. `run` must be harmless twice. */
export type Job = { name: string; cron: string; run: (caller: Caller) => Promise<void> }

export const reaction = <F extends Fact>(
  name: string,
  to: F['name'],
  act: (tx: Tx, caller: Caller, fact: F, told: Told) => Promise<void>,
): Listener => {
  const actOnEach: Reaction['act'] = async (tx, caller, heard) => {
    for (const { name, body, ...told } of heard) await act(tx, caller, { name, body } as F, told) // only ever given the fact it names
  }
  return { kind: 'reaction', name, to, forMany: false, concerns: () => true, act: actOnEach }
}

/** A reaction to facts that come in crowds: it reads and writes for all that wait as it would for one. */
export const reactionToMany = <F extends Fact>(
  name: string,
  to: F['name'],
  act: (tx: Tx, caller: Caller, heard: Heard<F>[]) => Promise<void>,
  concerns: (fact: Announced<F>) => boolean = () => true,
) => ({ kind: 'reaction', name, to, forMany: true, concerns, act }) as unknown as Listener // as above

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

type Row = { id: string; name: string; body: object; by: string; via: string; at: Date }

/** Facts of open transactions. */
const published = new WeakMap<Tx, Row[]>()
/** Those in this process who want to know at once that there are new facts. */
const awaiting = new Set<() => void>()

/** Calls this whenever facts were committed in this process; answers how to end that. */
export function whenPublished(wake: () => void): () => void {
  awaiting.add(wake)
  return () => void awaiting.delete(wake)
}

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
  afterCommit(tx, () => awaiting.forEach((wake) => wake()))
}

/** One statement for all that a transaction tells of. */
async function insertEvents(tx: Tx, rows: Row[]): Promise<void> {
  await tx.$executeRaw`
    insert into event (id, name, body, by, via, at)
    select id, name, body, by, via, at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as fact(id uuid, name text, body jsonb, by uuid, via text, at timestamptz)`
}

/** A fact that was not handed to its listeners yet. */
export type Waiting = { id: string; name: string; body: object; by: string; at: Date }

/** How many facts are taken at a time. */
export const takenMax = 200

export async function takeWaiting(tx: Tx): Promise<Waiting[]> {
  return tx.$queryRaw<Waiting[]>`
    update event set relayed_at = now()
    where id in (select id from event where relayed_at is null order by id limit ${takenMax} for update skip locked)
    returning id, name, body, by, at`
}

/** Whether a listener is to hear of it. */
export const isFor = (listener: Listener, fact: Waiting): boolean =>
  listener.to === fact.name && (listener.kind !== 'reaction' || listener.concerns(fact))

/** Has a listener hear facts: an errand one after the other, the others all at once. */
export async function hear(listener: Listener, events: Waiting[]): Promise<void> {
  if (listener.kind === 'round') return listener.run()
  const heard = events.map(({ id: eventId, ...event }): Heard => ({ ...event, eventId }))
  if (listener.kind === 'reaction') return react(listener, heard)
  for (const { name, body, ...told } of heard)
    await listener.run(systemCaller(new Date(), told.by), { name, body }, told)
}

/** Acts on those among the facts that were not acted on before. */
function react({ name, act }: Reaction, heard: Heard[]): Promise<void> {
  const [one, ...more] = heard
  const caller = systemCaller(new Date(), more.length === 0 ? one?.by : undefined)
  const ids = heard.map(({ eventId }) => eventId)
  return perform(
    caller,
    async (tx) => {
      const marked = await tx.$queryRaw<{ id: string }[]>`
        insert into handled (event_id, reaction) select id, ${name} from unnest(${ids}::uuid[]) as fact(id) order by id
        on conflict do nothing returning event_id as id`
      const fresh = new Set(marked.map(({ id }) => id))
      if (fresh.size > 0)
        await act(
          tx,
          caller,
          heard.filter(({ eventId }) => fresh.has(eventId)),
        )
    },
    undefined,
  )
}

/** Delivers all that waits, and all that follows from it, then returns. For tests: no sleeping, no polling. */
export async function drain(listeners: Listener[]): Promise<void> {
  for (;;) {
    const events = await inTransaction(takeWaiting)
    if (events.length === 0) return
    for (const event of events)
      for (const listener of listeners) if (isFor(listener, event)) await hear(listener, [event])
  }
}

/** A reaction has nobody to tell: turns a refusal into what it returns, lets faults through. */
export const refusedAs = <T>(error: unknown, answer: (refusal: Refusal) => T): T => {
  if (error instanceof Refusal) return answer(error)
  throw error
}
