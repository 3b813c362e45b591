import { z } from 'zod'
import type { Configuration } from '#kernel/config'
import { log } from '#kernel/log'
import { intentTitles } from './intents.ts'
import { masked } from './masked.ts'
import { choiceOf } from './pick.ts'
import { BotQuery } from './query.ts'
import type { Known, Understanding } from './understanding.ts'
import { proven } from './proven.ts'

/** Where a language model is asked, in the way of OpenAI; without an address none is. */
export type Model = { url: string; key: string | undefined; name: string; timeoutMs: number }

/** None unless both an address and a model are configured. */
export const modelOf = (set: Configuration): Model | undefined =>
  set.BOT_LLM_URL && set.BOT_LLM_MODEL
    ? { url: set.BOT_LLM_URL, key: set.BOT_LLM_KEY, name: set.BOT_LLM_MODEL, timeoutMs: set.BOT_LLM_TIMEOUT_MS }
    : undefined

const Answer = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) })

const task = (): string => `You turn a question to a trading company's assistant into one JSON object, and nothing else.
Names are masked: <ITEM1>, <CUSTOMER1>, <SUPPLIER1>, <WAREHOUSE1>. Use the masks as ids. Never invent a mask, a number or a day.
{"intent":"none"} when the question is about anything else, wants something changed, or is unclear.
Intents: ${Object.entries(intentTitles)
  .map(([intent, { en }]) => `${intent} (${en})`)
  .join(', ')}.
The object must fit this JSON schema: ${JSON.stringify(z.toJSONSchema(BotQuery, { io: 'input', unrepresentable: 'any' }))}`

/**
 * The second parser, for what the rules decline. It sees the masked question and the list of intents, no rows and no figures; what it answers is
 * only believed where every name is one that the asker may know and every number and day stands in his text. It is never run at once: he is
 * asked whether that is what he meant.
 */
export async function askModel(said: string, known: Known, model: Model): Promise<Understanding | undefined> {
  const question = masked(said, known)
  try {
    const answered = await complete(question.text, model)
    const query = proven(answered, said, question.names, known)
    if (!query || !known.may(query.intent)) return undefined
    const choice = choiceOf(query, known)
    return { kind: 'ask', question: 'meant', choices: [choice], more: 0, named: '' }
  } catch (error) {
    log.warn({ err: error }, 'the language model did not help')
    return undefined
  }
}

async function complete(text: string, { url, key, name, timeoutMs }: Model): Promise<unknown> {
  const response = await fetch(`${url.replace(/\/$/, '')}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({
      model: name,
      temperature: 0,
      max_tokens: 300,
      response_format: { type: 'json_object' },
      messages: [
        { role: 'system', content: task() },
        { role: 'user', content: text },
      ],
    }),
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  })
  if (!response.ok) throw new Error(`the language model answered ${response.status}`)
  const { choices } = Answer.parse(await response.json())
  const parsed: unknown = JSON.parse(choices[0]?.message.content ?? '')
  return parsed
}
