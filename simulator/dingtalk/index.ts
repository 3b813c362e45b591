import { Faults } from '../faults.ts'
import type { World } from '../world.ts'
import { WireLog } from '../log.ts'
import type { Platform } from '../platform.ts'
import { openApi } from './api.ts'
import { chatsOf, inboxOf } from './chats.ts'
import { click } from './clicks.ts'
import { deliverWaiting } from './delivery.ts'
import * as directory from './directory.ts'
import { dingtalkIds } from './ids.ts'
import { answerQuestion } from './questions.ts'
import { configure, settingsAtFirst } from './settings.ts'
import { mainApp } from './state.ts'
import type { Dingtalk, DingtalkApp } from './state.ts'
import { acceptConnections } from './stream.ts'
import { readTemplate } from './template.ts'
import type { CardTemplate } from './template.ts'
import { clientFolder, serveClient, userAgent } from './workbench.ts'
import { createGroup, write } from './writing.ts'

export type { DingtalkApp } from './state.ts'
export type { CardTemplate } from './template.ts'

const REDELIVERED_AFTER_MS = 60_000

export type DingtalkOptions = {
  corpId: string
  apps: DingtalkApp[]
  /** Card templates that were imported into the company and published. */
  templates?: CardTemplate[] | undefined
  /** After so long what was not acknowledged is sent again. */
  redeliveredAfterMs?: number | undefined
}

/** Builds the stand-in for DingTalk. */
export function createDingtalk(options: DingtalkOptions, world: World): Platform {
  const dingtalk = stateOf(options, world)
  const connections = acceptConnections(dingtalk, (appId) => deliverWaiting(dingtalk, appId))
  return {
    name: 'dingtalk',
    botName: mainApp(dingtalk).botName,
    faults: dingtalk.faults,
    log: dingtalk.log,
    api: openApi(dingtalk),
    upgrade: connections.upgrade,
    idsOf: (person) => dingtalkIds(person.key, dingtalk.corpId),
    hasLeft: (key) => dingtalk.left.has(key),
    write: (person, text, how) => write(dingtalk, person, text, how),
    inbox: (person, after) => inboxOf(dingtalk, person, after),
    chats: (person) => chatsOf(dingtalk, person),
    click: (messageId, by) => click(dingtalk, messageId, by),
    createChat: (name, members, withBot) => createGroup(dingtalk, name, members, withBot),
    join: (person) => directory.join(dingtalk, person),
    change: (key, changes) => directory.change(dingtalk, key, changes),
    leave: (key) => directory.leave(dingtalk, key),
    setDepartment: (department) => directory.setDepartment(dingtalk, department),
    removeDepartment: (key) => directory.removeDepartment(dingtalk, key),
    configure: (changes) => configure(dingtalk, changes),
    disturb: (deed) => disturb(dingtalk, deed),
    clientFolder,
    userAgent,
    client: (person, ctx) => serveClient(dingtalk, person, ctx),
    questions: () => [...dingtalk.questions.values()].map(({ id, person, ask, multi }) => ({ id, person, ask, multi })),
    answer: (person, ask, value) => answerQuestion(dingtalk, person, ask, value),
    close: () => {
      for (const connection of dingtalk.connections) connection.socket.terminate()
      connections.close()
    },
  }
}

function stateOf(options: DingtalkOptions, world: World): Dingtalk {
  const { publish } = world
  const here = world.people.filter((person) => person.platforms.includes('dingtalk'))
  return {
    corpId: options.corpId,
    apps: options.apps,
    people: new Map(here.map((person) => [person.key, { ...person }])),
    left: new Set(),
    departments: new Map(world.departments.map((department) => [department.key, { ...department }])),
    templates: new Map((options.templates ?? []).map((each) => [each.templateId, readTemplate(each)])),
    settings: { ...settingsAtFirst },
    clock: world.clock,
    faults: new Faults(world.random),
    log: new WireLog((entry) => publish({ kind: 'wire', platform: 'dingtalk', entry })),
    publish,
    random: world.random,
    tokens: new Map(),
    userTokens: new Map(),
    loginCodes: new Map(),
    tickets: new Map(),
    sessions: new Map(),
    chats: new Map(),
    messages: new Map(),
    cards: new Map(),
    notices: [],
    sentNotices: new Map(),
    todos: new Map(),
    windows: new Map(),
    used: new Map(),
    questions: new Map(),
    prepared: new Map(),
    jsapis: new Map(),
    watchers: new Set(),
    connectionTickets: new Map(),
    connections: new Set(),
    acks: new Map(),
    waiting: new Set(),
    heldBack: [],
    redeliveredAfterMs: options.redeliveredAfterMs ?? REDELIVERED_AFTER_MS,
    origin: world.origin,
    seq: 0,
  }
}

function disturb(dingtalk: Dingtalk, deed: 'cut' | 'freeze' | 'revoke-tokens'): void {
  if (deed === 'revoke-tokens') return dingtalk.tokens.clear()
  for (const connection of dingtalk.connections) {
    if (deed === 'cut') connection.socket.terminate()
    else connection.isFrozen = true
  }
}
