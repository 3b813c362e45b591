import { Faults } from '../faults.ts'
import { WireLog } from '../log.ts'
import { feishuIds } from '../people.ts'
import type { Platform } from '../platform.ts'
import type { World } from '../world.ts'
import { openApi } from './api.ts'
import { chatsOf, inboxOf } from './chats.ts'
import { click } from './clicks.ts'
import { deliverWaiting } from './delivery.ts'
import * as directory from './directory.ts'
import { acceptConnections } from './long-connection.ts'
import { configure } from './settings.ts'
import { mainApp } from './state.ts'
import type { ClientConfig, Feishu, FeishuApp } from './state.ts'
import { answerQuestion, clientFolder, serveClient, userAgent } from './workbench.ts'
import { createGroup, write } from './writing.ts'

export type { FeishuApp } from './state.ts'

export type FeishuOptions = {
  tenantKey: string
  apps: FeishuApp[]
  /** Where events and clicks are posted; without it they go over the long connection. */
  callbackUrl?: string | undefined
  clientConfig?: Partial<ClientConfig> | undefined
  /** Payloads above this size go over the long connection in several frames. */
  fragmentBytes?: number | undefined
}

/** Builds the stand-in for Feishu. */
export function createFeishu(options: FeishuOptions, world: World): Platform {
  const feishu = stateOf(options, world)
  const connections = acceptConnections(feishu, (appId) => deliverWaiting(feishu, appId))
  return {
    name: 'feishu',
    botName: mainApp(feishu).botName,
    faults: feishu.faults,
    log: feishu.log,
    api: openApi(feishu),
    upgrade: connections.upgrade,
    idsOf: (person) => feishuIds(person.key, feishu.tenantKey, mainApp(feishu).appId),
    hasLeft: (key) => feishu.left.has(key),
    write: (person, text, how) => write(feishu, person, text, how),
    inbox: (person, after) => inboxOf(feishu, person, after),
    chats: (person) => chatsOf(feishu, person),
    click: (messageId, by) => click(feishu, messageId, by),
    createChat: (name, members, withBot) => createGroup(feishu, name, members, withBot),
    join: (person) => directory.join(feishu, person),
    change: (key, changes) => directory.change(feishu, key, changes),
    leave: (key) => directory.leave(feishu, key),
    setDepartment: (department) => directory.setDepartment(feishu, department),
    removeDepartment: (key) => directory.removeDepartment(feishu, key),
    configure: (changes) => configure(feishu, changes),
    disturb: (deed) => disturb(feishu, deed),
    clientFolder,
    userAgent,
    client: (person, ctx) => serveClient(feishu, person, ctx),
    questions: () => [...feishu.questions.values()].map(({ id, person, ask, multi }) => ({ id, person, ask, multi })),
    answer: (person, ask, value) => answerQuestion(feishu, person, ask, value),
    close: () => {
      for (const connection of feishu.connections) connection.socket.terminate()
      connections.close()
    },
  }
}

function stateOf(options: FeishuOptions, world: World): Feishu {
  const publish = world.publish
  return {
    tenantKey: options.tenantKey,
    apps: options.apps,
    people: new Map(
      world.people.filter((person) => person.platforms.includes('feishu')).map((person) => [person.key, { ...person }]),
    ),
    left: new Set(),
    departments: new Map(world.departments.map((department) => [department.key, { ...department }])),
    settings: {
      botEnabled: true,
      scopes: undefined,
      allowedIps: undefined,
      available: undefined,
      contactScopeIsAll: true,
      quotaLeft: undefined,
      trustedOrigins: undefined,
      eventUrl: options.callbackUrl,
      cardUrl: options.callbackUrl,
      blockedBy: [],
    },
    clock: world.clock,
    faults: new Faults(world.random),
    log: new WireLog((entry) => publish({ kind: 'wire', platform: 'feishu', entry })),
    publish,
    random: world.random,
    tenantTokens: new Map(),
    userTokens: new Map(),
    loginCodes: new Map(),
    tickets: new Map(),
    usedSignatures: new Set(),
    clickTokens: new Map(),
    chats: new Map(),
    messages: new Map(),
    sentByUuid: new Map(),
    windows: new Map(),
    questions: new Map(),
    watchers: new Set(),
    jsapis: new Map(),
    tasks: new Map(),
    connectionTickets: new Map(),
    connections: new Set(),
    acks: new Map(),
    waiting: new Set(),
    heldBack: [],
    // The real platform says 120 s and 30 s; nobody at a demo wants to wait that long for a restarted server.
    clientConfig: {
      ReconnectCount: -1,
      ReconnectInterval: 1,
      ReconnectNonce: 0,
      PingInterval: 30,
      ...options.clientConfig,
    },
    fragmentBytes: options.fragmentBytes ?? 256 * 1024,
    prepared: new Map(),
    origin: world.origin,
    seq: 0,
  }
}

function disturb(feishu: Feishu, deed: 'cut' | 'freeze' | 'revoke-tokens'): void {
  if (deed === 'revoke-tokens') return feishu.tenantTokens.clear()
  for (const connection of feishu.connections) {
    if (deed === 'cut') connection.socket.terminate()
    else connection.isFrozen = true
  }
}
