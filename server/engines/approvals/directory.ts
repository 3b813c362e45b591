import type { Tx } from '#kernel/db'

/** What approvals ask about people; who knows the organisation answers. */
export type Directory = {
  namesOf: (tx: Tx, personIds: readonly string[]) => Promise<Map<string, string>>
  /** Null: there is no such person. */
  person: (tx: Tx, personId: string) => Promise<{ active: boolean } | null>
  holdersOf: (tx: Tx, roleKey: string) => Promise<string[]>
  managerOf: (tx: Tx, personId: string) => Promise<string | null>
  deputyOf: (tx: Tx, personId: string, at: Date) => Promise<string | null>
}

let connected: Directory | undefined

/** Called once, where the house is put together. */
export function connectDirectory(directory: Directory): void {
  connected = directory
}

export function directory(): Directory {
  if (!connected) throw new Error('Approvals know nobody yet: connectDirectory was not called.')
  return connected
}
