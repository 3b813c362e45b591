import { asked, type Asked, itemLabel, only, oneOrAsk, warehouseOf, withCustomer } from './pick.ts'
import type { BotQuery, QueryOf } from './query.ts'
import type { Understanding } from './understanding.ts'

type Draft = QueryOf<'quote.draft'> | QueryOf<'order.draft'>
type Lines = Draft['lines']

const usualHoldDays = 3
const holdDaysMax = 15

export const orderDraft = (ask: Asked): Understanding => {
  const { slots, known, base } = ask
  const { days } = slots
  const isOneDay = days !== undefined && days.from === days.to && days.from >= known.today
  const before = base?.intent === 'order.draft' ? base.promisedOn : undefined
  const promisedOn = isOneDay ? days.from : before
  return draft(ask, (goods) => ({ intent: 'order.draft', ...goods, promisedOn }))
}

export const quoteDraft = (ask: Asked): Understanding => {
  const { slots, message, base } = ask
  const isHeld = /留|预占|占住|\bhold\b|reserve/.test(message)
  const before = base?.intent === 'quote.draft' ? base.holdDays : undefined
  const holdDays = isHeld ? Math.min(slots.amounts.span ?? usualHoldDays, holdDaysMax) : before
  return draft(ask, (goods) => ({ intent: 'quote.draft', ...goods, holdDays }))
}

type Goods = Pick<Draft, 'customerId' | 'lines' | 'isCopy' | 'times' | 'basis' | 'warehouseId'>

/** A draft is never begun on a guess: what fits twice is asked first. */
function draft(ask: Asked, query: (goods: Goods) => BotQuery): Understanding {
  const { slots, message, base } = ask
  const begun = base?.intent === 'quote.draft' || base?.intent === 'order.draft' ? base : undefined
  const isCopy = /(?:跟|和|同|照|按|照着|按照)(?:上次|上一?[单张次]|上回)(?!.{0,2}价)|再来一[单张份]|same as last/.test(
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
    warehouseId: warehouseOf(ask),
  }
  const lines = withBegun(linesIn(ask), begun?.lines ?? [], ask)
  const customerId = only(slots.customers) ?? (slots.namesCustomer ? undefined : begun?.customerId)
  if (!customerId) return withCustomer(ask, (found) => query({ customerId: found, lines, ...more }))
  const unclear = slots.itemParts.find((part) => part.items.length !== 1)
  if (!unclear || unclear.items.length === 0) return asked(query({ customerId, lines, ...more }))
  const quantity = quantityOf(unclear.quantity)
  return oneOrAsk(
    'item',
    unclear.items.map(({ entry }) => ({
      label: itemLabel(entry),
      query: query({ customerId, lines: [...lines, { itemId: entry.id, ...quantity }], ...more }),
    })),
    unclear.named,
  )
}

/** The items that are clear, each with how much of it. */
const linesIn = ({ slots }: Asked): Lines =>
  slots.itemParts.flatMap(({ items, quantity }) =>
    items.length === 1 ? items.map(({ entry }) => ({ itemId: entry.id, ...quantityOf(quantity) })) : [],
  )

const quantityOf = (said: { n: string; unit?: string } | undefined): Partial<Lines[number]> =>
  said ? { quantity: { n: said.n, ...(said.unit ? { unit: said.unit } : {}) } } : {}

/** What goes on from a draft changes it: a quantity alone is that of the line that waits for one, or of the only line. */
function withBegun(said: Lines, begun: Lines, { slots }: Asked): Lines {
  const [quantity] = slots.amounts.quantities
  if (said.length === 0 && quantity) {
    const open = begun.find((line) => !line.quantity) ?? (begun.length === 1 ? begun[0] : undefined)
    return begun.map((line) => (line === open ? { itemId: line.itemId, ...quantityOf(quantity) } : line))
  }
  const kept = begun.map((line) => said.find(({ itemId }) => itemId === line.itemId) ?? line)
  return [...kept, ...said.filter(({ itemId }) => !begun.some((line) => line.itemId === itemId))]
}

function timesIn(message: string): number | undefined {
  if (/翻倍|翻一倍|加倍|double/.test(message)) return 2
  const found = /(?:翻)?([2-9])\s*倍/.exec(message)
  return found ? Number(found[1]) : undefined
}
