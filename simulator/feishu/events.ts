import { feishuIds } from '../people.ts'
import type { Department, Person } from '../people.ts'
import type { Fields } from '../request-body.ts'
import { shown } from './chats.ts'
import { departmentObject, userObject } from './contacts.ts'
import { envelope, deliverEvent } from './delivery.ts'
import { botOpenId } from './messages.ts'
import type { Chat, Feishu, FeishuApp, Message } from './state.ts'
import { jsonOf, isFields, textOf } from '../request-body.ts'

/** Tells the app what somebody wrote to its bot. */
export function tellOfMessage(
  feishu: Feishu,
  app: FeishuApp,
  chat: Chat,
  message: Message,
  personKey: string,
): Promise<void> {
  const { text, mentions } = withMentions(feishu, app, textIn(message))
  const event = envelope(feishu, app, 'im.message.receive_v1', {
    sender: { sender_id: idsOf(feishu, app, personKey), sender_type: 'user', tenant_key: feishu.tenantKey },
    message: {
      message_id: message.messageId,
      create_time: String(message.sentAt),
      update_time: String(message.sentAt),
      chat_id: chat.chatId,
      chat_type: chat.isGroup ? 'group' : 'p2p',
      message_type: 'text',
      content: JSON.stringify({ text }),
      ...(mentions.length > 0 && { mentions }),
    },
  })
  return deliverEvent(feishu, app, event)
}

function textIn(message: Message): string {
  const content = jsonOf(shown(message))
  return isFields(content) ? textOf(content['text']) : ''
}

/** In an event, «@name» of the bot becomes a key, and the list of mentions says who is meant. */
function withMentions(feishu: Feishu, app: FeishuApp, text: string): { text: string; mentions: Fields[] } {
  const name = `@${app.botName}`
  if (!text.includes(name)) return { text, mentions: [] }
  const mention = {
    key: '@_user_1',
    id: { open_id: botOpenId(app.appId), union_id: '', user_id: '' },
    name: app.botName,
    tenant_key: feishu.tenantKey,
    mentioned_type: 'bot',
  }
  return { text: text.replaceAll(name, '@_user_1'), mentions: [mention] }
}

export function idsOf(feishu: Feishu, app: FeishuApp, personKey: string): Fields {
  const ids = feishuIds(personKey, feishu.tenantKey, app.appId)
  return { open_id: ids.openId, union_id: ids.unionId, user_id: ids.userId }
}

/** Tells every app of a change among the people. `before` holds what was different. */
export function tellOfPerson(
  feishu: Feishu,
  happened: 'created' | 'updated' | 'deleted',
  person: Person,
  before: (app: FeishuApp) => Fields,
): void {
  tellAll(feishu, `contact.user.${happened}_v3`, (app) => {
    const earlier = before(app)
    return {
      object: userObject(feishu, app.appId, person),
      ...(Object.keys(earlier).length > 0 && { old_object: earlier }),
    }
  })
}

export function tellOfDepartment(
  feishu: Feishu,
  happened: 'created' | 'updated' | 'deleted',
  department: Department,
): void {
  tellAll(feishu, `contact.department.${happened}_v3`, (app) => ({
    object: departmentObject(feishu, app.appId, department),
  }))
}

function tellAll(feishu: Feishu, type: string, event: (app: FeishuApp) => Fields): void {
  for (const app of feishu.apps) void deliverEvent(feishu, app, envelope(feishu, app, type, event(app)))
}
