import { randomUUID } from 'node:crypto'

import type { ClickView } from '../answers.ts'
import { Checks } from '../log.ts'
import { Unable } from '../platform.ts'
import type { Click } from '../platform.ts'
import { isFields, jsonOf, textOf } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import { checkCard } from './card-check.ts'
import { controlsOf, faultOfValue, fill } from './card-controls.ts'
import type { Control } from './card-controls.ts'
import { isOldSchema } from './cards.ts'
import { canSee, replace } from './chats.ts'
import { deliverClick, envelope } from './delivery.ts'
import type { Attempt } from './delivery.ts'
import { idsOf } from './events.ts'
import { appOf, mainApp } from './state.ts'
import type { Feishu, Message } from './state.ts'

const TOKEN_LIFE_MS = 30 * 60_000
const TOKEN_USES = 2
const CLICKABLE_MS = 14 * 86_400_000
const TOAST_TYPES = ['info', 'success', 'error', 'warning']

/** The platform's own errors after a click, as the person sees them. */
const clickErrors = {
  200340: '应用未配置卡片回调 (the app has no callback)',
  200341: '目标回调服务超时未响应 (the callback took longer than 3 s)',
  200342: '目标回调服务连接失败 (no TCP connection)',
  200343: '目标回调服务域名解析失败 (no such host)',
  200671: '目标回调服务返回了非 200 状态码 (status other than 200)',
  200672: '目标回调服务返回的数据格式错误 (malformed answer)',
  200673: '目标回调服务返回的卡片错误 (malformed card)',
  200830: '不支持将 2.0 卡片更新为 1.0 (2.0 to 1.0)',
  300000: '卡片已失效 (the card can no longer be used)',
} as const
type ClickError = keyof typeof clickErrors

/** One person touches one control of a card. Answers what he then sees. */
export async function click(feishu: Feishu, messageId: string, by: Click): Promise<ClickView> {
  const message = feishu.messages.get(messageId)
  if (!message || message.kind !== 'interactive') throw new Unable(404, `there is no card ${messageId}`)
  requireInReach(feishu, message, by)
  const content = by.version === undefined ? message.versions.at(-1) : message.versions[by.version]
  const card = jsonOf(content ?? '')
  const control = controlsOf(card).find((each) => each.name === by.action)
  if (!control) throw new Unable(404, `the card has no control ${by.action}`)
  if (control.element['disabled'] === true) throw new Unable(409, `${by.action} is disabled`)
  if (by.forwarded && !allowsForwarded(card)) throw new Unable(409, 'a forwarded copy of this card is inert')

  const checks = new Checks()
  const action = actionOf(control, by.form ?? {})
  if (
    !checks.note('the client accepts the form', !('fault' in action), 'fault' in action ? { detail: action.fault } : {})
  ) {
    return seen(feishu, by, checks, { toast: { type: 'error', content: 'fault' in action ? action.fault : '' } })
  }
  const link = linkOf(control)
  if (link) return seen(feishu, by, checks, { openUrl: link })
  if (!checks.note('the card is younger than 14 days', feishu.clock.now() - message.sentAt <= CLICKABLE_MS)) {
    return seen(feishu, by, checks, failed(300000))
  }
  return seen(
    feishu,
    by,
    checks,
    await callBack(feishu, message, by.person, 'action' in action ? action.action : {}, checks),
  )
}

function requireInReach(feishu: Feishu, message: Message, by: Click): void {
  if (!feishu.people.has(by.person)) throw new Unable(404, `there is no person ${by.person}`)
  if (feishu.left.has(by.person)) throw new Unable(403, `${by.person} has left the company`)
  if (!by.forwarded && !canSee(feishu, by.person, message)) throw new Unable(403, `${by.person} does not see this card`)
}

function allowsForwarded(card: unknown): boolean {
  return isFields(card) && isFields(card['config']) && card['config']['enable_forward_interaction'] === true
}

/** What the client reports of a touched control, or why the client does not let it through. */
function actionOf(control: Control, given: Fields): { action: Fields } | { fault: string } {
  const { element, tag, form } = control
  const base: Fields = { tag, timezone: 'Asia/Shanghai', ...(textOf(element['name']) && { name: element['name'] }) }
  const value = callbackValue(element)
  if (value !== undefined) base['value'] = value
  if (tag === 'button') {
    if (!form) return { action: base }
    const filled = fill(form, given)
    return 'fault' in filled ? filled : { action: { ...base, form_value: filled.values } }
  }
  const touched = given[control.name]
  const fault = faultOfValue(element, tag, touched)
  if (fault) return { fault }
  if (tag === 'input') return { action: { ...base, input_value: touched ?? '' } }
  if (tag === 'checker') return { action: { ...base, checked: touched === true } }
  return { action: { ...base, ...(Array.isArray(touched) ? { options: touched } : { option: touched ?? '' }) } }
}

function behaviors(element: Fields): Fields[] {
  return Array.isArray(element['behaviors']) ? element['behaviors'].filter(isFields) : []
}

function callbackValue(element: Fields): unknown {
  return behaviors(element).find((each) => each['type'] === 'callback')?.['value']
}

function linkOf({ element }: Control): string | undefined {
  const open = behaviors(element).find((each) => each['type'] === 'open_url')
  return open && callbackValue(element) === undefined
    ? textOf(open['default_url']) || textOf(open['pc_url'])
    : undefined
}

async function callBack(
  feishu: Feishu,
  message: Message,
  personKey: string,
  action: Fields,
  checks: Checks,
): Promise<ClickView> {
  const app = appOf(feishu, message.appId) ?? mainApp(feishu)
  const token = `c-${randomUUID().replaceAll('-', '')}`
  const expiresAt = feishu.clock.now() + TOKEN_LIFE_MS
  const clickToken = { messageId: message.messageId, answered: false, expiresAt, usesLeft: TOKEN_USES }
  feishu.clickTokens.set(token, clickToken)
  const event = envelope(feishu, app, 'card.action.trigger', {
    operator: { tenant_key: feishu.tenantKey, ...idsOf(feishu, app, personKey) },
    token,
    action,
    host: 'im_message',
    context: { open_message_id: message.messageId, open_chat_id: message.chatId },
  })
  const attempt = await deliverClick(feishu, app, event)
  clickToken.answered = true
  const view = takeAnswer(feishu, message, attempt, checks)
  return view.code === undefined ? view : { ...view, isUnanswered: true }
}

/** Reads what the product answered to a click, as strictly as the platform does. */
function takeAnswer(feishu: Feishu, message: Message, attempt: Attempt, checks: Checks): ClickView {
  const unanswered = { late: 200341, unconfigured: 200340, no_such_host: 200343, no_connection: 200342 } as const
  if (!checks.note('the callback was answered in time', attempt.kind === 'answered')) {
    return failed(attempt.kind === 'answered' ? 300000 : unanswered[attempt.kind])
  }
  if (attempt.kind !== 'answered') return failed(300000)
  if (!checks.note('the answer has status 200', attempt.status === 200)) return failed(200671)
  const answer = attempt.value
  if (!checks.note('the answer is a JSON object', isFields(answer)) || !isFields(answer)) return failed(200672)
  const toast = answer['toast']
  if (!checks.note('the toast is well-formed', toast === undefined || isToast(toast))) return failed(200672)

  const view: ClickView = isFields(toast)
    ? { toast: { type: textOf(toast['type']) || 'info', content: textOf(toast['content']) } }
    : {}
  if (answer['card'] === undefined) return view
  const card = isFields(answer['card']) && answer['card']['type'] === 'raw' ? answer['card']['data'] : undefined
  if (!checks.note('a card of schema 2.0 stays one', card === undefined || !isOldSchema(card))) return failed(200830)
  const fault = checkCard(card)
  if (!checks.note('the card is well-formed', !fault, fault ? { detail: fault } : {})) return failed(200673)
  replace(feishu, message, JSON.stringify(card))
  return { ...view, card }
}

function isToast(toast: unknown): boolean {
  if (!isFields(toast) || typeof toast['content'] !== 'string') return false
  return toast['type'] === undefined || TOAST_TYPES.includes(String(toast['type']))
}

function failed(code: ClickError): ClickView {
  return { code, toast: { type: 'error', content: `${clickErrors[code]}, code: ${code}` } }
}

function seen(feishu: Feishu, by: Click, checks: Checks, view: ClickView): ClickView {
  feishu.log.add({
    at: new Date(feishu.clock.now()).toISOString(),
    way: 'client',
    by: 'http',
    title: `click ${by.action} · ${by.person}`,
    status: 200,
    ...(view.code !== undefined && { code: view.code }),
    tookMs: 0,
    checks: checks.list,
    request: by,
    answer: view,
  })
  return view
}
