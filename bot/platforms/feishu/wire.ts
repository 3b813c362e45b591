import { z } from 'zod'
import type { Inbound } from '../platform.ts'

const ids = z.object({
  open_id: z.string().optional(),
  union_id: z.string().optional(),
  user_id: z.string().optional(),
})

const Envelope = z.object({
  schema: z.literal('2.0'),
  header: z.object({
    event_id: z.string().min(1),
    event_type: z.string().min(1),
    create_time: z.string().default('0'),
    token: z.string().optional(),
    app_id: z.string().optional(),
    tenant_key: z.string().optional(),
  }),
  event: z.unknown(),
})
export type Envelope = z.output<typeof Envelope>
export const parseEnvelope = (body: unknown): Envelope | undefined => Envelope.safeParse(body).data

const MessageEvent = z.object({
  sender: z.object({ sender_id: ids, sender_type: z.string() }),
  message: z.object({
    message_id: z.string(),
    chat_id: z.string(),
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    create_time: z.string(),
    mentions: z.array(z.object({ key: z.string() })).optional(),
  }),
})

const ClickEvent = z.object({
  operator: z.object({ open_id: z.string(), tenant_key: z.string().optional() }),
  action: z.object({
    value: z.object({ token: z.string().max(200) }),
    form_value: z.record(z.string(), z.unknown()).optional(),
  }),
  context: z.object({ open_message_id: z.string(), open_chat_id: z.string().default('') }),
})

const UserEvent = z.object({
  object: z.object({
    open_id: z.string(),
    union_id: z.string().optional(),
    name: z.string().default(''),
    en_name: z.string().optional(),
    job_title: z.string().optional(),
    mobile: z.string().optional(),
    email: z.string().optional(),
    employee_no: z.string().optional(),
    department_ids: z.array(z.string()).optional(),
  }),
})
export type FeishuUser = z.output<typeof UserEvent>['object']

const TextContent = z.object({ text: z.string() })

/** One of Feishu's events as what it means to us. Bots' own messages and kinds we do not know are `unknown`. */
export function inboundOf({ header, event }: Envelope, app: { appId: string; tenant: string }): Inbound {
  const unknown: Inbound = { kind: 'unknown', eventKey: header.event_id, type: header.event_type }
  switch (header.event_type) {
    case 'im.message.receive_v1':
      return messageOf(event) ?? unknown
    case 'card.action.trigger':
      return pressOf(event, header.event_id) ?? unknown
    case 'contact.user.created_v3':
    case 'contact.user.updated_v3': {
      const parsed = UserEvent.safeParse(event).data
      return parsed ? { kind: 'person', eventKey: header.event_id, person: personOf(parsed.object, app) } : unknown
    }
    case 'contact.user.deleted_v3': {
      const parsed = UserEvent.safeParse(event).data
      return parsed
        ? { kind: 'left', eventKey: header.event_id, stableId: parsed.object.union_id ?? parsed.object.open_id }
        : unknown
    }
    case 'contact.department.created_v3':
    case 'contact.department.updated_v3':
    case 'contact.department.deleted_v3':
    case 'contact.scope.updated_v3':
      return { kind: 'directory', eventKey: header.event_id }
    default:
      return unknown
  }
}

/** Messages are told apart by their own id: Feishu may deliver one under several event ids. */
function messageOf(event: unknown): Inbound | undefined {
  const parsed = MessageEvent.safeParse(event).data
  const openId = parsed?.sender.sender_id.open_id
  if (!parsed || parsed.sender.sender_type !== 'user' || !openId) return undefined
  const { message } = parsed
  return {
    kind: 'message',
    eventKey: message.message_id,
    openId,
    chat: message.chat_id,
    isGroup: message.chat_type === 'group',
    messageId: message.message_id,
    text: textOf(message.content, message.mentions ?? []),
    at: new Date(Number(message.create_time)),
  }
}

function textOf(content: string, mentions: { key: string }[]): string {
  const text = TextContent.safeParse(jsonOrNull(content)).data?.text ?? ''
  return mentions.reduce((rest, mention) => rest.replaceAll(mention.key, ''), text).trim()
}

function pressOf(event: unknown, eventKey: string): Inbound | undefined {
  const parsed = ClickEvent.safeParse(event).data
  if (!parsed) return undefined
  const form = Object.entries(parsed.action.form_value ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return {
    kind: 'press',
    eventKey,
    openId: parsed.operator.open_id,
    chat: parsed.context.open_chat_id,
    messageId: parsed.context.open_message_id,
    token: parsed.action.value.token,
    form: Object.fromEntries(form),
  }
}

export const personOf = (user: FeishuUser, app: { appId: string; tenant: string }) => ({
  platform: 'feishu' as const,
  tenant: app.tenant,
  stableId: user.union_id ?? user.open_id,
  appId: app.appId,
  openId: user.open_id,
  name: user.name,
  enName: user.en_name || undefined,
  title: user.job_title || undefined,
  mobile: user.mobile || undefined,
  email: user.email || undefined,
  employeeNo: user.employee_no || undefined,
  departmentExternalId: user.department_ids?.[0] ? `feishu:${user.department_ids[0]}` : undefined,
})

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
