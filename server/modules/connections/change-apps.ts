import { type Input, Refusal, say } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { note } from '#server/engines/audit'
import { deleteApp, findApp, insertApp, isTaken, saveApp, type StoredApp } from './app-store.ts'
import { checked, missingOf, placeOf, type Values } from './app.model.ts'
import { appView, connect, noApp } from './apps.ts'
import type { connections, PlatformAppView } from './contract.ts'
import type { PlatformAppChanged } from './facts.ts'
import { placeOfSecret } from './platform-apps.ts'
import { running } from './runtime.ts'
import { keys, seal } from './seal.ts'

type Endpoints = (typeof connections)['endpoints']

/** A new app, off until it is complete. */
export async function addPlatformApp(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['addPlatformApp']>,
): Promise<PlatformAppView> {
  allow(caller, 'org.admin', connect)
  const { id, platform, name } = input
  const settings = checked(platform, input.settings, 'settings')
  const app: StoredApp = {
    id,
    platform,
    name,
    isOn: false,
    ...placeOf(platform, settings),
    settings,
    secrets: sealed(id, checked(platform, input.secrets, 'secrets')),
    version: 1,
    createdAt: caller.at,
    changedAt: caller.at,
    changedBy: caller.personId,
  }
  if ((await isTaken(tx, app)) || !(await insertApp(tx, app))) throw new Refusal('app_exists')
  await tell(tx, caller, 'create', undefined, app)
  return appView(app, await running(tx, caller.at))
}

/** A secret that is not named stays as it is; one that is named is replaced, or with an empty text forgotten. */
export async function changePlatformApp(
  tx: Tx,
  caller: Caller,
  { id, version, name, isOn, settings, secrets }: Input<Endpoints['changePlatformApp']>,
): Promise<PlatformAppView> {
  allow(caller, 'org.admin', connect)
  const before = await findApp(tx, id)
  if (!before) throw noApp()
  const { platform } = before
  const now = settings ? checked(platform, settings, 'settings') : before.settings
  const app: StoredApp = {
    ...before,
    name: name ?? before.name,
    isOn: isOn ?? before.isOn,
    ...placeOf(platform, now),
    settings: now,
    secrets: secrets ? withSecrets(before, secrets) : before.secrets,
    changedAt: caller.at,
    changedBy: caller.personId,
  }
  if (before.version !== version) throw new Refusal('stale')
  const missing = missingOf(platform, app.settings, Object.keys(app.secrets))
  if (app.isOn && missing.length > 0)
    throw new Refusal('app_incomplete', { fields: missing.map((label) => say(label, caller.lang)).join('、') })
  if (await isTaken(tx, app)) throw new Refusal('app_exists')
  if (!(await saveApp(tx, app))) throw new Refusal('stale')
  await tell(tx, caller, 'edit', before, app)
  return appView({ ...app, version: version + 1 }, await running(tx, caller.at))
}

export async function removePlatformApp(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['removePlatformApp']>,
): Promise<{ done: boolean }> {
  allow(caller, 'org.admin', connect)
  const app = await findApp(tx, id)
  if (!app || !(await deleteApp(tx, id))) throw noApp()
  await tell(tx, caller, 'remove', app, { ...app, isOn: false })
  return { done: true }
}

function withSecrets({ id, platform, secrets }: StoredApp, entered: Values): Values {
  const named = Object.keys(entered)
  const stay = Object.entries(secrets).filter(([name]) => !named.includes(name))
  return { ...Object.fromEntries(stay), ...sealed(id, checked(platform, entered, 'secrets')) }
}

function sealed(id: string, secrets: Values): Record<string, string> {
  const entries = Object.entries(secrets)
  if (entries.length === 0) return {}
  const { now } = keys
  if (!now) throw new Refusal('secret_key_missing')
  return Object.fromEntries(entries.map(([name, plain]) => [name, seal(now, plain, placeOfSecret(id, name))]))
}

/** The audit trail says that a secret was replaced, never by what. */
async function tell(
  tx: Tx,
  caller: Caller,
  action: string,
  before: StoredApp | undefined,
  after: StoredApp,
): Promise<void> {
  const shown = (app: StoredApp | undefined) =>
    app && { name: app.name, isOn: app.isOn, settings: app.settings, secrets: Object.keys(app.secrets) }
  const replaced = Object.keys(after.secrets).filter((name) => before?.secrets[name] !== after.secrets[name])
  const changes = [
    { field: 'app', before: shown(before), after: shown(after) },
    { field: 'secrets', before: null, after: replaced },
  ]
  await note(tx, caller, { document: 'platform_app', id: after.id, action, changes })
  const body = { appId: after.id, platform: after.platform, isOn: after.isOn }
  await publish(tx, caller, [{ name: 'connections.app-changed', body } satisfies PlatformAppChanged])
}
