import { randomUUID } from 'node:crypto'

import type { Fields } from '../request-body.ts'
import { eventFrame, tellBot } from './bot-connection.ts'
import type { Choice } from './card-choices.ts'
import { userIdOf } from './state.ts'
import type { Chat, Message, Wecom } from './state.ts'

const CLICK_MS = 5000

/** Tells the AI bot what somebody wrote to it, or in a group where it was mentioned. */
export function tellBotOfMessage(wecom: Wecom, chat: Chat, message: Message, personKey: string): void {
  const frame = {
    cmd: 'aibot_msg_callback',
    headers: { req_id: randomUUID() },
    body: {
      msgid: message.messageId,
      aibotid: wecom.bot?.botId ?? '',
      ...placeOf(wecom, chat, personKey),
      msgtype: 'text',
      text: { content: message.copies.get(personKey)?.versions.at(-1) ?? '' },
    },
  }
  tellBot(wecom, frame, { kind: 'message', chat, streams: new Map() }, 'aibot_msg_callback')
}

/** Tells the bot of a click, once. Answers whether it redrew the card within 5 s. */
export function clickBot(
  wecom: Wecom,
  message: Message,
  personKey: string,
  touched: { card_type: string; event_key: string },
  choices: Choice[],
): Promise<boolean> {
  const chat = wecom.chats.get(message.chatId)
  const event = {
    eventtype: 'template_card_event',
    template_card_event: { ...touched, task_id: message.taskId ?? '', ...selected(choices) },
  }
  const frame = eventFrame(wecom, event, chat ? placeOf(wecom, chat, personKey) : {})
  return new Promise((resolve) => {
    const callOff = wecom.clock.at(wecom.clock.now() + CLICK_MS, () => resolve(false))
    const answered = () => {
      callOff()
      resolve(true)
    }
    const isTold = tellBot(
      wecom,
      frame,
      { kind: 'click', message, at: wecom.clock.now(), answered },
      'template_card_event',
    )
    if (!isTold) {
      callOff()
      resolve(false)
    }
  })
}

function selected(choices: Choice[]): Fields {
  if (choices.length === 0) return {}
  const items = choices.map(({ question, options }) => ({ question_key: question, option_ids: { option_id: options } }))
  return { selected_items: { selected_item: items } }
}

function placeOf(wecom: Wecom, chat: Chat, personKey: string): Fields {
  const isGroup = chat.kind === 'group'
  return {
    ...(isGroup && { chatid: chat.chatId }),
    chattype: isGroup ? 'group' : 'single',
    from: { userid: userIdOf(wecom, personKey) },
  }
}
