import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import { config } from '#kernel/config'
import type { Tx } from '#kernel/db'
import { findApp, listApps, type StoredApp } from './app-store.ts'
import { missingOf } from './app.model.ts'
import type { AppState, connections, PlatformAppView } from './contract.ts'
import { opened } from './platform-apps.ts'
import { running, tester } from './runtime.ts'
import { keys } from './seal.ts'

type Endpoints = (typeof connections)['endpoints']

export const connect = { zh: '设置平台连接', en: 'set up platforms' }
export const noApp = () => new Refusal('not_found', { what: { zh: '平台应用', en: 'app' } })

export async function platformApps(tx: Tx, caller: Caller): Promise<Output<Endpoints['platformApps']>> {
  allow(caller, 'org.admin', connect)
  const states = await running(tx, caller.at)
  const apps = (await listApps(tx)).map((app) => appView(app, states))
  return {
    apps,
    others: states.filter(({ source }) => source === 'environment'),
    publicUrl: config.PUBLIC_URL ?? null,
    maySeal: keys.now !== undefined,
  }
}

/** Tries what is stored, outside of any transaction: it may take seconds, and changes nothing. */
export async function testPlatformApp(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['testPlatformApp']>,
): Promise<Output<Endpoints['testPlatformApp']>> {
  allow(caller, 'org.admin', connect)
  const app = await findApp(tx, id)
  if (!app) throw noApp()
  return { findings: await tester()(opened(app, keys)), at: caller.at.toISOString() }
}

/** An app without its secrets. */
export function appView(app: StoredApp, states: readonly AppState[]): PlatformAppView {
  const { id, platform, name, isOn, settings, version, changedAt } = app
  const kept = Object.keys(app.secrets)
  const isThis = (state: AppState) =>
    state.source === 'settings' &&
    state.platform === platform &&
    state.tenant === app.tenant &&
    state.appId === app.appId
  return {
    id,
    platform,
    name,
    isOn,
    settings,
    kept,
    missing: missingOf(platform, settings, kept),
    version,
    changedAt: changedAt.toISOString(),
    state: states.find(isThis) ?? null,
  }
}
