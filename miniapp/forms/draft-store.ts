import { createStore, del, get, set } from 'idb-keyval'

/** What was typed and not yet answered: kept on this device until it is. */
export type Draft<V> = { id: string; key: string; values: V; savedAt: number }

const store = createStore('yidan', 'drafts')
const keptDays = 30

/** Without a place to keep it (private windows, frames of another site) a form still works; it only forgets. */
async function orNothing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch {
    return undefined
  }
}

export async function readDraft<V>(name: string): Promise<Draft<V> | undefined> {
  const draft = await orNothing(() => get<Draft<V>>(name, store))
  return draft && Date.now() - draft.savedAt < keptDays * 86_400_000 ? draft : undefined
}

export const keepDraft = <V>(name: string, draft: Draft<V>): Promise<unknown> =>
  orNothing(() => set(name, draft, store))
export const dropDraft = (name: string): Promise<unknown> => orNothing(() => del(name, store))
