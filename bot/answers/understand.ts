import { type Has, type Scored, scoreIntents, threshold } from './cues.ts'
import { fill } from './fill.ts'
import { withTradeWords } from './glossary.ts'
import { normaliseMessage } from './normalise.ts'
import { asked, itemLabel, oneOrAsk } from './pick.ts'
import type { BotQuery, Intent } from './query.ts'
import { findSlots, type Slots } from './slots.ts'
import type { Choice, Known, Understanding } from './understanding.ts'

const hostile =
  /drop\s+table|select\s+.*\bfrom\b|delete\s+from|insert\s+into|union\s+select|--\s*$|\{\{|<script|ignore .*instructions|忽略.*(?:指令|规则|以上)|system prompt|提示词|密码|password/
const forecast = /明年|后年|预测|会不会涨|会涨吗|将来|forecast|predict|next year/
const cancel = /^(?:算了|不用了|取消|不查了|没事了|不要了|cancel|never ?mind|forget it)[吧了。.!！]*$/
const correction =
  /^(?:我说的?)?不是(.+?)[,，、\s]*(?:我(?:说|问)的?)?是(.+)$|^(?:no,? )?not (.+?),? (?:but|i mean) (.+)$/
const ordinal =
  /^(?:选|要|就|看)?(?:第)?([1-5一二三四五])(?:个|条|家|种|张)?(?:那个|的)?(?:吧|呢)?$|^(?:the )?(first|second|third|fourth|fifth)(?: one)?$/
const goesOn = /呢[?？。!！\s]*$|^那|不是|what about|how about|^and /i
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth']

/** From a message to a typed query, a question back, or an honest no. */
export async function understand(text: string, known: Known): Promise<Understanding> {
  const message = normaliseMessage(text)
  if (message === '') return asked({ intent: 'help' })
  if (hostile.test(message)) return { kind: 'declined' }
  if (cancel.test(message)) return { kind: 'cancelled' }
  const chosen = chosenBy(message, known)
  if (chosen) return asked(chosen)
  const corrected = correctedBy(message)
  if (corrected && known.context.queries[0]) return goOn(corrected, known, known.context.queries[0], true)
  return newQuestion(withTradeWords(message), known, goesOn.test(text))
}

async function newQuestion(message: string, known: Known, isFollowing: boolean): Promise<Understanding> {
  const slots = findSlots(message, known)
  const intents = scoreIntents(slots.asking, thingsIn(slots, known.context))
  const [best, second] = intents
  const [last] = known.context.queries
  if (!best || best.score < threshold.answer)
    return last && namesSomething(slots) ? goOn(message, known, last, isFollowing) : askIntent(slots, known)
  if (forecast.test(message) && /^sales|^target|^price/.test(best.intent)) return { kind: 'declined' }
  if (second && isTie(best, second)) return eitherOf(best, second, message, slots, known)
  return answerAs(best.intent, message, slots, known)
}

const isTie = (best: Scored, second: Scored): boolean => best.score - second.score < threshold.lead

function answerAs(intent: Intent, message: string, slots: Slots, known: Known): Promise<Understanding> | Understanding {
  if (!known.may(intent)) return { kind: 'denied', intent }
  return fill({ intent, message, slots, known, base: undefined })
}

/** Two readings are about as likely: the one that what is named makes whole is meant. */
async function eitherOf(
  best: Scored,
  second: Scored,
  message: string,
  slots: Slots,
  known: Known,
): Promise<Understanding> {
  const first = await answerAs(best.intent, message, slots, known)
  if (first.kind === 'query' || first.kind === 'ask' || first.kind === 'denied') return first
  const other = await answerAs(second.intent, message, slots, known)
  return other.kind === 'query' || other.kind === 'ask' ? other : first
}

/** A message that only names something asks the last question again, about this. */
async function goOn(message: string, known: Known, last: BotQuery, isFollowing: boolean): Promise<Understanding> {
  const slots = findSlots(message, known)
  const intent = last.intent
  if (!known.may(intent)) return { kind: 'denied', intent }
  const again = await fill({ intent, message, slots, known, base: last })
  const isSame = again.kind === 'query' && JSON.stringify(again.query) === JSON.stringify(last)
  if (!isSame && again.kind !== 'missing' && again.kind !== 'unknown') return again
  const question = askIntent(slots, known)
  // Only what plainly goes on is a name that is not there; anything else was no question at all.
  return again.kind === 'unknown' && isFollowing && question.kind !== 'ask' ? again : question
}

const namesSomething = ({ named, days, warehouses, orderTail }: Slots): boolean =>
  named !== '' || days !== undefined || warehouses.length > 0 || orderTail !== undefined

/** What the message names; where it names nothing, what was spoken of last counts as named. */
function thingsIn(slots: Slots, { queries }: Known['context']): ReadonlySet<Has> {
  const isBare = slots.named === ''
  const spokeOf = (field: string): boolean => isBare && queries.some((query) => field in query)
  const things: readonly (readonly [Has, boolean])[] = [
    ['item', slots.namesItem || spokeOf('itemId') || spokeOf('itemIds')],
    ['category', slots.categories.length > 0 && slots.items.length !== 1],
    ['customer', slots.namesCustomer || spokeOf('customerId') || spokeOf('customerIds')],
    ['supplier', slots.suppliers.length > 0 && slots.customers.length === 0],
    ['warehouse', slots.warehouses.length > 0],
    ['order', slots.orderTail !== undefined],
    ['quantity', slots.amounts.quantities.length > 0],
    ['days', slots.days !== undefined],
    ['mine', slots.isMine],
  ]
  return new Set(things.flatMap(([thing, isThere]) => (isThere ? [thing] : [])))
}

function chosenBy(message: string, { context }: Known): BotQuery | undefined {
  const found = ordinal.exec(message)
  if (!found || context.choices.length === 0) return undefined
  const [, sign, word] = found
  const place = word
    ? ordinals.indexOf(word)
    : /\d/.test(sign ?? '')
      ? Number(sign) - 1
      : '一二三四五'.indexOf(sign ?? '')
  return context.choices[place]
}

/** 不是宏达，是宏达建材: the question before is asked again about what is meant. */
function correctedBy(message: string): string | undefined {
  const found = correction.exec(message)
  return found ? (found[2] ?? found[4]) : undefined
}

/** Something was named, but not what is asked about it. */
function askIntent({ items, customers, named }: Slots, known: Known): Understanding {
  if (items.length > 1 && known.may('stock.item'))
    return oneOrAsk(
      'item',
      items.map(({ entry }) => ({ label: itemLabel(entry), query: { intent: 'stock.item', itemIds: [entry.id] } })),
      named,
    )
  const item = items.length === 1 ? items[0]?.entry : undefined
  const customer = customers.length === 1 ? customers[0]?.entry : undefined
  const choices: Choice[] = [
    ...(item
      ? [
          { label: `${itemLabel(item)} 库存`, query: { intent: 'stock.item' as const, itemIds: [item.id] } },
          { label: `${itemLabel(item)} 价格`, query: { intent: 'price.item' as const, itemIds: [item.id] } },
        ]
      : []),
    ...(customer
      ? [
          { label: `${customer.name} 应收`, query: { intent: 'ar.customer' as const, customerIds: [customer.id] } },
          { label: `${customer.name} 订单`, query: { intent: 'order.list' as const, customerId: customer.id } },
        ]
      : []),
  ].filter((choice) => known.may(choice.query.intent))
  return choices.length > 0 ? { kind: 'ask', question: 'intent', choices, more: 0, named } : { kind: 'declined' }
}
