import { setImmediate as breathe } from 'node:timers/promises'
import type { Tx } from '#kernel/db'
import { remembers } from '#kernel/memory'
import { ask } from '#kernel/perform'
import type { Caller } from '#kernel/caller'
import { type Entry, entryOf, type Named } from './lexicon.ts'
import { type GrowingIndex, type NameIndex, nameIndex } from './name-index.ts'

/** Where names come from. They lie in buckets, so that a change of one makes only its bucket be read again. */
type Source<T> = {
  /** Moves on with every change. */
  version: (tx: Tx) => Promise<string>
  marks: (tx: Tx) => Promise<{ bucket: number; mark: string }[]>
  rows: (tx: Tx, buckets: readonly number[]) => Promise<(T & { bucket: number })[]>
  named: (row: T) => Named
}
type Kept<T> = { row: T; entry: Entry; said: string }
type View<T> = { index: GrowingIndex; sees: (row: T) => boolean }

/** So many entries are made before others have their turn. */
const sliceSize = 200
/** So many different groups of people have an index of their own; who comes back later has it made again. */
const viewsMax = 60

/**
 * Names kept in memory, in step with the database: each question looks whether something has changed, and then takes in what has and no more.
 * `for` answers an index of those that somebody sees; `whose` is the same for all who see the same.
 */
export function keptNames<T extends { id: string }>(source: Source<T>) {
  let version = ''
  const marks = new Map<number, string>()
  const buckets = new Map<number, Map<string, Kept<T>>>()
  const views = new Map<string, View<T>>()
  const inTurn = turns()
  remembers(() => {
    version = ''
    marks.clear()
    buckets.clear()
    views.clear()
  })

  async function refresh(caller: Caller): Promise<void> {
    const changes = await ask(caller, (tx) => changesSince(tx), undefined)
    if (!changes) return
    let made = 0
    for (const [bucket, rows] of changes.rows) {
      const before = buckets.get(bucket) ?? new Map<string, Kept<T>>()
      const after = new Map<string, Kept<T>>()
      for (const row of rows) {
        const known = before.get(row.id)
        const said = JSON.stringify(row)
        if (known?.said === said) {
          after.set(row.id, known)
          continue
        }
        const kept = { row, said, entry: entryOf(source.named(row)) }
        after.set(row.id, kept)
        for (const view of views.values()) show(view, kept)
        if (++made % sliceSize === 0) await breathe()
      }
      for (const id of before.keys()) if (!after.has(id)) for (const { index } of views.values()) index.drop(id)
      buckets.set(bucket, after)
      marks.set(bucket, changes.marks.get(bucket) ?? '')
    }
    version = changes.version
  }

  async function changesSince(tx: Tx) {
    const now = await source.version(tx)
    if (now === version) return undefined
    const found = new Map((await source.marks(tx)).map(({ bucket, mark }) => [bucket, mark]))
    const changed = [...new Set([...found.keys(), ...marks.keys()])].filter((one) => found.get(one) !== marks.get(one))
    const rows = new Map<number, T[]>(changed.map((bucket) => [bucket, []]))
    for (const { bucket, ...row } of await source.rows(tx, changed)) rows.get(bucket)?.push(row as unknown as T) // a row without the bucket that was put beside it
    return { version: now, marks: found, rows }
  }

  async function viewOf(whose: string, sees: (row: T) => boolean): Promise<NameIndex> {
    const known = views.get(whose)
    if (known && known.index.gaps <= Math.max(1000, known.index.entries.length)) return known.index
    const view = { index: nameIndex(), sees }
    let made = 0
    for (const bucket of buckets.values())
      for (const kept of bucket.values()) {
        show(view, kept)
        if (++made % sliceSize === 0) await breathe()
      }
    views.delete(whose)
    views.set(whose, view)
    const [oldest] = views.keys()
    if (views.size > viewsMax && oldest !== undefined) views.delete(oldest)
    return view.index
  }

  return {
    for: (caller: Caller, whose: string, sees: (row: T) => boolean): Promise<NameIndex> =>
      inTurn(async () => {
        await refresh(caller)
        return viewOf(whose, sees)
      }),
  }
}

const show = <T extends { id: string }>({ index, sees }: View<T>, { row, entry }: Kept<T>): void =>
  sees(row) ? index.put(entry) : index.drop(row.id)

/** One after the other, in the order in which they came. */
function turns() {
  let last: Promise<unknown> = Promise.resolve()
  return <R>(work: () => Promise<R>): Promise<R> => {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }
}
