import { choiceOf } from './pick.ts'
import type { BotQuery } from './query.ts'
import type { Slots } from './slots.ts'
import type { Known, Understanding } from './understanding.ts'

/** 还差多少 behind a customer's name and nothing else: what he has not paid as well as what he has not got. */
const says = /^Ⓒ(?:那边|那里|那儿|家|那)?的?还?(?:差|短|少)(?:了|着)?(?:多少|几|好多)(?:没有?)?[?？]?$/

/** What is meant by words that stand for two things: he is asked; where only one of them is for him, that is meant. */
export function twofold({ shape, customers }: Slots, known: Known): Understanding | undefined {
  const [customer] = customers
  if (!says.test(shape) || !customer || customers.length > 1) return undefined
  const { id } = customer.entry
  const readings: BotQuery[] = [
    { intent: 'ar.customer', customerIds: [id] },
    { intent: 'delivery.status', customerId: id },
  ]
  const allowed = readings.filter(({ intent }) => known.may(intent))
  const [first] = allowed
  if (!first) return undefined
  if (allowed.length === 1) return { kind: 'query', query: first }
  const choices = allowed.map((query) => choiceOf(query, known))
  return { kind: 'ask', question: 'intent', choices, more: 0, named: '' }
}
