import { type Lang, Refusal } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import { config } from '#kernel/config'
import type { Tx } from '#kernel/db'
import { log } from '#kernel/log'
import { ask, perform } from '#kernel/perform'
import { callerOf, whoIs } from '#server/modules/org'
import type { Card } from '../card.ts'
import { dropLast } from '../deeds/drop-last.ts'
import { replyCard, replyText, type Target } from '../deliver.ts'
import type { Subject } from '../outbox-store.ts'
import type { Message, Platform } from '../platforms/platform.ts'
import { answer, isPrivate } from './answer.ts'
import { clarifyCard, sorry } from './clarify.ts'
import { forgetContext, writeChoices, writeContext, writeOpen } from './context-store.ts'
import { everyName, knownTo } from './known.ts'
import { forReview } from './masked.ts'
import { languageOfMessage } from './normalise.ts'
import { askModel, modelOf } from './parser.ts'
import type { BotQuery } from './query.ts'
import { logQuestion, noteMiss, questionsSince, tooManyOutcome } from './question-store.ts'
import { understand } from './understand.ts'
import type { Known, Understanding } from './understanding.ts'

/** `choices`: what he was offered, so that the next message may pick from it. `open`: the question that lacks something. `missed`: the masked question that was not understood. */
type Reply = {
  outcome: string
  query?: BotQuery
  choices?: BotQuery[]
  open?: string
  understoodMs?: number
  missed?: string
} & ({ card: Card } | { text: string })

/** Nobody asks faster with a hand; a machine that does would keep the others waiting. */
const questionsMax = 20
const minuteMs = 60_000

const stranger = '通讯录里没有找到你，请联系管理员。'
const sentPrivately = { zh: '已私信你。', en: 'I have sent it to you privately.' }
const tooMany = {
  zh: `问得有点快，一分钟最多 ${questionsMax} 个问题。请过一会儿再问。`,
  en: `That was quick: ${questionsMax} questions a minute at most. Please ask again in a moment.`,
}
const dropped = {
  zh: '好的，已放弃，没有写入任何数据。',
  en: 'All right, discarded; nothing was written.',
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
  const reply = await replyTo(platform, caller, message, lang)
  // Before he reads the answer, since what he says next is about it.
  await perform(caller, (tx) => remember(tx, personId, message.chat, reply, at), undefined)
  await send(platform, caller, message, reply, lang, sendKey)
  await perform(
    caller,
    async (tx) => {
      await logQuestion(tx, {
        personId,
        platform: platform.name,
        text: message.text.slice(0, 1000),
        outcome: reply.outcome,
        query: reply.query,
        understoodMs: reply.understoodMs,
        ms: Date.now() - at.getTime(),
        at,
      })
      if (reply.missed) await noteMiss(tx, reply.missed, reply.outcome, at)
    },
    undefined,
  )
}

async function remember(tx: Tx, personId: string, chat: string, reply: Reply, at: Date): Promise<void> {
  if (reply.query) await writeContext(tx, personId, chat, reply.query, at)
  if (reply.choices) await writeChoices(tx, personId, chat, reply.choices, at)
  if (reply.open) await writeOpen(tx, personId, chat, reply.open, at)
  if (reply.outcome === 'cancelled') await forgetContext(tx, personId, chat)
}

async function replyTo(platform: Platform, caller: Caller, message: Message, lang: Lang): Promise<Reply> {
  try {
    const since = new Date(caller.at.getTime() - minuteMs)
    const asked = await ask(caller, (tx) => questionsSince(tx, caller.personId, since), undefined)
    if (asked >= questionsMax) return { outcome: tooManyOutcome, text: tooMany[lang] }
    const begun = performance.now()
    const known = await knownTo(caller, message.chat)
    const understood = await understoodAs(message.text, known)
    const understoodMs = Math.round(performance.now() - begun)
    if (understood.kind === 'query') {
      const card = await answer(caller, understood.query, lang)
      return { outcome: 'answered', query: understood.query, card, understoodMs }
    }
    if (understood.kind === 'ask') {
      const choices = understood.choices.map((choice) => choice.query)
      return { outcome: 'asked', choices, card: clarifyCard(understood, lang), understoodMs }
    }
    if (understood.kind === 'cancelled' && (await dropLast(caller, platform)))
      return { outcome: 'cancelled', text: dropped[lang], understoodMs }
    const isMissed = understood.kind === 'declined' || understood.kind === 'unknown'
    const missed = isMissed ? forReview(message.text, await everyName(caller.at, known)) : undefined
    const open = understood.kind === 'missing' ? (understood.open ?? message.text) : undefined
    return { outcome: understood.kind, text: sorry(understood, lang), open, understoodMs, missed }
  } catch (error) {
    if (error instanceof Refusal) return { outcome: `refused:${error.code}`, text: error.say(lang) }
    log.error({ err: error }, 'a question could not be answered')
    return { outcome: 'fault', text: fault[lang] }
  }
}

/** By the rules; what they decline, by a language model where the company has one. */
async function understoodAs(text: string, known: Known): Promise<Understanding> {
  const understood = await understand(text, known)
  const model = modelOf(config)
  if (understood.kind !== 'declined' || understood.isFinal || !model) return understood
  return (await askModel(text, known, model)) ?? understood
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
