import type { Asked } from './asked.ts'
import { lastItems } from './last-spoken.ts'
import { asked, itemLabel, oneOrAsk, only, warehouseOf, withCustomer } from './pick.ts'
import type { BotQuery, QueryOf } from './query.ts'
import type { Slots } from './slots.ts'
import type { Understanding } from './understanding.ts'

type Draft = QueryOf<'quote.draft'> | QueryOf<'order.draft'>
type Lines = Draft['lines']

const usualHoldDays = 3
const holdDaysMax = 15

/** 报价转成订单. */
export const turnsQuotation =
  /报价.{0,14}(?:转|变|改|生成|做)(?:成|为|个)?(?:了)?(?:正式)?的?(?:订单|销售单|单)|报价.{0,8}(?:同意|认可|接受|定下)了|\bquot(?:e|ation)\b.*\b(?:into|to) an? order/

export const orderDraft = (ask: Asked): Understanding => {
  const { slots, known, base } = ask
  const { days } = slots
  const isOneDay = days !== undefined && days.from === days.to && days.from >= known.today
  const before = base?.intent === 'order.draft' ? base.promisedOn : undefined
  const promisedOn = isOneDay ? days.from : before
  const ofQuotation = turnsQuotation.test(ask.message) ? (true as const) : undefined
  return draft(ask, (goods) => ({ intent: 'order.draft', ...goods, promisedOn, ofQuotation }))
}

export const quoteDraft = (ask: Asked): Understanding => {
  const { slots, message, base } = ask
  const isHeld =
    /留|预占|占(?:住|着|下|用)?(?=[\d一二两三四五六七八九十百])|占住|别.{0,6}(?:拿走|卖掉|卖了)|\bhold\b|reserve/.test(
      message,
    )
  const before = base?.intent === 'quote.draft' ? base.holdDays : undefined
  const holdDays = isHeld ? Math.min(slots.amounts.span ?? usualHoldDays, holdDaysMax) : before
  return draft(ask, (goods) => ({ intent: 'quote.draft', ...goods, holdDays }))
}

type Goods = Pick<Draft, 'customerId' | 'lines' | 'isCopy' | 'times' | 'basis' | 'discount' | 'unused' | 'warehouseId'>

const asDraft = (query: BotQuery | undefined): Draft | undefined =>
  query?.intent === 'quote.draft' || query?.intent === 'order.draft' ? query : undefined
/** 直接下单吧, after a quotation: an order of the same. */
const namesNothing = ({ named, itemParts, namesCustomer }: Slots): boolean =>
  named === '' && itemParts.length === 0 && !namesCustomer

/** A draft is never begun on a guess: what fits twice is asked first. */
function draft(ask: Asked, query: (goods: Goods) => BotQuery): Understanding {
  const { slots, message, base } = ask
  const begun = asDraft(base) ?? (namesNothing(slots) ? asDraft(ask.known.context.queries[0]) : undefined)
  const isCopy =
    /(?:跟|和|同|照|按|照着|按照).{0,8}(?:上次|上一?[单张次]|上回)(?!.{0,2}价)|再来一[单张份]|same as last/.test(
      message,
    )
      ? (true as const)
      : begun?.isCopy
  const more = {
    isCopy,
    times: isCopy ? timesIn(message) : undefined,
    basis: /老价格|老价|(?:上次|上回)(?:的|同)?价|同价|原价|old price|last price/.test(message)
      ? ('last' as const)
      : begun?.basis,
    discount: slots.amounts.discount ?? begun?.discount,
    warehouseId: warehouseOf(ask),
  }
  const lines = withBegun(linesIn(ask), begun?.lines ?? lastSpoken(ask), ask)
  const customerId = only(slots.customers) ?? (slots.namesCustomer ? undefined : begun?.customerId)
  const unclear = slots.itemParts.find((part) => part.items.length > 1)
  const whole = { lines, ...more, unused: unusedIn(ask, begun?.lines ?? [], lines.length === 0, unclear) }
  if (!customerId) return withCustomer(ask, (found) => query({ customerId: found, ...whole }))
  if (!unclear) return asked(query({ customerId, ...whole }))
  return oneOrAsk(
    'item',
    unclear.items.map(({ entry }) => ({
      label: itemLabel(entry),
      query: query({ customerId, ...whole, lines: [...lines, { itemId: entry.id, ...countsOf(unclear) }] }),
    })),
    unclear.named,
  )
}

/** 那给他下10套, after one item was spoken of: so many of that. */
function lastSpoken(ask: Asked): Lines {
  const { itemParts, amounts } = ask.slots
  const last = itemParts.length === 0 && amounts.quantities.length === 1 ? lastItems(ask) : []
  return last.length === 1 ? last.map((itemId) => ({ itemId })) : []
}

/** The items that are clear, each with how much of it, and for what. */
const linesIn = ({ slots }: Asked): Lines =>
  slots.itemParts.flatMap((part) =>
    part.items.length === 1 ? part.items.map(({ entry }) => ({ itemId: entry.id, ...countsOf(part) })) : [],
  )

type Counted = { n: string; unit?: string }
const bare = ({ n, unit }: Counted): Counted => ({ n, ...(unit ? { unit } : {}) })
const countsOf = ({ quantity, price }: { quantity?: Counted; price?: Counted }): Partial<Lines[number]> => ({
  ...(quantity ? { quantity: bare(quantity) } : {}),
  ...(price ? { price: bare(price) } : {}),
})

/** What goes on from a draft changes it: a quantity or a price alone is that of the line that waits for one, or of the only line. */
function withBegun(said: Lines, begun: Lines, { slots, known, isCorrection }: Asked): Lines {
  const [only] = said
  if (isCorrection && only && said.length === 1) {
    const nameOf = (id: string): string | undefined => known.items.of(id)?.name
    const wrong = begun.length === 1 ? begun[0] : begun.find(({ itemId }) => nameOf(itemId) === nameOf(only.itemId))
    if (wrong) return begun.map((line) => (line === wrong ? { ...line, ...only } : line))
  }
  const [quantity] = slots.amounts.quantities
  const [price] = slots.amounts.prices
  if (said.length === 0 && (quantity || price)) {
    const open = quantity && begun.find((line) => !line.quantity)
    const meant = open ?? (begun.length === 1 ? begun[0] : undefined)
    return begun.map((line) => (line === meant ? { ...line, ...countsOf({ quantity, price }) } : line))
  }
  const again = (line: Lines[number]) => said.find(({ itemId }) => itemId === line.itemId)
  // 改50副，再加…: what stands before any name is of the line that is there.
  const [loose] = looseQuantities(slots)
  const changed = begun.length === 1 && loose ? { quantity: bare(loose) } : {}
  return [
    ...begun.map((line) => ({ ...line, ...changed, ...again(line) })),
    ...said.filter(({ itemId }) => !begun.some((line) => line.itemId === itemId)),
  ]
}

/** Quantities that belong to no item that is named. */
const looseQuantities = ({ amounts, itemParts }: Slots, isEmpty = false) =>
  itemParts.length === 0 && !isEmpty
    ? []
    : amounts.quantities.filter((one) => itemParts.every((part) => part.quantity !== one))

const terms =
  /(?:不含|别含|不要含|未|除|去)税|包邮|(?:包|含|免|带|加|算)上?(?:运费|邮费?)|货到付款|开(?:专|普)?票|(?:少|便宜|让|抹)(?:掉|个)?\d+(?:块|元|毛)/g
const unusedMax = 80

/** What he said that the draft does not hold: he is told, and nothing of it is lost quietly. */
function unusedIn(
  { slots, message }: Asked,
  begun: Lines,
  isEmpty: boolean,
  unclear: Slots['itemParts'][number] | undefined,
) {
  const { itemParts, amounts, unknown, unread } = slots
  const isOfLine = itemParts.length > 0 || begun.length === 1
  const priced = itemParts.filter((part) => part.price).length
  const words = [
    ...itemParts.flatMap((part) => (part.items.length !== 1 && part !== unclear ? [part.named] : [])),
    ...(isOfLine && (itemParts.length === 0 || priced >= amounts.prices.length)
      ? []
      : amounts.prices.map(({ n }) => n)),
    ...looseQuantities(slots, isEmpty)
      .slice(begun.length === 1 ? 1 : 0)
      .map(({ n, unit = '' }) => n + unit),
    unknown,
    unread,
    ...(message.match(terms) ?? []),
  ]
  const said = [...new Set(words.flatMap((one) => one.split(' ')).filter((one) => one.length > 0))].join('、')
  return said === '' ? undefined : said.slice(0, unusedMax)
}

function timesIn(message: string): number | undefined {
  if (/翻倍|翻一倍|加倍|double/.test(message)) return 2
  const found = /(?:翻)?([2-9])\s*倍/.exec(message)
  return found ? Number(found[1]) : undefined
}
