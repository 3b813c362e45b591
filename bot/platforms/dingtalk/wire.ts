import { z } from 'zod'
import type { Inbound } from '../platform.ts'
import { messageIdOf } from './chats.ts'

export const topics = { message: '/v1.0/im/bot/messages/get', press: '/v1.0/card/instances/callback' } as const

/** One frame that came down the stream. */
const Frame = z.object({
  type: z.string(),
  headers: z.object({
    topic: z.string(),
    messageId: z.string().min(1),
    eventType: z.string().optional(),
    eventId: z.string().optional(),
    eventCorpId: z.string().optional(),
  }),
  data: z.string(),
})
type Frame = z.output<typeof Frame>

const RobotMessage = z.object({
  msgId: z.string().min(1),
  conversationId: z.string().min(1),
  conversationType: z.string(),
  senderStaffId: z.string().min(1),
  senderCorpId: z.string(),
  chatbotCorpId: z.string(),
  robotCode: z.string(),
  createAt: z.coerce.number(),
  text: z.object({ content: z.string() }).optional(),
  /** Of a spoken message: what was heard. */
  content: z.object({ recognition: z.string().optional() }).optional(),
})
const Click = z.object({
  type: z.literal('actionCallback'),
  outTrackId: z.string().min(1),
  corpId: z.string(),
  userId: z.string().min(1),
  spaceId: z.string().default(''),
  /** JSON, each; the second is what it was called before. */
  content: z.string().optional(),
  value: z.string().optional(),
})
const Params = z.record(z.string(), z.unknown())
/** DingTalk's own samples put the parameters in either place. */
const ClickContent = z.object({
  cardPrivateData: z.object({ params: Params.optional() }).optional(),
  params: Params.optional(),
})
const Token = z.string().min(1).max(200)
const Form = z.record(z.string(), z.unknown())
const People = z.object({ userId: z.array(z.string().min(1)) })

/** What a frame says: something to take in, or whose entry in the directory has changed, which must be read to know it. */
export type Said = Inbound | { kind: 'changed'; eventKey: string; userId: string }

/** Of more people at once the whole directory is read instead. */
const peopleMax = 20
/** What was written longer ago, and comes now after an outage, is not answered any more. */
const messageAgeMsMax = 8 * 3_600_000

/** What a frame means to us. Frames of another company or app, what is broken, and kinds we do not know are `unknown`. */
export function saidBy(frame: unknown, app: { clientId: string; corpId: string }, nowMs: number): Said[] {
  const parsed = Frame.safeParse(frame).data
  if (!parsed) return [{ kind: 'unknown', eventKey: '', type: 'broken' }]
  const { headers } = parsed
  const unknown: Inbound = { kind: 'unknown', eventKey: headers.messageId, type: headers.eventType ?? headers.topic }
  const data = jsonOrNull(parsed.data)
  if (parsed.type === 'EVENT') return eventOf(parsed, data, app.corpId) ?? [unknown]
  if (headers.topic === topics.message) return [messageOf(data, app, nowMs) ?? unknown]
  if (headers.topic === topics.press) return [pressOf(data, headers.messageId, app.corpId) ?? unknown]
  return [unknown]
}

function messageOf(data: unknown, app: { clientId: string; corpId: string }, nowMs: number): Inbound | undefined {
  const message = RobotMessage.safeParse(data).data
  if (!message || message.chatbotCorpId !== app.corpId || message.senderCorpId !== app.corpId) return undefined
  if (message.robotCode !== app.clientId || nowMs - message.createAt > messageAgeMsMax) return undefined
  const isGroup = message.conversationType === '2'
  const chat = isGroup
    ? ({ kind: 'group', id: message.conversationId } as const)
    : ({ kind: 'person', id: message.senderStaffId } as const)
  return {
    kind: 'message',
    eventKey: message.msgId,
    openId: message.senderStaffId,
    chat: message.conversationId,
    isGroup,
    messageId: messageIdOf(message.msgId, chat),
    text: (message.text?.content ?? message.content?.recognition ?? '').trim(),
    at: new Date(message.createAt),
  }
}

/** A press is told apart by its frame: one that was not acknowledged in time comes again under the same id. */
function pressOf(data: unknown, messageId: string, corpId: string): Inbound | undefined {
  const click = Click.safeParse(data).data
  if (!click || click.corpId !== corpId) return undefined
  const content = ClickContent.safeParse(jsonOrNull(click.content ?? click.value ?? '')).data
  const params = content?.cardPrivateData?.params ?? content?.params
  const token = Token.safeParse(params?.['token']).data
  if (!token) return undefined
  const form = Object.entries(Form.safeParse(params?.['form']).data ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return {
    kind: 'press',
    eventKey: messageId,
    openId: click.userId,
    chat: click.spaceId,
    messageId: click.outTrackId,
    token,
    form: Object.fromEntries(form),
  }
}

function eventOf({ headers }: Frame, data: unknown, corpId: string): Said[] | undefined {
  if (headers.eventCorpId !== corpId) return undefined
  const eventKey = headers.eventId ?? headers.messageId
  switch (headers.eventType) {
    case 'user_add_org':
    case 'user_modify_org':
    case 'user_active_org':
      return peopleIn(data, eventKey, (userId, key) => ({ kind: 'changed', eventKey: key, userId }))
    case 'user_leave_org':
      return peopleIn(data, eventKey, (userId, key) => ({ kind: 'left', eventKey: key, stableId: userId }))
    case 'org_dept_create':
    case 'org_dept_modify':
    case 'org_dept_remove':
      return [{ kind: 'directory', eventKey }]
    default:
      return undefined
  }
}

function peopleIn(data: unknown, eventKey: string, said: (userId: string, key: string) => Said): Said[] | undefined {
  const ids = People.safeParse(data).data?.userId
  if (!ids) return undefined
  const each = ids.map((userId) => said(userId, `${eventKey}:${userId}`))
  const tooMany = each.length > peopleMax && each[0]?.kind === 'changed'
  return tooMany ? [{ kind: 'directory', eventKey }] : each
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
