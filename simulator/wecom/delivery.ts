import type { Fault } from '../faults.ts'
import { Checks } from '../log.ts'
import type { Fields } from '../request-body.ts'
import { call, openReply, seal } from './callbacks.ts'
import type { Wecom, WecomApp } from './state.ts'

const DEADLINE_MS = 5000
/** Three more tries after the first, each as the one before has failed. The real intervals are not published. */
const REDELIVERIES = 3

export type Outcome =
  | { kind: 'answered'; status: number; reply: Fields | undefined }
  | { kind: 'late' | 'unconfigured' | 'no_connection' }

/**
 * Delivers an event until it is taken, four times at most. Settles after the first delivery; `onReply` hears what the
 * product answered whenever a delivery is taken.
 */
export async function deliver(
  wecom: Wecom,
  app: WecomApp,
  event: Fields,
  onReply: (reply: Fields) => void = () => {},
): Promise<Outcome> {
  const attempt = async (triesLeft: number): Promise<Outcome> => {
    const startedAt = wecom.clock.now()
    const outcome = await deliverOnce(wecom, app, event)
    if (isTaken(outcome)) {
      if (outcome.kind === 'answered' && outcome.reply) onReply(outcome.reply)
    } else if (triesLeft > 0 && outcome.kind !== 'unconfigured') {
      wecom.clock.at(startedAt + DEADLINE_MS, () => void attempt(triesLeft - 1))
    }
    return outcome
  }
  return attempt(REDELIVERIES)
}

export function isTaken(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.status === 200
}

async function deliverOnce(wecom: Wecom, app: WecomApp, event: Fields): Promise<Outcome> {
  const fault = wecom.faults.take('callback', titleOf(event))
  if (fault?.latencyMs) await wecom.clock.wait(fault.latencyMs)
  if (fault?.reorder) await new Promise<void>((resolve) => wecom.heldBack.push(resolve))
  const released = wecom.heldBack
  const outcome = await attempted(wecom, app, event, fault)
  if (!fault?.reorder) {
    wecom.heldBack = wecom.heldBack.filter((resume) => !released.includes(resume))
    for (const resume of released) resume()
  }
  // The handler has run, but the platform never learns it: the case that deduplication exists for.
  return fault?.on === 'callback' && fault.status !== undefined
    ? { kind: 'answered', status: fault.status, reply: undefined }
    : outcome
}

async function attempted(wecom: Wecom, app: WecomApp, event: Fields, fault: Fault | undefined): Promise<Outcome> {
  const startedAt = wecom.clock.now()
  const url = wecom.settings.callbackUrl
  const checks = new Checks()
  const outcome = url
    ? await posted(wecom, app, event, url, fault, checks)
    : ({ kind: 'unconfigured' } as const satisfies Outcome)
  checks.note('a callback url is configured', url !== undefined)
  checks.note('answered within 5 s', outcome.kind === 'answered')
  checks.note('the answer is 200', isTaken(outcome))
  wecom.log.add({
    at: new Date(startedAt).toISOString(),
    way: 'callback',
    by: 'http',
    title: titleOf(event),
    status: outcome.kind === 'answered' ? outcome.status : 0,
    tookMs: wecom.clock.now() - startedAt,
    checks: checks.list,
    request: event,
    answer: outcome.kind === 'answered' ? (outcome.reply ?? {}) : outcome.kind,
  })
  return outcome
}

async function posted(
  wecom: Wecom,
  app: WecomApp,
  event: Fields,
  url: string,
  fault: Fault | undefined,
  checks: Checks,
): Promise<Outcome> {
  const old = fault?.tamper === 'old' ? { CreateTime: Number(event['CreateTime']) - 86_400 } : {}
  const sealed = seal(app, wecom.corpId, { ...event, ...old }, url, wecom.clock.stamp(), fault?.tamper)
  const spoilt =
    fault?.tamper === undefined
      ? {}
      : { detail: `spoilt on purpose: ${fault.tamper === true ? 'signature' : fault.tamper}` }
  checks.note('the body is encrypted and signed', fault?.tamper === undefined, spoilt)

  let callOff = () => {}
  const late = new Promise<Outcome>((resolve) => {
    callOff = wecom.clock.at(wecom.clock.now() + DEADLINE_MS, () => resolve({ kind: 'late' }))
  })
  const answering = call(sealed.url, sealed.body)
  if (fault?.duplicate) void call(sealed.url, sealed.body)
  const outcome = await Promise.race([answering, late])
  callOff()
  if (outcome.kind !== 'answered' || !('text' in outcome)) return outcome
  return { kind: 'answered', status: outcome.status, reply: replyIn(wecom, app, outcome.text, checks) }
}

/** An empty body and the word «success» say that there is nothing to say; all else must be sealed as the event was. */
function replyIn(wecom: Wecom, app: WecomApp, text: string, checks: Checks): Fields | undefined {
  if (text === '' || text === 'success') return undefined
  const opened = openReply(app, wecom.corpId, text)
  const fault = 'fault' in opened ? opened.fault : undefined
  checks.note('the passive reply is sealed', !fault, fault ? { detail: fault } : {})
  return 'fields' in opened ? opened.fields : undefined
}

/** What the log and the faults call an event: `text`, `template_card_event`, `change_contact.create_user`. */
function titleOf(event: Fields): string {
  if (event['MsgType'] !== 'event') return String(event['MsgType'])
  return [event['Event'], event['ChangeType']].filter(Boolean).join('.')
}
