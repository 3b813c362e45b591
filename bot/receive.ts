import { platforms as platformNames } from '#contract/modules/org'
import { systemCaller } from '#kernel/caller'
import { type Listener, errand, publish } from '#kernel/events'
import { ask, perform } from '#kernel/perform'
import { departmentsByExternalId, keepPerson, leaveDirectory, syncDirectory } from '#server/modules/org'
import type { Received } from './facts.ts'
import { insertInbound, markHandled, waitingInbound } from './inbox-store.ts'
import type { Inbound, Message, Platform, Receive } from './platforms/platform.ts'
import { countUse } from './pace-store.ts'
import { type Acts, answerAndTell } from './press.ts'

/** What a platform calls with everything that comes in: a press is answered now, the rest is stored, acknowledged, then worked. */
export const receiver =
  (platform: Platform, acts: Acts): Receive =>
  async (inbound) => {
    if (inbound.kind === 'unknown') return undefined
    if (inbound.kind === 'press') return answerAndTell(platform, acts, inbound)
    await keep(platform, inbound)
    return undefined
  }

async function keep(platform: Platform, inbound: Inbound): Promise<void> {
  const caller = systemCaller(new Date())
  const key = { platform: platform.name, appId: platform.appId, eventKey: inbound.eventKey }
  await perform(
    caller,
    async (tx) => {
      if (!(await insertInbound(tx, key, inbound, caller.at))) return
      const received: Received = { name: `bot.received-${platform.name}`, body: key }
      await publish(tx, caller, [received])
      await countUse(tx, platform, { deliveries: 1 }, caller.at)
    },
    undefined,
  )
}

/** Works what waits in the inbox, each platform's on its own. `answer` is the bot. */
export const workInbox = (
  platforms: readonly Platform[],
  answer: (platform: Platform, message: Message) => Promise<void>,
): Listener[] =>
  platformNames.map((name) =>
    errand<Received>(`bot.work-inbox-${name}`, `bot.received-${name}`, async (caller, { body: key }) => {
      const inbound = await ask(caller, (tx) => waitingInbound(tx, key), undefined)
      if (!inbound) return
      const platform = platforms.find((one) => one.name === name && one.appId === key.appId)
      // Received by a process that runs the app already, or by this one before the app was switched off: a later try meets it, or nobody does.
      if (!platform) throw new Error(`The app ${key.appId} on ${name} does not run here.`)
      await workOne(platform, inbound, answer)
      await perform(caller, (tx) => markHandled(tx, key, new Date()), undefined)
    }),
  )

async function workOne(
  platform: Platform,
  inbound: Inbound,
  answer: (platform: Platform, message: Message) => Promise<void>,
): Promise<void> {
  const caller = systemCaller(new Date())
  switch (inbound.kind) {
    case 'message':
      return answer(platform, inbound)
    case 'person':
      await perform(
        caller,
        async (tx) => keepPerson(tx, caller, inbound.person, await departmentsByExternalId(tx)),
        undefined,
      )
      return
    case 'left':
      return perform(caller, leaveDirectory, {
        platform: platform.name,
        tenant: platform.tenant,
        stableId: inbound.stableId,
      })
    case 'directory':
      await perform(caller, syncDirectory, await platform.readDirectory())
      return
    case 'press':
    case 'unknown':
      return // dealt with where it was received
  }
}
