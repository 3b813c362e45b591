import type { ClickView } from '../answers.ts'
import { Checks } from '../log.ts'
import { Unable } from '../platform.ts'
import type { Click } from '../platform.ts'
import { isFields, jsonOf, textOf } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import { clickBot } from './bot-events.ts'
import { faultOfSelected, selectedItems } from './card-choices.ts'
import { deliver, isTaken } from './delivery.ts'
import { eventFrom } from './events.ts'
import { redrawnBy } from './passive-reply.ts'
import { appOf, shownCard, userIdOf } from './state.ts'
import type { Message, Wecom } from './state.ts'
import { issueResponseCode } from './updates.ts'

const UNANSWERED = '应用没有响应，请稍后重试 (the app did not answer within 5 s)'

type Control = { key: string; url: string | undefined; isMenu: boolean }

/** One person touches one control of a card. Answers what he then sees. */
export async function click(wecom: Wecom, messageId: string, by: Click): Promise<ClickView> {
  const messages = wecom.messages.get(messageId)
  if (!messages) throw new Unable(404, `there is no card ${messageId}`)
  if (!wecom.people.has(by.person)) throw new Unable(404, `there is no person ${by.person}`)
  if (wecom.left.has(by.person)) throw new Unable(403, `${by.person} has left the company`)
  if (by.forwarded) throw new Unable(409, 'a template card cannot be forwarded')
  const message = messages.find((each) => each.copies.has(by.person))
  if (!message) throw new Unable(403, `${by.person} does not see this card`)
  if (message.isRecalled) throw new Unable(409, 'the card was recalled')

  const card = cardBefore(message, by)
  const control = controlsOf(card).find((each) => isNamed(each, by.action))
  if (!control) throw new Unable(404, `the card has no control ${by.action}`)
  const checks = new Checks()
  if (control.url) return seen(wecom, by, checks, { openUrl: control.url })
  const fault = faultOfSelected(card, by.form ?? {})
  if (!checks.note('the client accepts the choice', !fault, fault ? { detail: fault } : {})) {
    return seen(wecom, by, checks, { toast: { type: 'error', content: fault ?? '' } })
  }
  return seen(wecom, by, checks, await callBack(wecom, message, by, card, control, checks))
}

/** The card as this person has it before him, which may be an earlier version. */
function cardBefore(message: Message, by: Click): Fields {
  const copy = message.copies.get(by.person)
  if (by.version === undefined) return shownCard(copy)
  const card = jsonOf(copy?.versions[by.version] ?? '')
  return isFields(card) ? card : {}
}

/** What can be touched on a card. Words in the place of the buttons leave only the links. */
function controlsOf(card: Fields): Control[] {
  const isInert = textOf(card['replace_text']) !== ''
  const buttons = list(card['button_list']).filter((button) => !isInert || button['type'] === 1)
  const submit = isFields(card['submit_button']) && !isInert ? [card['submit_button']] : []
  const menu = isFields(card['action_menu']) ? list(card['action_menu']['action_list']) : []
  const links = [...list(card['jump_list']), ...list(card['horizontal_content_list'])].filter(
    (each) => each['type'] === 1,
  )
  const action = isFields(card['card_action']) && card['card_action']['type'] === 1 ? [card['card_action']] : []
  return [
    ...[...buttons, ...submit].map((each) => ({ ...namesOf(each), isMenu: false })),
    ...menu.map((each) => ({ ...namesOf(each), isMenu: true })),
    ...links.map((each) => ({
      key: textOf(each['title']) || textOf(each['keyname']),
      url: textOf(each['url']),
      isMenu: false,
    })),
    ...action.map((each) => ({ key: 'card_action', url: textOf(each['url']), isMenu: false })),
    ...(textOf(card['url']) ? [{ key: 'card_action', url: textOf(card['url']), isMenu: false }] : []),
  ]
}

function namesOf(button: Fields): { key: string; words: string; url: string | undefined } {
  const url = button['type'] === 1 ? textOf(button['url']) : undefined
  return { key: textOf(button['key']), words: textOf(button['text']), url }
}

/** A control is named by its key, by what stands before the colon of its key, or by its words. */
function isNamed(control: Control & { words?: string }, name: string): boolean {
  return control.key === name || control.key.split(':')[0] === name || control.words === name
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}

async function callBack(
  wecom: Wecom,
  message: Message,
  by: Click,
  card: Fields,
  control: Control,
  checks: Checks,
): Promise<ClickView> {
  const before = message.copies.get(by.person)?.versions.length
  const app = appOf(wecom, message.agentId)
  const choices = selectedItems(card, by.form ?? {})
  const isAnswered = app
    ? await clickApp(wecom, message, by, control, choices, checks)
    : await clickBot(
        wecom,
        message,
        by.person,
        { card_type: textOf(card['card_type']), event_key: control.key },
        choices,
      )
  if (!checks.note('the app answered in time', isAnswered)) {
    return { isUnanswered: true, toast: { type: 'error', content: UNANSWERED } }
  }
  const copy = message.copies.get(by.person)
  return copy && copy.versions.length !== before ? { card: shownCard(copy) } : {}
}

async function clickApp(
  wecom: Wecom,
  message: Message,
  by: Click,
  control: Control,
  choices: { question: string; options: string[] }[],
  checks: Checks,
): Promise<boolean> {
  const app = appOf(wecom, message.agentId)
  if (!app) return false
  const event = eventFrom(wecom, userIdOf(wecom, by.person), {
    MsgType: 'event',
    Event: control.isMenu ? 'template_card_menu_event' : 'template_card_event',
    EventKey: control.key,
    TaskId: message.taskId ?? '',
    CardType: textOf(shownCard(message.copies.get(by.person))['card_type']),
    ResponseCode: issueResponseCode(wecom, app.agentId, wecom.messages.get(message.messageId) ?? [message]),
    AgentID: app.agentId,
    ...(choices.length > 0 && {
      SelectedItems: {
        SelectedItem: choices.map(({ question, options }) => ({
          QuestionKey: question,
          OptionIds: { OptionId: options },
        })),
      },
    }),
  })
  const outcome = await deliver(wecom, app, event, (reply) => {
    const fault = redrawnBy(wecom, message, by.person, reply)
    checks.note('the passive reply redraws the card', !fault, fault ? { detail: fault } : {})
  })
  return isTaken(outcome)
}

function seen(wecom: Wecom, by: Click, checks: Checks, view: ClickView): ClickView {
  wecom.log.add({
    at: new Date(wecom.clock.now()).toISOString(),
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
