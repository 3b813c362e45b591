import type { Tx } from '#kernel/db'
import type { AppState, Finding } from './contract.ts'
import type { PlatformApp } from './platform-apps.ts'

/** What only the composition can do: it knows the platforms' wire, and a module does not. */
export type Platforms = {
  /** Tries an app's settings against its platform: token, company, contacts, what it may send. Never throws for a "no". */
  test: (app: PlatformApp) => Promise<Finding[]>
  /** How the apps of this process are doing. */
  state: (tx: Tx, at: Date) => Promise<AppState[]>
}

let connected: Platforms | undefined

/** Called once, where the house is put together. */
export function connectPlatforms(platforms: Platforms): void {
  connected = platforms
}

export const running = async (tx: Tx, at: Date): Promise<AppState[]> => connected?.state(tx, at) ?? []

export function tester(): Platforms['test'] {
  if (!connected) throw new Error('Nobody can try a connection yet: connectPlatforms was not called.')
  return connected.test
}
