import type { ClickView } from '../answers.ts'
import { Checks } from '../log.ts'
import { Unable } from '../platform.ts'
import type { Click } from '../platform.ts'
import { isFields } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import { changedBy, textsIn } from './card-values.ts'
import { show } from './cards.ts'
import { canSee, drawnFor, messageView } from './chats.ts'
import { deliverPress } from './delivery.ts'
import type { Attempt } from './delivery.ts'
import { controlsOf, draw, looseFields } from './drawing.ts'
import type { Control } from './drawing.ts'
import { filled } from './form-fields.ts'
import { dingtalkIds } from './ids.ts'
import type { CardInstance, Dingtalk, Message } from './state.ts'

/** What the client says when nothing came of a press. DingTalk has no codes for it. */
const troubles = {
  late: '请求超时，请稍后重试 (no answer within 2 s)',
  unconnected: '请求失败，请稍后重试 (nobody is connected who subscribes to card callbacks)',
  quota: '请求失败，请稍后重试 (the pushes of this month are used up)',
  not_over_stream: '请求失败，请稍后重试 (the card was made without callbackType STREAM)',
  malformed: '请求失败，请稍后重试 (malformed answer)',
  failed: '请求失败，请稍后重试 (the ack says that it failed)',
} as const

/** One person touches one button of a card. Answers what he then sees. */
export async function click(dingtalk: Dingtalk, messageId: string, by: Click): Promise<ClickView> {
  const message = dingtalk.messages.get(messageId)
  if (!message || message.content.kind === 'text') throw new Unable(404, `there is no card ${messageId}`)
  requireInReach(dingtalk, message, by)
  const card = message.content.kind === 'instance' ? dingtalk.cards.get(message.content.outTrackId) : undefined
  if (!card) return openPlain(dingtalk, message, by)

  if (by.forwarded && !card.supportsForward) throw new Unable(409, 'this card cannot be forwarded')
  const checks = new Checks()
  const { button, form } = controlTouched(card, by)
  if (button.isDisabled) throw new Unable(409, `${by.action} is disabled`)
  if (button.does.kind === 'open') return seen(dingtalk, by, checks, { openUrl: button.does.url })
  const values = filled(form?.fields ?? [], by.form ?? {})
  const fault = typeof values === 'string' ? values : undefined
  if (
    !checks.note('the client accepts the form', !fault, fault ? { detail: fault } : {}) ||
    typeof values === 'string'
  ) {
    return seen(dingtalk, by, checks, { toast: { type: 'error', content: fault ?? '' } })
  }
  const { actionId, params } = button.does
  const sent = form?.name ? { ...params, [form.name]: values } : { ...params, ...values }
  return seen(dingtalk, by, checks, await callBack(dingtalk, { card, message, actionId, params: sent, by, checks }))
}

function requireInReach(dingtalk: Dingtalk, message: Message, by: Click): void {
  if (!dingtalk.people.has(by.person)) throw new Unable(404, `there is no person ${by.person}`)
  if (dingtalk.left.has(by.person)) throw new Unable(403, `${by.person} has left the company`)
  if (!by.forwarded && !canSee(dingtalk, by.person, message))
    throw new Unable(403, `${by.person} does not see this card`)
}

/** Cards that are plain messages have links only. */
function openPlain(dingtalk: Dingtalk, { content }: Message, by: Click): ClickView {
  const links =
    content.kind === 'actionCard'
      ? content.buttons
      : content.kind === 'link' || content.kind === 'todo'
        ? [{ title: 'open', url: content.url }]
        : []
  const link = links.find((each) => each.title === by.action) ?? (links.length === 1 ? links[0] : undefined)
  if (!link) throw new Unable(404, `the card has no button ${by.action}`)
  return seen(dingtalk, by, new Checks(), { openUrl: link.url })
}

/** The button as the person sees it, with what he has typed into fields beside it. */
function controlTouched(card: CardInstance, by: Click): Control {
  const values = by.version === undefined ? card.versions.at(-1) : card.versions[by.version]
  const { variables, blocks } = drawnFor(card, by.person, values)
  const loose = looseFields(blocks).map((field) => [field.name, by.form?.[field.name] ?? field.value])
  const controls = controlsOf(draw(card.template, variables, Object.fromEntries(loose)))
  const found =
    controls.find(({ button }) => button.name === by.action) ?? controls.find(({ button }) => button.text === by.action)
  if (!found) throw new Unable(404, `the card has no button ${by.action}`)
  return found
}

type Press = { card: CardInstance; message: Message; actionId: string; params: Fields; by: Click; checks: Checks }

async function callBack(dingtalk: Dingtalk, press: Press): Promise<ClickView> {
  const { card, message, actionId, params, by, checks } = press
  if (!checks.note('the card calls back over the stream', card.isOverStream)) return failed('not_over_stream')
  const chat = dingtalk.chats.get(message.chatId)
  const isGroup = chat?.kind === 'group'
  const person = dingtalkIds(by.person, dingtalk.corpId)
  const attempt = await deliverPress(dingtalk, card.app, {
    type: 'actionCallback',
    outTrackId: card.outTrackId,
    corpId: dingtalk.corpId,
    userId: person.userId,
    userIdType: 1,
    spaceType: isGroup ? 'IM_GROUP' : 'IM_ROBOT',
    spaceId: isGroup ? message.chatId : dingtalkIds(chat?.members[0] ?? '', dingtalk.corpId).userId,
    extension: '{}',
    content: JSON.stringify({ cardPrivateData: { actionIds: [actionId], params } }),
  })
  return takeAnswer(dingtalk, press, attempt)
}

/** Reads what the product answered to a press: variables for everybody, and for him who pressed. */
function takeAnswer(dingtalk: Dingtalk, { card, message, by, checks }: Press, attempt: Attempt): ClickView {
  if (!checks.note('the press was answered in time', attempt.kind === 'answered')) {
    return failed(attempt.kind === 'answered' ? 'failed' : attempt.kind)
  }
  if (attempt.kind !== 'answered') return failed('failed')
  if (!checks.note('the code of the ack is 200', attempt.ack.code === 200)) return failed('failed')
  const answer = isFields(attempt.ack.value) ? attempt.ack.value['response'] : undefined
  if (answer === null || (isFields(answer) && Object.keys(answer).length === 0)) return {}
  if (!checks.note('the answer holds a response', isFields(answer)) || !isFields(answer)) return failed('malformed')
  const [shared, own] = [mapIn(answer['cardData']), mapIn(answer['userPrivateData'])]
  if (!checks.note('all variables are texts', shared !== 'wrong' && own !== 'wrong')) return failed('malformed')
  if (shared === 'wrong' || own === 'wrong') return failed('malformed')
  if (shared === undefined && own === undefined) return {}
  const ownOfPerson = own && { [by.person]: own }
  show(dingtalk, card, changedBy(card, answer['cardUpdateOptions'], shared, ownOfPerson))
  return { card: messageView(dingtalk, message, by.person).content }
}

function mapIn(given: unknown): Record<string, string> | 'wrong' | undefined {
  const map = isFields(given) ? given['cardParamMap'] : undefined
  return map === undefined || map === null ? undefined : (textsIn(map) ?? 'wrong')
}

function failed(trouble: keyof typeof troubles): ClickView {
  return { isUnanswered: true, toast: { type: 'error', content: troubles[trouble] } }
}

function seen(dingtalk: Dingtalk, by: Click, checks: Checks, view: ClickView): ClickView {
  dingtalk.log.add({
    at: new Date(dingtalk.clock.now()).toISOString(),
    way: 'client',
    by: 'http',
    title: `click ${by.action} · ${by.person}`,
    status: 200,
    tookMs: 0,
    checks: checks.list,
    request: by,
    answer: view,
  })
  return view
}
