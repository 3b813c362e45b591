import { randomUUID } from 'node:crypto'

import type { Fault } from '../faults.ts'
import { Checks } from '../log.ts'
import type { Fields } from '../request-body.ts'
import { isFields, jsonOf } from '../request-body.ts'
import { pack, postCallback, timestampHeader } from './callbacks.ts'
import { anyConnection, sendOver } from './long-connection.ts'
import type { Feishu, FeishuApp } from './state.ts'

const DEADLINE_MS = 3000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** When an event that was not taken is delivered again, counted from its first delivery. */
const REDELIVERED_AFTER_MS = [15_000, 5 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS]

export type Attempt =
  | { kind: 'answered'; status: number; value: unknown }
  | { kind: 'late' | 'unconfigured' | 'no_such_host' | 'no_connection' }

/** An event in the envelope of schema 2.0. Clicks count their time in µs, events in ms. */
export function envelope(feishu: Feishu, app: FeishuApp, type: string, event: Fields): Fields {
  const now = feishu.clock.now()
  return {
    schema: '2.0',
    header: {
      event_id: randomUUID().replaceAll('-', ''),
      token: app.verificationToken,
      create_time: type === 'card.action.trigger' ? `${now}000` : String(now),
      event_type: type,
      tenant_key: feishu.tenantKey,
      app_id: app.appId,
    },
    event,
  }
}

/** Delivers an event until it is taken, five times at most. Settles after the first delivery. */
export async function deliverEvent(feishu: Feishu, app: FeishuApp, event: Fields): Promise<void> {
  const firstAt = feishu.clock.now()
  let tries = 0
  let callOff = () => {}
  const waiting = {
    appId: app.appId,
    tryNow: () => {
      callOff()
      void attempt()
    },
  }
  const attempt = async (): Promise<void> => {
    feishu.waiting.delete(waiting)
    const outcome = await deliver(feishu, app, event, false)
    if (outcome.kind === 'answered' && outcome.status === 200) return
    const nextAfter = REDELIVERED_AFTER_MS[tries++]
    if (nextAfter === undefined) return
    feishu.waiting.add(waiting)
    callOff = feishu.clock.at(firstAt + nextAfter, waiting.tryNow)
  }
  await attempt()
}

/** What could not be delivered while nobody was connected arrives in a burst when somebody is. */
export function deliverWaiting(feishu: Feishu, appId: string): void {
  for (const event of feishu.waiting) if (event.appId === appId) event.tryNow()
}

/** Delivers a click: once, whatever comes of it. */
export function deliverClick(feishu: Feishu, app: FeishuApp, event: Fields): Promise<Attempt> {
  return deliver(feishu, app, event, true)
}

async function deliver(feishu: Feishu, app: FeishuApp, event: Fields, isCard: boolean): Promise<Attempt> {
  const type = typeOf(event)
  const fault = feishu.faults.take('callback', type)
  if (fault?.latencyMs) await feishu.clock.wait(fault.latencyMs)
  if (fault?.reorder) await new Promise<void>((resolve) => feishu.heldBack.push(resolve))
  const released = feishu.heldBack
  const sent = spoilt(event, fault)
  const first = attempt(feishu, app, sent, isCard, fault)
  if (fault?.duplicate) void attempt(feishu, app, sent, isCard, fault)
  const outcome = await first
  if (!fault?.reorder) {
    feishu.heldBack = feishu.heldBack.filter((resume) => !released.includes(resume))
    for (const resume of released) resume()
  }
  // The handler has run, but the platform never learns it: the case that deduplication exists for.
  return fault?.on === 'callback' && fault.status !== undefined
    ? { kind: 'answered', status: fault.status, value: undefined }
    : outcome
}

async function attempt(
  feishu: Feishu,
  app: FeishuApp,
  event: Fields,
  isCard: boolean,
  fault: Fault | undefined,
): Promise<Attempt> {
  const startedAt = feishu.clock.now()
  const url = isCard ? feishu.settings.cardUrl : feishu.settings.eventUrl
  let isLate = false
  const late = feishu.clock.wait(DEADLINE_MS).then((): Attempt => {
    isLate = true
    return { kind: 'late' }
  })
  const sending = url ? overHttp(feishu, app, url, event, isCard, fault) : overSocket(feishu, app, event)
  const outcome = await Promise.race([sending, late])

  const checks = new Checks()
  if (url && app.encryptKey)
    checks.note('the body is encrypted and signed', fault?.tamper === undefined, tampered(fault))
  if (!url) checks.note('a long connection of the app is open', outcome.kind !== 'unconfigured')
  checks.note('answered within 3 s', !isLate)
  checks.note('the answer is 200', outcome.kind === 'answered' && outcome.status === 200)
  feishu.log.add({
    at: new Date(startedAt).toISOString(),
    way: 'callback',
    by: url ? 'http' : 'socket',
    title: typeOf(event),
    status: outcome.kind === 'answered' ? outcome.status : 0,
    tookMs: feishu.clock.now() - startedAt,
    checks: checks.list,
    request: withoutToken(event),
    answer: outcome.kind === 'answered' ? outcome.value : outcome.kind,
  })
  return outcome
}

async function overSocket(feishu: Feishu, app: FeishuApp, event: Fields): Promise<Attempt> {
  const connection = anyConnection(feishu, app.appId)
  if (!connection) return { kind: 'unconfigured' }
  const ack = await sendOver(feishu, connection, Buffer.from(JSON.stringify(event)))
  const value = ack.data === undefined ? {} : jsonOf(Buffer.from(ack.data, 'base64').toString('utf8'))
  return { kind: 'answered', status: ack.code, value }
}

async function overHttp(
  feishu: Feishu,
  app: FeishuApp,
  url: string,
  event: Fields,
  isCard: boolean,
  fault: Fault | undefined,
): Promise<Attempt> {
  const signedAt = feishu.clock.stamp()
  const answer = await postCallback(url, pack(app, event, timestampHeader(signedAt, isCard), fault?.tamper))
  if (answer.kind !== 'answered') return answer
  return { kind: 'answered', status: answer.status, value: answer.text === '' ? {} : jsonOf(answer.text) }
}

function tampered(fault: Fault | undefined): { detail?: string } {
  return fault?.tamper === undefined
    ? {}
    : { detail: `spoilt on purpose: ${fault.tamper === true ? 'signature' : fault.tamper}` }
}

/** An event as somebody would forge it who holds the keys of nothing: of another tenant or app, or of long ago. */
function spoilt(event: Fields, fault: Fault | undefined): Fields {
  const header = isFields(event['header']) ? event['header'] : {}
  const changes: Record<string, Fields> = {
    token: { token: 'forged-token' },
    tenant: { tenant_key: 'another-tenant' },
    app: { app_id: 'cli_ffffffffffffffff' },
    old: { create_time: '0' },
  }
  const change = typeof fault?.tamper === 'string' ? changes[fault.tamper] : undefined
  return change ? { ...event, header: { ...header, ...change } } : event
}

/** The verification token is a secret of the app; the log needs only the rest of the header. */
function withoutToken(event: Fields): Fields {
  const { token: _token, ...header } = isFields(event['header']) ? event['header'] : {}
  return { ...event, header }
}

function typeOf(event: Fields): string {
  return isFields(event['header']) ? String(event['header']['event_type']) : ''
}
