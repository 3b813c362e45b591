import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'
import { faultOfCard } from './card-check.ts'
import { appChat, post, replaceFor } from './chats.ts'
import { cut } from './messages.ts'
import { personBy, shownCard } from './state.ts'
import type { Message, Wecom, WecomApp } from './state.ts'
import { redrawnAs, withButtonsReplaced } from './updates.ts'

const TEXT_BYTES_MAX = 2048

/** Fields whose names are not simply the XML name in small letters with underscores. */
const NAMES: Record<string, string> = {
  KeyName: 'keyname',
  UserId: 'userid',
  AppId: 'appid',
  PagePath: 'pagepath',
  CheckBox: 'checkbox',
}
const LISTS = [
  'HorizontalContentList',
  'VerticalContentList',
  'JumpList',
  'ButtonList',
  'SelectList',
  'ActionList',
  'OptionList',
]
const NUMBERS = ['Type', 'Style', 'DescColor', 'Mode', 'Disable']

/** A passive reply to a message: a text in the person's chat. Says what is wrong with it, or nothing. */
export function shownTo(wecom: Wecom, app: WecomApp, personKey: string, reply: Fields): string | undefined {
  const fault = faultOfEnds(wecom, personKey, reply)
  if (fault) return fault
  if (reply['MsgType'] !== 'text') return `MsgType ${textOf(reply['MsgType'])} is no reply to a message`
  const content = cut(textOf(reply['Content']), TEXT_BYTES_MAX)
  post(wecom, appChat(wecom, app, personKey), { kind: 'text', content, from: { kind: 'bot' }, agentId: app.agentId })
  return undefined
}

/** A passive reply to a click redraws the card, for the one who clicked. Says what is wrong with it, or nothing. */
export function redrawnBy(wecom: Wecom, message: Message, personKey: string, reply: Fields): string | undefined {
  const fault = faultOfEnds(wecom, personKey, reply)
  if (fault) return fault
  const shown = shownCard(message.copies.get(personKey))
  if (reply['MsgType'] === 'update_button') {
    const words = isFields(reply['Button']) ? textOf(reply['Button']['ReplaceName']) : ''
    if (!words) return 'Button.ReplaceName is empty'
    replaceFor(wecom, message, personKey, JSON.stringify(withButtonsReplaced(shown, words)))
    return undefined
  }
  if (reply['MsgType'] !== 'update_template_card') return `MsgType ${textOf(reply['MsgType'])} is no reply to a click`
  const card = cardIn(reply['TemplateCard'])
  const wrong = faultOfCard(card)
  if (wrong) return wrong
  replaceFor(wecom, message, personKey, JSON.stringify(redrawnAs(card, message)))
  return undefined
}

/** In a reply the two ends change places: it goes to the member, from the company. */
function faultOfEnds(wecom: Wecom, personKey: string, reply: Fields): string | undefined {
  if (personBy(wecom, textOf(reply['ToUserName']))?.key !== personKey) return 'ToUserName is not the member'
  return reply['FromUserName'] === wecom.corpId ? undefined : 'FromUserName is not the corp id'
}

function cardIn(card: unknown): Fields {
  return isFields(card)
    ? Object.fromEntries(Object.entries(card).map(([name, value]) => [nameOf(name), valueOf(name, value)]))
    : {}
}

function nameOf(name: string): string {
  return NAMES[name] ?? name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase()
}

function valueOf(name: string, value: unknown): unknown {
  if (LISTS.includes(name)) return [value].flat().map(cardIn)
  if (isFields(value)) return cardIn(value)
  return NUMBERS.includes(name) ? Number(value) : value
}
