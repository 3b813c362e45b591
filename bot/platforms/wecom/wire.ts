import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Inbound, Press } from '../platform.ts'

const keyLengthMax = 200

/** Every value of WeCom's XML is text; what comes with a card click or a changed contact is not in a message, and the other way round. */
const Event = z.object({
  FromUserName: z.string().min(1).max(64),
  CreateTime: z.string().regex(/^\d{1,13}$/),
  MsgType: z.string(),
  MsgId: z.string().regex(/^\d+$/).optional(),
  Content: z.string().optional(),
  Event: z.string().optional(),
  EventKey: z.string().max(1024).optional(),
  TaskId: z.string().max(128).optional(),
  ResponseCode: z.string().max(1024).optional(),
  ChangeType: z.string().optional(),
  UserID: z.string().max(64).optional(),
  Id: z.string().max(64).optional(),
  NewUserID: z.string().max(64).optional(),
})
type WecomEvent = z.output<typeof Event>
export const parseEvent = (xml: unknown): WecomEvent | undefined => Event.safeParse(xml).data

/** Somebody whose entry has changed: WeCom tells who, and no more. `formerId` when an administrator gave him another account. */
export type ChangedPerson = { kind: 'changed-person'; eventKey: string; userId: string; formerId: string | undefined }

/** WeCom takes accounts in whatever case; we know one spelling. */
export const accountOf = (userId: string): string => userId.toLowerCase()

/** One of WeCom's events as what it means to us. Kinds we do not know are `unknown`. */
export function inboundOf(event: WecomEvent): Inbound | ChangedPerson {
  const unknown: Inbound = { kind: 'unknown', eventKey: keyOf(event), type: event.Event ?? event.MsgType }
  if (event.MsgType !== 'event') return messageOf(event) ?? unknown
  switch (event.Event) {
    case 'template_card_event':
      return pressOf(event) ?? unknown
    case 'change_contact':
      return contactOf(event) ?? unknown
    default:
      return unknown
  }
}

/** Events have no id of their own, and two of one second are told apart by what they are about. */
function keyOf(event: WecomEvent): string {
  const { FromUserName, CreateTime, Event: name, EventKey, TaskId, ChangeType, UserID, Id } = event
  const told = [FromUserName, CreateTime, name, EventKey, TaskId, ChangeType, UserID, Id].join('\n')
  return createHash('sha256').update(told).digest('hex').slice(0, 40)
}

/** A picture or a voice is a message without words. */
function messageOf({ MsgId, FromUserName, CreateTime, Content }: WecomEvent): Inbound | undefined {
  if (!MsgId) return undefined
  const openId = accountOf(FromUserName)
  return {
    kind: 'message',
    eventKey: MsgId,
    openId,
    chat: openId,
    isGroup: false,
    messageId: placeOf({ by: 'app', chat: openId, messageId: MsgId }),
    text: Content?.trim() ?? '',
    at: new Date(Number(CreateTime) * 1000),
  }
}

/** What a button is known by on WeCom's wire: its name, for people who read logs and for tests, and the token, which alone decides. */
export const buttonKey = ({ name, token }: { name: string; token: string }): string => `${name}:${token}`
const tokenIn = (key: string): string => key.slice(key.lastIndexOf(':') + 1)

function pressOf(event: WecomEvent): Inbound | undefined {
  const { FromUserName, CreateTime, EventKey: key, TaskId: messageId, ResponseCode: responseCode } = event
  if (!key || key.length > keyLengthMax || !messageId) return undefined
  const openId = accountOf(FromUserName)
  return {
    kind: 'press',
    eventKey: keyOf(event),
    openId,
    chat: openId,
    messageId,
    token: tokenIn(key),
    form: {},
    handle: { messageId, userId: openId, ...(responseCode ? codeHandle(responseCode, Number(CreateTime) * 1000) : {}) },
  }
}

/** The code with which a card can be redrawn once, and since when it holds. */
export const codeHandle = (responseCode: string, issuedAtMs: number) => ({ responseCode, issuedAt: String(issuedAtMs) })

function contactOf(event: WecomEvent): Inbound | ChangedPerson | undefined {
  const { ChangeType: change, UserID: userId, NewUserID: newId } = event
  const eventKey = keyOf(event)
  if (change === 'delete_user' && userId) return { kind: 'left', eventKey, stableId: accountOf(userId) }
  if ((change === 'create_user' || change === 'update_user') && userId)
    return { kind: 'changed-person', eventKey, userId: newId || userId, formerId: newId ? userId : undefined }
  return change?.endsWith('_party') ? { kind: 'directory', eventKey } : undefined
}

/** Where an answer to a message goes: WeCom answers people and chats, never a message. The app writes to a person, the AI bot also into groups. */
export type Place = { by: 'app' | 'bot'; chat: string; messageId: string }
/** How the places begin that only the AI bot can write to. */
export const botPlaces = 'bot:'
const placeOf = ({ by, chat, messageId }: Place): string => [by, chat, messageId].join(':')

export function placeIn(messageId: string): Place {
  const [by, chat = '', id = ''] = messageId.split(':')
  return { by: by === 'bot' ? 'bot' : 'app', chat, messageId: id }
}

const from = z.object({ userid: z.string().min(1).max(64) })
const BotMessage = z.object({
  msgid: z.string().min(1),
  chatid: z.string().optional(),
  chattype: z.string(),
  from,
  create_time: z.number().optional(),
  text: z.object({ content: z.string() }).optional(),
})
const Clicked = z.object({ event_key: z.string().max(keyLengthMax), task_id: z.string().max(128) })
const BotClick = z.object({
  msgid: z.string().min(1),
  chatid: z.string().optional(),
  from,
  // Where the two stand is said in two ways, beside the type and below it.
  event: z.union([z.object({ template_card_event: Clicked }).transform((event) => event.template_card_event), Clicked]),
})

/** A message to the AI bot: in a group it begins with whom it is for. */
export function botMessageOf(body: unknown, now: Date): Inbound | undefined {
  const parsed = BotMessage.safeParse(body).data
  if (!parsed) return undefined
  const openId = accountOf(parsed.from.userid)
  const chat = parsed.chatid ?? openId
  const isGroup = parsed.chattype === 'group'
  const text = parsed.text?.content.trim() ?? ''
  return {
    kind: 'message',
    eventKey: `bot:${parsed.msgid}`,
    openId,
    chat,
    isGroup,
    messageId: placeOf({ by: 'bot', chat, messageId: parsed.msgid }),
    text: isGroup ? text.replace(/^@\S+\s*/, '') : text,
    at: parsed.create_time ? new Date(parsed.create_time * 1000) : now,
  }
}

export function botPressOf(body: unknown): Press | undefined {
  const parsed = BotClick.safeParse(body).data
  if (!parsed) return undefined
  const openId = accountOf(parsed.from.userid)
  return {
    kind: 'press',
    eventKey: `bot:${parsed.msgid}`,
    openId,
    chat: parsed.chatid ?? openId,
    messageId: parsed.event.task_id,
    token: tokenIn(parsed.event.event_key),
    form: {},
  }
}
