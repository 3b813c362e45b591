import { WSAuthFailureError, WSClient, type WsFrame } from '@wecom/aibot-node-sdk'
import { log } from '#kernel/log'
import type { TokenCard } from '../../card.ts'
import type { Alone, HangUp } from '../alone.ts'
import { type Line, noted, type NotedLine } from '../line.ts'
import { asPlainText } from '../lookalikes.ts'
import { type Handle, PlatformRefusal, type Receive } from '../platform.ts'
import { underWay } from '../under-way.ts'
import { taskIdTaken } from './api.ts'
import { withinBytes } from './limits.ts'
import { renderCard } from './render.ts'
import type { WecomSettings } from './settings.ts'
import { botMessageOf, botPressOf } from './wire.ts'

/**
 * WeCom keeps one connection for each bot, and a newer one ends the older: of our processes one holds it. Where somebody else has taken it, or the
 * credentials are wrong, it is tried again after so long.
 */
const standAsideMs = 5 * 60_000

type Message = { card: TokenCard } | { text: string }

/** The AI bot, which WeCom lets into groups: it hears what it is asked and answers with texts and cards. */
export type AiBot = {
  /** Resolves when it is known whether the connection works, or is another process's; it is kept up from then on. */
  listen: (receive: Receive) => Promise<HangUp>
  /** Writes to a chat. Only the process that holds the connection can. */
  send: (chat: string, message: Message, taskId: string) => Promise<Handle>
  line: () => Line
}

export function aiBot(
  settings: WecomSettings,
  { id, secret, url }: NonNullable<WecomSettings['bot']>,
  alone: Alone,
): AiBot {
  const { appUrl } = settings
  const { line, is } = noted('elsewhere')
  const exchanges = underWay()
  let client: WSClient | undefined
  const connect = (receive: Receive): WSClient => {
    client = new WSClient({ botId: id, secret, wsUrl: url, maxReconnectAttempts: -1, logger: sdkLog })
    const connection = client
    connection.on('message', (frame) => void exchanges.begin(hear(frame, receive)))
    connection.on('event.template_card_event', (frame) => {
      void exchanges.begin(answerPress(connection, frame, receive, appUrl))
    })
    return connection
  }
  const begin = async (receive: Receive): Promise<HangUp> => {
    is('connecting')
    const hangUp = await stayConnected(() => connect(receive), is)
    return async () => {
      is('elsewhere')
      await exchanges.ended()
      await hangUp()
    }
  }
  return {
    line,
    listen: (receive) => alone(`wecom-bot/${id}`, () => begin(receive)),
    send: async (chat, message, taskId) => {
      if (!client?.isConnected) throw new Error('the AI bot of WeCom is not connected here')
      await exchanges.begin(taken(client.sendMessage(chat, bodyOf(message, appUrl, taskId))))
      return { messageId: taskId, chat }
    },
  }
}

/** The library connects again by itself after a cut. What it gives up is tried again much later. */
function stayConnected(connect: () => WSClient, is: NotedLine['is']): Promise<HangUp> {
  let connection: WSClient | undefined
  let again: NodeJS.Timeout | undefined
  const hangUp = async (): Promise<void> => {
    clearTimeout(again)
    connection?.removeAllListeners('disconnected')
    connection?.disconnect()
    connection = undefined
  }
  return new Promise((resolve) => {
    const standAside = (why: string): void => {
      log.error({ why }, 'the AI bot of WeCom is not connected; another try follows')
      void hangUp()
      is('lost', why)
      again = setTimeout(dial, standAsideMs)
      resolve(hangUp)
    }
    const dial = (): void => {
      connection = connect()
      connection.on('authenticated', () => {
        is('connected')
        resolve(hangUp)
      })
      connection.on('disconnected', (reason) => is('lost', reason))
      connection.on('event.disconnected_event', () => standAside('another connection has taken its place'))
      connection.on('error', (error) => {
        if (error instanceof WSAuthFailureError) return standAside(error.message)
        is('lost', error.message)
        // The first failure is enough to know that the house need not wait for the bot.
        resolve(hangUp)
      })
      connection.connect()
    }
    dial()
  })
}

const bodyOf = (message: Message, appUrl: string, taskId: string) =>
  'text' in message
    ? { msgtype: 'markdown' as const, markdown: { content: withinBytes(asPlainText(message.text)) } }
    : { msgtype: 'template_card' as const, template_card: renderCard(message.card, { appUrl, taskId }) }

/** The library throws WeCom's answer where it is a "no"; a card that is there already is none. */
async function taken(call: Promise<WsFrame>): Promise<void> {
  try {
    await call
  } catch (error) {
    const { errcode, errmsg } = error as Partial<WsFrame> // or an error, which has neither
    if (errcode === undefined) throw error
    if (errcode === taskIdTaken) return
    // Of the answer only WeCom's words go on.
    // oxlint-disable-next-line preserve-caught-error
    throw new PlatformRefusal(`WeCom refused the AI bot: ${errcode} ${errmsg ?? ''}`)
  }
}

async function hear(frame: WsFrame, receive: Receive): Promise<void> {
  const message = botMessageOf(frame.body, new Date())
  try {
    if (message) await receive(message)
  } catch (error) {
    log.error({ err: error }, 'a message to the AI bot was lost')
  }
}

/** A press on the bot's card, which WeCom delivers once: the card is redrawn for everybody in the chat, since all see the same. */
async function answerPress(line: WSClient, frame: WsFrame, receive: Receive, appUrl: string): Promise<void> {
  const press = botPressOf(frame.body)
  if (!press) return
  try {
    const answer = await receive(press)
    if (!answer?.card) return
    const { card, toast } = answer
    await line.updateTemplateCard(frame, renderCard(card, { appUrl, taskId: press.messageId, told: toast.text }))
  } catch (error) {
    log.error({ err: error }, 'a press on a card of the AI bot was not answered')
  }
}

/** The library logs whole frames at its finer levels, the secret among them; of the others only the words are kept. */
const sdkLog = {
  error: (words: string): void => log.warn({ said: words }, 'wecom ai bot'),
  warn: (words: string): void => log.warn({ said: words }, 'wecom ai bot'),
  info: ignore,
  debug: ignore,
}

function ignore(): void {}
