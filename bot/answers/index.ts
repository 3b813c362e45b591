import { type Lang, Refusal } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import { log } from '#kernel/log'
import { ask, perform } from '#kernel/perform'
import { callerOf, whoIs } from '#server/modules/org'
import type { Card } from '../card.ts'
import { replyCard, replyText, type Target } from '../deliver.ts'
import type { Subject } from '../outbox-store.ts'
import type { Message, Platform } from '../platforms/platform.ts'
import { answer, isPrivate } from './answer.ts'
import { clarifyCard, sorry } from './clarify.ts'
import {
  forgetContext,
  logQuestion,
  questionsSince,
  tooManyOutcome,
  writeChoices,
  writeContext,
} from './context-store.ts'
import { knownTo } from './known.ts'
import { languageOfMessage } from './normalise.ts'
import type { BotQuery } from './query.ts'
import { understand } from './understand.ts'

/** `choices`: what he was offered, so that the next message may pick from it. */
type Reply = { outcome: string; query?: BotQuery; choices?: BotQuery[] } & ({ card: Card } | { text: string })

/** Nobody asks faster with a hand; a machine that does would keep the others waiting. */
const questionsMax = 20
const minuteMs = 60_000

const stranger = '通讯录里没有找到你，请联系管理员。'
const sentPrivately = { zh: '已私信你。', en: 'I have sent it to you privately.' }
const tooMany = {
  zh: `问得有点快，一分钟最多 ${questionsMax} 个问题。请过一会儿再问。`,
  en: `That was quick: ${questionsMax} questions a minute at most. Please ask again in a moment.`,
}
const fault = { zh: '系统忙，请稍后再问一次。', en: 'Something broke; please ask again in a moment.' }

/**
 * Answers one message: who asks, what he means, what he may know, then the answer. A repeated delivery sends the same reply under the same
 * key, which the platform drops.
 */
export async function answerMessage(platform: Platform, message: Message): Promise<void> {
  const at = new Date()
  const personId = await ask(
    systemCaller(at),
    (tx) => whoIs(tx, platform.name, platform.appId, message.openId),
    undefined,
  )
  const sendKey = `answer:${message.eventKey}`
  if (!personId) {
    return replyText(platform, inChat(message), { personId: null, ...aboutAnswer(message), key: sendKey }, stranger)
  }
  const lang = languageOfMessage(message.text)
  const caller = await ask(
    systemCaller(at),
    (tx) => callerOf(tx, personId, { via: platform.name, at, lang }),
    undefined,
  )
  const reply = await replyTo(caller, message, lang)
  await send(platform, caller, message, reply, lang, sendKey)
  await perform(
    caller,
    async (tx) => {
      if (reply.query) await writeContext(tx, personId, message.chat, reply.query, at)
      if (reply.choices) await writeChoices(tx, personId, message.chat, reply.choices, at)
      if (reply.outcome === 'cancelled') await forgetContext(tx, personId, message.chat)
      await logQuestion(tx, {
        personId,
        platform: platform.name,
        text: message.text.slice(0, 1000),
        outcome: reply.outcome,
        query: reply.query,
        ms: Date.now() - at.getTime(),
        at,
      })
    },
    undefined,
  )
}

async function replyTo(caller: Caller, message: Message, lang: Lang): Promise<Reply> {
  try {
    const since = new Date(caller.at.getTime() - minuteMs)
    const asked = await ask(caller, (tx) => questionsSince(tx, caller.personId, since), undefined)
    if (asked >= questionsMax) return { outcome: tooManyOutcome, text: tooMany[lang] }
    const understood = await understand(message.text, await knownTo(caller, message.chat))
    if (understood.kind === 'ask') {
      const choices = understood.choices.map((choice) => choice.query)
      return { outcome: 'asked', choices, card: clarifyCard(understood, lang) }
    }
    if (understood.kind !== 'query') return { outcome: understood.kind, text: sorry(understood, lang) }
    return { outcome: 'answered', query: understood.query, card: await answer(caller, understood.query, lang) }
  } catch (error) {
    if (error instanceof Refusal) return { outcome: `refused:${error.code}`, text: error.say(lang) }
    log.error({ err: error }, 'a question could not be answered')
    return { outcome: 'fault', text: fault[lang] }
  }
}

/** In a group, what carries money goes to the asker alone. */
async function send(
  platform: Platform,
  caller: Caller,
  message: Message,
  reply: Reply,
  lang: Lang,
  sendKey: string,
): Promise<void> {
  const copy = { ...aboutAnswer(message), personId: caller.personId, key: sendKey }
  if ('text' in reply) return replyText(platform, inChat(message), copy, reply.text)
  const inPrivate = message.isGroup && (!reply.query || isPrivate(reply.query))
  const target = inPrivate ? { openId: message.openId } : inChat(message)
  await replyCard(platform, target, copy, reply.card)
  const told = { ...copy, key: `${sendKey}:told` }
  if (inPrivate) await replyText(platform, inChat(message), told, sentPrivately[lang])
}

const inChat = ({ openId, messageId }: Message): Target => ({ openId, replyTo: messageId })
const aboutAnswer = ({ eventKey }: Message): Subject => ({ subject: 'answer', subjectId: eventKey })
