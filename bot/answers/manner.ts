import type { BotQuery, Intent } from './query.ts'
import type { Slots } from './slots.ts'

/**
 * How something is to be told, said beside what it is about: from which end a list begins, what is not wanted. An answer that does not hold it
 * says another thing than what was asked, often its opposite.
 */
type Manner = { words: RegExp; heldBy: (query: BotQuery, slots: Slots) => boolean }

const anyOf = (words: string): RegExp => new RegExp(words.trim().split(/\s+/).join('|'))
const isOne =
  (...intents: readonly Intent[]) =>
  (query: BotQuery): boolean =>
    intents.includes(query.intent)
const isOrdered = (query: BotQuery, order: 'asc' | 'desc'): boolean =>
  ('order' in query && query.order === order) || ('sorted' in query && query.sorted === order)

/** What is kept word for word, or shown line by line before anything is done. */
const isKept = isOne('crm.log', 'owner.remind', 'quote.draft', 'order.draft', 'help')

const smallestFirst = anyOf(String.raw`
  最少(?![要得有能也\d]) 最小 最低(?!库存|价) 最差 垫底 倒数 倒序 倒着 倒过来 升序 [从由][小少低]到[大多高] [小少低]的(?:在前|排前|先)
  \bfewest\b \bsmallest\b \blowest\b \bascending\b \bbottom\b`)
const largestFirst = anyOf(String.raw`
  降序 [从由][大多高]到[小少低] [大多高]的(?:在前|排前|先) \b(?:largest|biggest|highest).first\b \bdescending\b`)
const oldestFirst = anyOf(String.raw`最早 最老 最旧 \boldest\b \bearliest\b`)
const longestFirst = anyOf(String.raw`最久 最长 久的(?:在前|排前|先) \blongest\b`)
// 特别, 性别 and 没到期的别算 leave nothing out; 要不要 asks.
const notWanted = anyOf(String.raw`
  (?<![特差分类级性告]|[没未]到期的)别(?=列|算|说|报|给|看|提|发(?!错)|推|管|把|再|放|包)
  (?<!要)不[要用](?=列|算|报|给|看|了|再|发|推|包|管|把|放|那|这) (?<![没未]到期的)甭
  (?<![看含])不(?:看|列|报|查|管(?!怎|是)|计入|统计|考虑) 不算 不含(?!税) 不包括
  除[了开去外] 以外 之外 去掉 剔除 刨[去掉除] 排除 忽略 \bexcept\b \bexclud \bwithout\b`)
const takenBack = anyOf(String.raw`撤[了掉销] 取消 退订 \bcancel`)

/** The greatest gap is where least is left. */
const isOfGap = /缺口|缺得/

/** Lists that begin with what has waited longest. */
const isOldestFirst = isOne(
  'stock.lot',
  'stock.expiring',
  'stock.slow',
  'stock.in_transit',
  'delivery.due',
  'ar.overdue',
  'ar.ageing',
  'ar.due',
  'ar.customer',
  'ap.payable',
)
/** Whether a list of what is overdue begins with the greatest amount. */
const isOtherwise = (query: BotQuery): boolean =>
  query.intent === 'ar.overdue' && query.customerId === undefined && query.sorted !== 'oldest'

const manners: readonly Manner[] = [
  {
    words: smallestFirst,
    heldBy: (query, { asking }) =>
      isOrdered(query, 'asc') ||
      isOne('alert.subscribe')(query) ||
      (isOne('stock.low')(query) && !isOfGap.test(asking)),
  },
  {
    words: largestFirst,
    heldBy: (query, { asking }) =>
      isOrdered(query, 'desc') ||
      (isOne('ar.overdue', 'ar.ageing', 'stock.slow')(query) && !isOrdered(query, 'asc')) ||
      (isOne('stock.low')(query) && isOfGap.test(asking)),
  },
  {
    words: oldestFirst,
    heldBy: (query) => isOldestFirst(query) && !isOtherwise(query),
  },
  {
    words: longestFirst,
    heldBy: (query) => !isOtherwise(query),
  },
  {
    words: notWanted,
    heldBy: (query, { amounts }) =>
      amounts.isLeftOut === true ||
      'without' in query ||
      ('only' in query && query.only === 'valid') ||
      (query.intent === 'alert.subscribe' && query.action === 'cancel') ||
      query.intent === 'stock.atp',
  },
  {
    words: takenBack,
    heldBy: (query) =>
      ('only' in query && (query.only === 'cancelled' || query.only === 'valid')) ||
      (query.intent === 'alert.subscribe' && query.action === 'cancel'),
  },
]

/** From which end a list is to begin, where one is said. */
export function sortedIn(message: string): 'asc' | 'desc' | 'oldest' | undefined {
  if (longestFirst.test(message) || oldestFirst.test(message)) return 'oldest'
  if (smallestFirst.test(message)) return 'asc'
  return largestFirst.test(message) ? 'desc' : undefined
}

/** Whether a query does not hold in which manner it was asked. */
export const losesManner = (query: BotQuery, slots: Slots): boolean =>
  !isKept(query) &&
  ((slots.share !== undefined && !holdsShare(query)) ||
    manners.some(({ words, heldBy }) => words.test(slots.asking) && !heldBy(query, slots)))

/** Taxes and discounts are shares as well, and are told with a price. */
const holdsShare = (query: BotQuery): boolean =>
  isOne('price.item', 'price.last')(query) ||
  (query.intent === 'target.progress' && (query.reachedUnder ?? query.reachedOver) !== undefined)
