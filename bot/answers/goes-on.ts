import type { BotQuery, Intent } from './query.ts'
import type { Slots } from './slots.ts'

/** Whether a message that asks nothing by itself asks the last question anew. */
export const goesOnFrom = (last: BotQuery, slots: Slots, message: string): boolean =>
  namesSomething(slots) ||
  isOfDraft(last, slots) ||
  (last.intent === 'price.item' && isHowMany(last, slots)) ||
  (last.intent === 'ar.credit' && slots.amounts.quantities.length > 0) ||
  detailsOf[last.intent]?.test(message) === true

/** What else of a question can be said anew: which way goods went, how it was paid, from which end a list begins. */
const detailsOf: Partial<Record<Intent, RegExp>> = {
  'stock.moves': /[进出入]/,
  'ar.collections': /微信|支付宝|现金|转账|承兑/,
  'sales.rank': /只[看要]|倒|反过来|最[多少高低]|按/,
}

/** How many is an answer where a draft has just asked; it changes one that has not been confirmed, as a price or a discount does. */
export const isOfDraft = (last: BotQuery | undefined, { amounts }: Slots): boolean =>
  last !== undefined &&
  'lines' in last &&
  (amounts.quantities.length > 0 || amounts.prices.length > 0 || amounts.discount !== undefined)

/** So many, after what there is of something: whether there are so many. */
export const isHowMany = (last: BotQuery, { named, amounts }: Slots): boolean =>
  'itemIds' in last && last.intent !== 'stock.variant' && named === '' && amounts.quantities.length > 0

const namesSomething = ({ named, days, amounts, warehouses, colleagues, categories, orderTail }: Slots): boolean =>
  named !== '' ||
  days !== undefined ||
  amounts.span !== undefined ||
  amounts.limit !== undefined ||
  amounts.money !== undefined ||
  warehouses.length + colleagues.length + categories.length > 0 ||
  orderTail !== undefined
