import { withWordsBySound } from './by-sound.ts'
import { type Scored, scoreIntents, threshold } from './cues.ts'
import { fill } from './fill.ts'
import { goesOnFrom, isHowMany, isOfDraft } from './goes-on.ts'
import { withTradeWords } from './glossary.ts'
import { normaliseMessage } from './normalise.ts'
import { asked, type Asked, itemLabel, namesIn, oneOrAsk } from './pick.ts'
import type { BotQuery, Intent } from './query.ts'
import type { Has } from './reading.ts'
import { isDoubtful, leavesOut, saysExcept } from './left-out.ts'
import type { Candidate } from './match.ts'
import { findSlots, type Slots } from './slots.ts'
import type { Choice, Known, Understanding } from './understanding.ts'

const hostile =
  /drop\s+table|select\s+.*\bfrom\b|delete\s+from|insert\s+into|union\s+select|--\s*$|\{\{|<script|ignore .*instructions|忽略.*(?:指令|规则|以上)|system prompt|提示词|密码|password/
const forecast = /明年|后年|预测|会不会涨|会涨吗|将来|forecast|predict|next year/
/** What would change or carry away something: nothing here does. */
const tellsToChange =
  /(?:改|调整?|提高?|加|降|设)(?:成|为|到)\s*\d|删(?:除|掉|了)|清零|归零|抹掉|核销|改(?:成|为|一?下|掉)|改.{1,12}(?:成|为|到)|作废|导出|发到.*邮箱|\b(?:delete|update|change|remove|export|modify)\b/
const mayTell: ReadonlySet<Intent> = new Set([
  'crm.log',
  'owner.remind',
  'alert.subscribe',
  'quote.draft',
  'order.draft',
  'help',
])
const cancel = /^(?:算了|不用了|取消|不查了|没事了|不要了|cancel|never ?mind|forget it)[吧了。.!！]*$/
const correction =
  /^(?:我说的?)?不是(.+?)[,，、\s]*(?:我(?:说|问)的?)?是(.+)$|^(?:no,? )?not (.+?),? (?:but|i mean) (.+)$/
const ordinal =
  /^(?:选|要|就|看)?(?:第)?([1-5一二三四五])(?:个|条|家|种|张)?(?:那个|的)?(?:吧|呢)?$|^(?:the )?(first|second|third|fourth|fifth)(?: one)?$/
const goesOn = /呢(?:[^\p{L}\p{N}]|谢谢|多谢|thanks)*$|^那|不是|what about|how about|^and /iu
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth']

/** From a message to a typed query, a question back, or an honest no. */
export async function understand(text: string, known: Known): Promise<Understanding> {
  const message = normaliseMessage(text)
  if (message === '') return asked({ intent: 'help' })
  if (hostile.test(message)) return { kind: 'declined', isFinal: true }
  if (cancel.test(message)) return { kind: 'cancelled' }
  const chosen = chosenBy(message, known)
  if (chosen) return asked(chosen)
  const corrected = correctedBy(message)
  if (corrected && known.context.queries[0])
    return goOn({ message: corrected, said: text }, known, known.context.queries[0], true)
  return newQuestion(
    { message: withWordsBySound(withTradeWords(message), known), said: text },
    known,
    goesOn.test(text),
  )
}

/** A message in the one way to write it, and as it was said. */
type Message = Pick<Asked, 'message' | 'said'>

async function newQuestion(said: Message, asking: Known, isFollowing: boolean): Promise<Understanding> {
  const { message } = said
  const known = withChoices(asking)
  const slots = findSlots(message, known)
  if (saysExcept(message, known)) return { kind: 'declined' }
  const intents = scoreIntents(slots.asking, thingsIn(slots, known.context))
  const [best, second] = intents
  const [last] = known.context.queries
  if (tellsToChange.test(message) && !isOfDraft(last, slots) && !(best && mayTell.has(best.intent)))
    return { kind: 'declined', isFinal: true }
  if (!best || best.score < threshold.answer) {
    if (slots.orderTail && slots.named === '') return answerAs('order.status', said, slots, known)
    if (last && isHowMany(last, slots)) return answerAs('stock.atp', said, slots, known)
    return last && goesOnFrom(last, slots, message) ? goOn(said, known, last, isFollowing) : askIntent(slots, known)
  }
  if (forecast.test(message) && /^sales|^target|^price/.test(best.intent)) return { kind: 'declined', isFinal: true }
  // What goes on with the same question changes what is said anew of it, and keeps the rest.
  if (isFollowing && last?.intent === best.intent) return goOn(said, known, last, isFollowing)
  const understood =
    second && isTie(best, second)
      ? await eitherOf(best, second, said, slots, known)
      : await answerAs(best.intent, said, slots, known)
  return nothingLeftOut(understood, intents, said, slots, known)
}

/** What leaves out something that was named is not what is meant, nor what something is missing to: then another reading is, or he is asked. */
async function nothingLeftOut(
  understood: Understanding,
  intents: readonly Scored[],
  said: Message,
  slots: Slots,
  known: Known,
): Promise<Understanding> {
  const isWhole = (one: Understanding): boolean => one.kind === 'query' && !leavesOut(one.query, slots)
  if (isWhole(understood) || (understood.kind !== 'query' && understood.kind !== 'missing'))
    return certain(understood, slots, known)
  const least = understood.kind === 'missing' ? threshold.answer : threshold.other
  for (const { intent, score } of intents) {
    if (score < least) continue
    const other = await answerAs(intent, said, slots, known)
    if (isWhole(other)) return certain(other, slots, known)
  }
  const question = askIntent(slots, known)
  return understood.kind === 'missing' || question.kind !== 'ask' ? certain(understood, slots, known) : question
}

/** What would be answered beside words that nobody understood is asked first. */
const certain = (one: Understanding, slots: Slots, known: Known): Understanding =>
  one.kind === 'query' && (leavesOut(one.query, slots) || isDoubtful(one.query, slots, known.today))
    ? isItMeant(one.query, known)
    : one

/** One reading that is not certain: he is asked whether it is what he means. */
const isItMeant = (query: BotQuery, known: Known): Understanding => ({
  kind: 'ask',
  question: 'meant',
  choices: [{ label: namesIn(query, known), of: query.intent, query }],
  more: 0,
  named: '',
})

/** Where he was asked which of several he means, he speaks of them; where only what of it, of that one thing. */
function withChoices(known: Known): Known {
  const { queries, choices } = known.context
  const [first] = choices
  if (!first) return known
  const thingOf = (query: BotQuery): string => JSON.stringify(Object.values({ ...query, intent: '' }).flat())
  const things = new Set(choices.map(thingOf))
  return { ...known, context: { queries: [first, ...queries], choices }, isChoosing: things.size > 1 }
}

const isTie = (best: Scored, second: Scored): boolean => best.score - second.score < threshold.lead

function answerAs(wanted: Intent, said: Message, slots: Slots, known: Known): Promise<Understanding> | Understanding {
  // Where whoever drives has to go is what he delivers.
  if (wanted === 'crm.followups' && !known.may(wanted) && known.may('delivery.due') && slots.days)
    return answerAs('delivery.due', said, slots, known)
  // Who delivers an order without seeing it is told of its delivery.
  const isDelivered = wanted === 'order.status' && !known.may(wanted) && slots.orderTail !== undefined
  // So many of it: whether there are so many.
  const isEnough = wanted === 'stock.item' && slots.amounts.quantities.length > 0 && slots.namesItem
  const intent = isDelivered ? 'delivery.status' : isEnough ? 'stock.atp' : wanted
  if (!known.may(intent)) return { kind: 'denied', intent }
  return fill({ intent, ...said, slots, known, base: undefined })
}

/** Two readings are about as likely: the one that what is named makes whole is meant. */
async function eitherOf(
  best: Scored,
  second: Scored,
  said: Message,
  slots: Slots,
  known: Known,
): Promise<Understanding> {
  const first = await answerAs(best.intent, said, slots, known)
  if (first.kind === 'query' || first.kind === 'ask' || first.kind === 'denied') return first
  const other = await answerAs(second.intent, said, slots, known)
  return other.kind === 'query' || other.kind === 'ask' ? other : first
}

/** A message that only names something asks the last question again, about this. */
async function goOn(said: Message, known: Known, last: BotQuery, isFollowing: boolean): Promise<Understanding> {
  const slots = findSlots(said.message, known)
  const intent = last.intent
  if (!known.may(intent)) return { kind: 'denied', intent }
  const again = await fill({ intent, ...said, slots, known, base: last })
  const isSame = !known.isChoosing && again.kind === 'query' && JSON.stringify(again.query) === JSON.stringify(last)
  if (!isSame && again.kind !== 'missing' && again.kind !== 'unknown') return again
  const question = askIntent(slots, known)
  // Only what plainly goes on is a name that is not there; anything else was no question at all.
  return again.kind === 'unknown' && isFollowing && question.kind !== 'ask' ? again : question
}

const plainly = 0.9
/** Called so, and not only something like it. */
const isPlain = ({ score }: Candidate): boolean => score >= plainly
/** What the message names; where it names nothing, what was spoken of last counts as named. */
function thingsIn(slots: Slots, { queries }: Known['context']): ReadonlySet<Has> {
  const isBare = slots.named === ''
  const spokeOf = (field: string): boolean => isBare && queries.some((query) => field in query)
  const things: readonly (readonly [Has, boolean])[] = [
    ['item', slots.namesItem || spokeOf('itemId') || spokeOf('itemIds')],
    ['category', slots.categories.length > 0 && slots.items.length !== 1],
    ['customer', slots.namesCustomer || spokeOf('customerId') || spokeOf('customerIds')],
    ['supplier', slots.suppliers.length === 1 && slots.suppliers.every(isPlain) && slots.customers.length === 0],
    ['warehouse', slots.warehouses.length > 0],
    ['order', slots.orderTail !== undefined],
    ['strange', isBareOfThings(slots) && slots.named !== ''],
    ['quantity', slots.amounts.quantities.length > 0],
    ['days', slots.days !== undefined],
    ['mine', slots.isMine],
  ]
  return new Set(things.flatMap(([thing, isThere]) => (isThere ? [thing] : [])))
}

const isBareOfThings = ({ namesItem, namesCustomer, suppliers, warehouses, categories }: Slots): boolean =>
  !namesItem && !namesCustomer && suppliers.length + warehouses.length + categories.length === 0

const yes = /^(?:对|对的|是|是的|嗯|没错|好|好的|yes|yep|right|ok)[!。.]?$/

function chosenBy(message: string, { context }: Known): BotQuery | undefined {
  if (context.choices.length === 1 && yes.test(message)) return context.choices[0]
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
          { label: itemLabel(item), query: { intent: 'stock.item' as const, itemIds: [item.id] } },
          { label: itemLabel(item), query: { intent: 'price.item' as const, itemIds: [item.id] } },
        ]
      : []),
    ...(customer
      ? [
          { label: customer.name, query: { intent: 'ar.customer' as const, customerIds: [customer.id] } },
          { label: customer.name, query: { intent: 'order.list' as const, customerId: customer.id } },
        ]
      : []),
  ]
    .filter((choice) => known.may(choice.query.intent))
    .map((choice) => ({ ...choice, of: choice.query.intent }))
  return choices.length > 0 ? { kind: 'ask', question: 'intent', choices, more: 0, named } : { kind: 'declined' }
}
