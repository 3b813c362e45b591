import type { BotQuery, Intent } from './query.ts'
import type { Slots } from './slots.ts'

/** Whether a message that asks nothing by itself asks the last question anew. */
export const goesOnFrom = (last: BotQuery, slots: Slots, message: string): boolean =>
  namesSomething(slots) ||
  isOfDraft(last, slots) ||
  (last.intent === 'price.item' && isHowMany(last, slots)) ||
  (last.intent === 'ar.credit' && slots.amounts.quantities.length > 0) ||
  isDetail(last, message)

/** What else of a question can be said anew: which way goods went, how it was paid, from which end a list begins. */
export const isDetail = (last: BotQuery, message: string): boolean => detailsOf[last.intent]?.test(message) === true
const detailsOf: Partial<Record<Intent, RegExp>> = {
  'stock.moves': /[进出入]/,
  'ar.collections': /微信|支付宝|现金|转账|承兑/,
  'order.list': /(?:没|未|待)[审批]|草稿|驳回|作废|没[完发交]|以[上下]|超过/,
  'ar.overdue': /以[上下内]|超过|不到|低于|在前|最[多少久小大]|[从由].到/,
  'delivery.due': /^(?:那)?(?:逾期|晚|延误|过期|拖)(?:了|着)?的?呢?$/,
  'sales.rank': /最[差好]|只[看要]|倒|反过来|最[多少高低]|按/,
}

/** How many is an answer where a draft has just asked; it changes one that has not been confirmed, as a price or a discount does. */
export const isOfDraft = (last: BotQuery | undefined, { amounts }: Slots): boolean =>
  last !== undefined &&
  'lines' in last &&
  (amounts.quantities.length > 0 || amounts.prices.length > 0 || amounts.discount !== undefined)

const adds = /^(?:那|再|另外|还|也|把)*(?:加|添|补|来|要|改|换|减|去掉|拿掉)/
const isAsked = /还有|多少|几|吗|没|么|库存|[?？]|下单|开单|报价|报个|询价/
const shortest = 8
/** 再加50支黑的, 后天送: a draft that has not been confirmed is changed, and no other begun. */
export const goesOnWithDraft = (last: BotQuery, slots: Slots, message: string): boolean =>
  'lines' in last &&
  !slots.namesCustomer &&
  slots.orderTail === undefined &&
  !isAsked.test(message) &&
  ((slots.amounts.quantities.length > 0 && adds.test(message)) ||
    (slots.days !== undefined && slots.named === '' && message.length <= shortest))

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
