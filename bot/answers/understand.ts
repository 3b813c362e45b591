import { askIntent } from './ask-intent.ts'
import { withWordsBySound } from './by-sound.ts'
import { carriedOver } from './carried-over.ts'
import { chosenBy, correctedBy } from './choosing.ts'
import { type Scored, scoreIntents, threshold } from './cues.ts'
import { butNot, type Excepted, exceptIn, namesItem } from './except.ts'
import { fill } from './fill.ts'
import { goesOnFrom, goesOnWithDraft, isDetail, isHowMany } from './goes-on.ts'
import { withTradeWords } from './glossary.ts'
import { type Likeness, likenessOf, wordsToBegin } from './likeness.ts'
import { leavesOut } from './left-out.ts'
import { normaliseMessage } from './normalise.ts'
import type { Asked } from './asked.ts'
import { asked, choiceOf } from './pick.ts'
import type { BotQuery, Intent } from './query.ts'
import type { Has } from './reading.ts'
import { lacksMeant, pointsAtGoods } from './pronouns.ts'
import { isHostile, refused } from './refused.ts'
import { findSlots, type Slots } from './slots.ts'
import { thingsIn } from './things-named.ts'
import { twofold } from './twofold.ts'
import type { Known, Understanding } from './understanding.ts'
import { weighed, whichOf } from './weigh.ts'
import { withoutThese } from './without.ts'

const cancel = /^(?:算了|不用了|取消|不查了|没事了|不要了|cancel|never ?mind|forget it)[吧了。.!！]*$/
/** Where to, and not by which number. */
const isAddress = /^(?!.*(?:电话|手机|联系|phone)).*(?:地址|\baddress\b)/
/** So like something that it is worth asking whether it is meant. */
const worthAsking = 0.3
/** So like nothing that can be asked here, that nothing is offered instead. */
const idle = 0.6
const goesOn =
  /^(?:要是|如果|假如|换成|改成)|呢(?:[^\p{L}\p{N}]|谢谢|多谢|thanks)*$|^那|^(?:其中|里[面头])|不是|what about|how about|^and /iu
/** From a message to a typed query, a question back, or an honest no. */
export async function understand(text: string, known: Known): Promise<Understanding> {
  const message = normaliseMessage(text).replace(/^那?(?:现在|目前)$/, '今天')
  if (message === '') return asked({ intent: 'help' })
  if (isHostile(message)) return { kind: 'declined', isFinal: true }
  if (cancel.test(message)) return { kind: 'cancelled' }
  const chosen = chosenBy(message, known)
  if (chosen) return asked(chosen)
  const corrected = correctedBy(message)
  if (corrected && known.context.queries[0])
    return goOn({ message: corrected, said: text, isCorrection: true }, known, known.context.queries[0], true)
  const said = { message: withWordsBySound(withTradeWords(corrected ?? message), known), said: text }
  const excepted = exceptIn(said.message, known)
  return excepted
    ? withoutExcepted(excepted, said, known)
    : newQuestion(said, known, goesOn.test(text) || goesOn.test(message))
}

/** Items can be told apart by what they are not. Of anything else there is a figure only with what he leaves out: he is asked whether he wants that. */
async function withoutExcepted(excepted: Excepted, { said }: Message, known: Known): Promise<Understanding> {
  const message = excepted.rest
  const [last] = known.context.queries
  if (last && message === '') return lastWithout(last, excepted, known)
  const slots = findSlots(message, known)
  const items = butNot(slots.items, excepted, known)
  if (items.length > 0 && items.length < slots.items.length)
    return newQuestion({ message, said }, known, false, { ...slots, items, itemParts: [] })
  // Not this one, of which there is none among them: nothing is left out.
  if (items.length > 0 && namesItem(excepted, known)) return newQuestion({ message, said }, known, false, slots)
  const whole = await newQuestion({ message, said }, known, false)
  if (whole.kind !== 'query' && whole.kind !== 'ask') return whole
  const others = whole.kind === 'query' ? withoutThese(whole.query, excepted, known) : undefined
  if (others) return asked(others)
  const choices = whole.kind === 'ask' ? whole.choices : [choiceOf(whole.query, known)]
  return { kind: 'ask', question: 'except', choices, more: 0, named: excepted.words }
}

/** 除了宏达装饰, after a list: the same without them. */
function lastWithout(last: BotQuery, excepted: Excepted, known: Known): Understanding {
  const others = withoutThese(last, excepted, known)
  if (others) return asked(others)
  return { kind: 'ask', question: 'except', choices: [choiceOf(last, known)], more: 0, named: excepted.words }
}

/** A message in the one way to write it, and as it was said. */
type Message = Pick<Asked, 'message' | 'said' | 'isCorrection'>

async function newQuestion(said: Message, asking: Known, isFollowing: boolean, found?: Slots): Promise<Understanding> {
  const { message } = said
  const known = withChoices(asking)
  const slots = found ?? findSlots(message, known)
  const [last] = known.context.queries
  const either = last ? undefined : twofold(slots, known)
  if (either) return either
  const likeness: Likeness = isFollowing ? new Map() : likenessOf(slots.shape, last && wordsToBegin)
  const pointed: Has[] = pointsAtGoods(said.said) ? ['item'] : []
  const intents = scoreIntents(slots.asking, new Set([...thingsIn(slots, known.context), ...pointed]), likeness)
  const [best, second] = intents
  const no = refused({ message, slots, best, likeness, last, may: known.may })
  if (no) return no
  const isOnlyDetail = last && isFollowing && slots.named === '' && isDetail(last, message)
  if (isOnlyDetail) return goOn(said, known, last, isFollowing)
  if (last && goesOnWithDraft(last, slots, message)) return goOn(said, known, last, isFollowing)
  if (!best || best.score < threshold.answer) {
    const whole = slots.named === '' ? undefined : await withOpen(said, known)
    if (whole) return whole
    if (slots.orderTail && slots.named === '') return answerAs('order.status', said, slots, known)
    if (last && isHowMany(last, slots) && last.intent !== 'price.item') return isEnough(said, slots, known, last)
    if (last && goesOnFrom(last, slots, message)) return goOn(said, known, last, isFollowing)
    return likestOf(likeness, said, slots, known)
  }
  // What goes on with the same question changes what is said anew of it, and keeps the rest.
  if (isFollowing && last?.intent === best.intent) return goOn(said, known, last, isFollowing)
  const understood =
    second && isTie(best, second)
      ? await eitherOf(best, second, said, slots, known)
      : await answerAs(best.intent, said, slots, known)
  const whole = await weighed(understood, {
    slots,
    known,
    intents,
    readAs: (intent, part = slots) => answerAs(intent, said, part, known),
  })
  return last || whole.kind !== 'query' ? whole : (lacksMeant(whole.query, said.said, slots) ?? whole)
}

/** 宏达装饰, after he was asked whose account he means: the question before, with what it lacked. */
async function withOpen({ said }: Message, known: Known): Promise<Understanding | undefined> {
  const { open, ...context } = known.context
  if (open === undefined) return undefined
  const text = `${open} ${said}`
  const whole = await understand(text, { ...known, context })
  if (whole.kind === 'missing') return { ...whole, open: text }
  return whole.kind === 'query' || whole.kind === 'ask' ? whole : undefined
}

/** So many of what was just spoken of, there and until then. */
const isEnough = (said: Message, slots: Slots, known: Known, last: BotQuery): Promise<Understanding> | Understanding =>
  known.may('stock.atp')
    ? fill({ intent: 'stock.atp', ...said, slots, known, base: last })
    : { kind: 'denied', intent: 'stock.atp' }

/** What no word points to may still be said as people say something: then he is asked whether he means that. */
async function likestOf(likeness: Likeness, said: Message, slots: Slots, known: Known): Promise<Understanding> {
  const [likest] = [...likeness].toSorted((a, b) => b[1] - a[1])
  if (!likest || likest[1] < worthAsking || slots.unknown !== '') return askIntent(slots, known)
  if (likest[0] === 'none') return likest[1] < idle ? askIntent(slots, known) : { kind: 'declined' }
  const guessed = await answerAs(likest[0], said, slots, known)
  return guessed.kind === 'query' && !leavesOut(guessed.query, slots)
    ? whichOf([guessed.query], known)
    : askIntent(slots, known)
}

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

/** Who delivers what others sell. */
const drives = ({ may }: Known): boolean => may('delivery.due') && !may('price.item')

function answerAs(wanted: Intent, said: Message, slots: Slots, known: Known): Promise<Understanding> | Understanding {
  // Where whoever drives has to go is what he delivers.
  if (wanted === 'crm.followups' && !known.may(wanted) && drives(known) && slots.days)
    return answerAs('delivery.due', said, slots, known)
  // Whoever drives there has the address of what he delivers, and no more of the customer.
  if (wanted === 'crm.profile' && !known.may(wanted) && known.may('delivery.status') && isAddress.test(said.message))
    return answerAs('delivery.status', said, slots, known)
  // The orders of whoever drives are those that he delivers.
  if (wanted === 'order.list' && drives(known) && /送|跑|拉/.test(said.message))
    return answerAs('delivery.due', said, slots, known)
  // Who delivers an order without seeing it is told of its delivery.
  const isDelivered = wanted === 'order.status' && !known.may(wanted) && slots.orderTail !== undefined
  // So many of it: whether there are so many.
  const isCounted = wanted === 'stock.item' && slots.amounts.quantities.length > 0 && slots.namesItem
  const intent = isDelivered ? 'delivery.status' : isCounted ? 'stock.atp' : wanted
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
  const again = withCarried(await fill({ intent, ...said, slots, known, base: last }), last, {
    slots,
    message: said.message,
    isChoosing: known.isChoosing === true,
  })
  const isSame = !known.isChoosing && again.kind === 'query' && JSON.stringify(again.query) === JSON.stringify(last)
  if (!isSame && again.kind !== 'missing' && again.kind !== 'unknown') return again
  const question = askIntent(slots, known)
  // Only what plainly goes on is a name that is not there; anything else was no question at all.
  return again.kind === 'unknown' && isFollowing && question.kind !== 'ask' ? again : question
}

/** The question that goes on, or each that it may be, with what still holds of the one before. */
function withCarried(again: Understanding, last: BotQuery, said: Parameters<typeof carriedOver>[2]): Understanding {
  if (again.kind === 'query') return { kind: 'query', query: carriedOver(again.query, last, said) }
  if (again.kind !== 'ask') return again
  return { ...again, choices: again.choices.map((one) => ({ ...one, query: carriedOver(one.query, last, said) })) }
}
