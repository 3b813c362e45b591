import { Faults } from '../faults.ts'
import type { World } from '../world.ts'
import { WireLog } from '../log.ts'
import type { Person } from '../people.ts'
import type { Platform } from '../platform.ts'
import { openApi } from './api.ts'
import { acceptBot } from './bot-connection.ts'
import { chatsOf, createGroup, inboxOf } from './chats.ts'
import { click } from './clicks.ts'
import { numbered } from './contacts.ts'
import * as directory from './directory.ts'
import { configure } from './settings.ts'
import { mainApp, userIdOf } from './state.ts'
import type { Wecom, WecomApp, WecomBot } from './state.ts'
import { answerQuestion, clientFolder, serveClient, userAgent } from './workbench.ts'
import { write } from './writing.ts'

export { botPath } from './bot-connection.ts'
export { wecomUserId } from './state.ts'
export type { WecomApp, WecomBot } from './state.ts'

export type WecomOptions = {
  corpId: string
  apps: WecomApp[]
  /** The AI bot; without it nobody answers in groups. */
  bot?: WecomBot | undefined
  /** Secret of the contact synchronisation (通讯录同步). */
  contactSecret?: string | undefined
  /** Where messages, clicks and contact events are posted. */
  callbackUrl?: string | undefined
}

/** Builds the stand-in for WeCom. */
export function createWecom(options: WecomOptions, world: World): Platform {
  const wecom = stateOf(options, world)
  for (const key of wecom.departments.keys()) numbered(wecom, key)
  const bot = acceptBot(wecom)
  return {
    name: 'wecom',
    botName: mainApp(wecom).name,
    faults: wecom.faults,
    log: wecom.log,
    api: openApi(wecom),
    upgrade: bot.upgrade,
    idsOf: (person) => idsOf(wecom, person),
    hasLeft: (key) => wecom.left.has(key),
    write: (person, text, how) => write(wecom, person, text, how),
    inbox: (person, after) => inboxOf(wecom, person, after),
    chats: (person) => chatsOf(wecom, person),
    click: (messageId, by) => click(wecom, messageId, by),
    createChat: (name, members, withBot) => createGroup(wecom, name, members, withBot),
    join: (person) => directory.join(wecom, person),
    change: (key, changes) => directory.change(wecom, key, changes),
    leave: (key) => directory.leave(wecom, key),
    setDepartment: (department) => directory.setDepartment(wecom, department),
    removeDepartment: (key) => directory.removeDepartment(wecom, key),
    configure: (changes) => configure(wecom, changes),
    disturb: (deed) => disturb(wecom, deed),
    clientFolder,
    userAgent,
    client: (person, ctx) => serveClient(wecom, person, ctx),
    questions: () => [...wecom.questions.values()].map(({ id, person, ask, multi }) => ({ id, person, ask, multi })),
    answer: (person, ask, value) => answerQuestion(wecom, person, ask, value),
    close: () => {
      for (const connection of wecom.connections) connection.socket.terminate()
      bot.close()
    },
  }
}

/** On WeCom there is one id for everything. */
function idsOf(wecom: Wecom, person: Person): { openId: string; unionId: string; userId: string } {
  const userId = userIdOf(wecom, person.key)
  return { openId: userId, unionId: userId, userId }
}

function stateOf(options: WecomOptions, world: World): Wecom {
  const publish = world.publish
  const here = world.people.filter((person) => person.platforms.includes('wecom'))
  return {
    corpId: options.corpId,
    apps: options.apps,
    bot: options.bot,
    contactSecret: options.contactSecret,
    people: new Map(here.map((person) => [person.key, { ...person }])),
    left: new Set(),
    renamed: new Map(),
    departments: new Map(world.departments.map((department) => [department.key, { ...department }])),
    departmentIds: new Map(),
    settings: {
      appEnabled: true,
      trustedIps: undefined,
      trustedOrigins: undefined,
      visible: undefined,
      unlicensed: [],
      callbackUrl: options.callbackUrl,
      concurrencyMax: 500,
      callsPerMinuteMax: 10_000,
    },
    clock: world.clock,
    faults: new Faults(world.random),
    log: new WireLog((entry) => publish({ kind: 'wire', platform: 'wecom', entry })),
    publish,
    tokens: new Map(),
    loginCodes: new Map(),
    userTickets: new Map(),
    tickets: new Map(),
    responseCodes: new Map(),
    chats: new Map(),
    messages: new Map(),
    sentLately: new Map(),
    taskIds: new Set(),
    windows: new Map(),
    underWay: new Map(),
    questions: new Map(),
    prepared: new Map(),
    watchers: new Set(),
    jsapis: new Map(),
    connections: new Set(),
    botRequests: new Map(),
    heldBack: [],
    seq: 0,
  }
}

function disturb(wecom: Wecom, deed: 'cut' | 'freeze' | 'revoke-tokens'): void {
  if (deed === 'revoke-tokens') return wecom.tokens.clear()
  for (const connection of wecom.connections) {
    if (deed === 'cut') connection.socket.terminate()
    else connection.isFrozen = true
  }
}
