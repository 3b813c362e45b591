import { randomUUID } from 'node:crypto'

import type { Fault } from '../faults.ts'
import { Checks } from '../log.ts'
import type { Fields } from '../request-body.ts'
import { isFields } from '../request-body.ts'
import { useUp } from './quota.ts'
import type { Ack, Dingtalk, DingtalkApp } from './state.ts'
import { anyConnection, sendOver } from './stream.ts'
import type { Push } from './stream.ts'

const ROBOT_TOPIC = '/v1.0/im/bot/messages/get'
const CARD_TOPIC = '/v1.0/card/instances/callback'

const EVENT_DEADLINE_MS = 3000
const CARD_DEADLINE_MS = 2000
/** The platform does not publish its schedule; what is not acknowledged comes again a few times. */
const TRIES_MAX = 4

export type Attempt = { kind: 'answered'; ack: Ack } | { kind: 'late' | 'unconnected' | 'quota' }

/** Delivers an event until it is taken, a few times at most. Settles after the first delivery. */
export function deliverEvent(dingtalk: Dingtalk, app: DingtalkApp, eventType: string, value: Fields): Promise<Attempt> {
  const now = String(dingtalk.clock.now())
  const headers = {
    ...{ eventType, eventId: randomUUID().replaceAll('-', ''), eventBornTime: now },
    ...{ eventCorpId: dingtalk.corpId, eventUnifiedAppId: app.agentId },
  }
  return deliverUntilTaken(dingtalk, app, { type: 'EVENT', topic: '*', messageId: randomUUID(), headers, value }, true)
}

/** Hands what somebody wrote to the robot over. When nobody is connected it is lost: messages are not kept. */
export function deliverMessage(dingtalk: Dingtalk, app: DingtalkApp, value: Fields): Promise<Attempt> {
  const push: Push = { type: 'CALLBACK', topic: ROBOT_TOPIC, messageId: randomUUID(), headers: {}, value }
  return deliverUntilTaken(dingtalk, app, push, false)
}

/** Delivers a press on a card. Its answer counts only when it comes in time, though the press itself is sent again. */
export function deliverPress(dingtalk: Dingtalk, app: DingtalkApp, value: Fields): Promise<Attempt> {
  const push: Push = { type: 'CALLBACK', topic: CARD_TOPIC, messageId: randomUUID(), headers: {}, value }
  return deliverUntilTaken(dingtalk, app, push, false)
}

async function deliverUntilTaken(dingtalk: Dingtalk, app: DingtalkApp, push: Push, isKept: boolean): Promise<Attempt> {
  let tries = 0
  let callOff = () => {}
  const waiting = {
    appId: app.clientId,
    tryNow: () => {
      callOff()
      void attempt()
    },
  }
  const attempt = async (): Promise<Attempt> => {
    dingtalk.waiting.delete(waiting)
    const outcome = await deliver(dingtalk, app, push)
    tries += 1
    const isLost = outcome.kind === 'quota' || (outcome.kind === 'unconnected' && !isKept)
    if (isTaken(push, outcome) || isLost || tries >= TRIES_MAX) return outcome
    if (outcome.kind === 'unconnected') dingtalk.waiting.add(waiting)
    callOff = dingtalk.clock.at(dingtalk.clock.now() + dingtalk.redeliveredAfterMs, waiting.tryNow)
    return outcome
  }
  return attempt()
}

/** An event says in its ack whether it was taken; for a callback the ack itself is enough. */
function isTaken(push: Push, outcome: Attempt): boolean {
  if (outcome.kind !== 'answered') return false
  if (push.type === 'CALLBACK') return true
  return outcome.ack.code === 200 && isFields(outcome.ack.value) && outcome.ack.value['status'] === 'SUCCESS'
}

/** Events that came while nobody was connected arrive as soon as somebody is. */
export function deliverWaiting(dingtalk: Dingtalk, appId: string): void {
  for (const event of dingtalk.waiting) if (event.appId === appId) event.tryNow()
}

async function deliver(dingtalk: Dingtalk, app: DingtalkApp, push: Push): Promise<Attempt> {
  const fault = dingtalk.faults.take('callback', titleOf(push))
  if (fault?.latencyMs) await dingtalk.clock.wait(fault.latencyMs)
  if (fault?.reorder) await new Promise<void>((resolve) => dingtalk.heldBack.push(resolve))
  const released = dingtalk.heldBack
  const first = attempt(dingtalk, app, push, fault)
  if (fault?.duplicate) void attempt(dingtalk, app, push, fault)
  const outcome = await first
  if (!fault?.reorder) {
    dingtalk.heldBack = dingtalk.heldBack.filter((resume) => !released.includes(resume))
    for (const resume of released) resume()
  }
  // The handler has run, but the platform never learns it: the case that deduplication exists for.
  return fault?.on === 'callback' && fault.status !== undefined ? { kind: 'late' } : outcome
}

async function attempt(dingtalk: Dingtalk, app: DingtalkApp, push: Push, fault: Fault | undefined): Promise<Attempt> {
  const startedAt = dingtalk.clock.now()
  const deadlineMs = push.topic === CARD_TOPIC ? CARD_DEADLINE_MS : EVENT_DEADLINE_MS
  const spoilt = spoil(push, fault)
  const outcome = await Promise.race([
    overStream(dingtalk, app, spoilt.push, spoilt.text),
    lateAfter(dingtalk, deadlineMs),
  ])

  const checks = new Checks()
  checks.note('pushes are left in this month', outcome.kind !== 'quota')
  checks.note('a connection that subscribes to it is open', outcome.kind !== 'unconnected')
  checks.note(`acknowledged within ${deadlineMs / 1000} s`, outcome.kind === 'answered')
  if (outcome.kind === 'answered') checks.note('the code of the ack is 200', outcome.ack.code === 200)
  if (fault?.tamper !== undefined)
    checks.note('as the platform sends it', false, { detail: `spoilt on purpose: ${fault.tamper}` })
  dingtalk.log.add({
    at: new Date(startedAt).toISOString(),
    way: 'callback',
    by: 'socket',
    title: titleOf(push),
    status: outcome.kind === 'answered' ? outcome.ack.code : 0,
    tookMs: dingtalk.clock.now() - startedAt,
    checks: checks.list,
    request: {
      type: push.type,
      headers: { ...push.headers, messageId: push.messageId, topic: push.topic },
      data: push.value,
    },
    answer: outcome.kind === 'answered' ? outcome.ack : outcome.kind,
  })
  return outcome
}

async function overStream(dingtalk: Dingtalk, app: DingtalkApp, push: Push, text: string): Promise<Attempt> {
  const connection = anyConnection(dingtalk, app, push)
  if (!connection) return { kind: 'unconnected' }
  if (!isFree(push) && !useUp(dingtalk, 'pushes', dingtalk.settings.pushesPerMonth)) return { kind: 'quota' }
  return { kind: 'answered', ack: await sendOver(dingtalk, connection, push, text) }
}

/** Events of the directory are not counted. */
function isFree(push: Push): boolean {
  return push.type === 'EVENT'
}

async function lateAfter(dingtalk: Dingtalk, ms: number): Promise<Attempt> {
  await dingtalk.clock.wait(ms)
  return { kind: 'late' }
}

/** Nothing signs a frame, so what can be wrong with one is whom it is from, when it was made, or that it is broken. */
function spoil(push: Push, fault: Fault | undefined): { push: Push; text: string } {
  const text = JSON.stringify(push.value)
  const { tamper } = fault ?? {}
  if (tamper === undefined || tamper === false) return { push, text }
  if (tamper === 'tenant' || tamper === 'app') {
    const forged = tamper === 'tenant' ? 'ding-another-company' : 'ding-another-app'
    const fields = tamper === 'tenant' ? ['corpId', 'chatbotCorpId', 'senderCorpId'] : ['robotCode']
    const changes = Object.fromEntries(fields.filter((field) => field in push.value).map((field) => [field, forged]))
    const headers =
      tamper === 'tenant' && push.type === 'EVENT' ? { ...push.headers, eventCorpId: forged } : push.headers
    return { push: { ...push, headers }, text: JSON.stringify({ ...push.value, ...changes }) }
  }
  if (tamper === 'old') {
    const headers = push.type === 'EVENT' ? { ...push.headers, eventBornTime: '0' } : push.headers
    return {
      push: { ...push, headers },
      text: JSON.stringify({ ...push.value, ...('createAt' in push.value && { createAt: 0 }) }),
    }
  }
  return { push, text: text.slice(0, -1) }
}

function titleOf(push: Push): string {
  return push.type === 'EVENT' ? String(push.headers['eventType']) : push.topic
}
