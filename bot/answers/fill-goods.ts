import { addDays, daysBetween } from '#kernel/days'
import { daysOf, stillToCome } from './days-meant.ts'
import { familyOf, isOneKind } from './family.ts'
import { carried, lastItems } from './last-spoken.ts'
import { sortedIn } from './manner.ts'
import { bestMatches, type Candidate, isOfName } from './match.ts'
import type { Asked } from './asked.ts'
import {
  asked,
  categoryOf,
  choose,
  itemLabel,
  oneOfLast,
  oneOrAsk,
  only,
  quantityOf,
  warehouseOf,
  withItem,
} from './pick.ts'
import { stockFamilyMax } from './query-parts.ts'
import type { BotQuery } from './query.ts'
import type { Slots } from './slots.ts'
import type { Understanding } from './understanding.ts'

const defaultIdleDays = 90
const defaultExpiryDays = 30

export function stockItem(ask: Asked): Understanding {
  const { slots, known, base } = ask
  const isOfWarehouse = slots.items.length === 0 && !slots.namesItem && slots.unknown + slots.strange === ''
  if (isOfWarehouse && slots.warehouses.length === 1 && lastItems(ask).length === 0) return stockWarehouse(ask)
  const before = base && 'day' in base ? base.day : undefined
  const day = slots.days ? (slots.days.to < known.today ? slots.days.to : undefined) : before
  const where = { warehouseId: warehouseOf(ask), day }
  const itemIds = (isOneKind(ask) ? familyOf(ask) : undefined) ?? allOfEach(ask)
  if (itemIds && itemIds.length <= stockFamilyMax) return asked({ intent: 'stock.item', itemIds, ...where })
  return severalItems(ask, 5, (...itemIds) => ({ intent: 'stock.item', itemIds, ...where }))
}

/** 电锤和合页各有多少: all that each of several names fits. */
function allOfEach(ask: Asked): string[] | undefined {
  const { items, itemParts } = ask.slots
  if (items.length > 0 || !areApart(ask) || itemParts.some((part) => part.items.length === 0)) return undefined
  return itemParts.flatMap((part) => part.items.map(({ entry }) => entry.id))
}

/** Whether several items are named, and not one by several words. */
const areApart = ({ slots: { itemParts }, message }: Asked): boolean =>
  itemParts.length > 1 && (/各|分别|都/.test(message) || itemParts.slice(1).every((part) => part.isApart))

export function stockAtp(ask: Asked): Understanding {
  const { slots, known } = ask
  const days = slots.days && stillToCome(slots.days, known.today)
  const by = slots.days ? (days && days.to >= known.today ? days.to : undefined) : carried(ask, 'by')
  const before = ask.base?.intent === 'stock.atp' ? ask.base.quantity : undefined
  // So many of this and so many of that is more than one figure: then what there is of each.
  const isOne = slots.amounts.quantities.length < 2 || slots.itemParts.length < 2
  const more = { quantity: isOne ? (quantityOf(ask) ?? before) : undefined, by, warehouseId: warehouseOf(ask) }
  return severalItems(ask, 5, (...itemIds) => ({ intent: 'stock.atp', itemIds, ...more }))
}

/** Several items at once: those that are clear are kept while the first that is not is asked for. */
export function severalItems(ask: Asked, max: number, query: (...itemIds: string[]) => BotQuery): Understanding {
  const { slots } = ask
  const parts = slots.itemParts
  const isSeveral = parts.length <= max && areApart(ask) && parts.every((part) => part.items.length > 0)
  if (slots.items.length === 0 && isSeveral) return severalOf(parts, query)
  const last = lastItems(ask)
  if (slots.items.length === 0 && !slots.namesItem && slots.named === '' && slots.strange === '' && last.length > 0)
    return last.length > max ? oneOfLast(ask, last, (itemId) => query(itemId)) : asked(query(...last))
  return withItem(ask, (itemId) => query(itemId))
}

function severalOf(parts: Slots['itemParts'], query: (...itemIds: string[]) => BotQuery): Understanding {
  const clear = parts.flatMap((part) => (part.items.length === 1 ? part.items.map(({ entry }) => entry.id) : []))
  const unclear = parts.find((part) => part.items.length > 1)
  if (!unclear) return asked(query(...clear))
  return oneOrAsk(
    'item',
    unclear.items.map(({ entry }) => ({ label: itemLabel(entry), query: query(...clear, entry.id) })),
    unclear.named,
  )
}

export function stockWarehouse(ask: Asked): Understanding {
  const { limit } = ask.slots.amounts
  // 库存前20 are those of which there are most.
  const order = sortedIn(ask.message)
  const sorted =
    order === 'asc' ? order : order === 'desc' || limit || /数量多|库存多|最多/.test(ask.message) ? 'desc' : undefined
  const more = { category: categoryOf(ask), sorted, limit } as const
  const before = warehouseOf(ask)
  if (ask.slots.warehouses.length === 0 && before)
    return asked({ intent: 'stock.warehouse', warehouseId: before, ...more })
  return choose(ask, 'warehouse', ask.slots.warehouses, (entry) => ({
    label: entry.name,
    query: { intent: 'stock.warehouse', warehouseId: entry.id, ...more },
  }))
}

export function stockLot(ask: Asked): Understanding {
  const { slots } = ask
  const more = { warehouseId: warehouseOf(ask), quantity: quantityOf(ask) }
  const code = slots.lotCode
  if (code && slots.items.length !== 1) return asked({ intent: 'stock.lot', code, itemIds: familyOf(ask), ...more })
  return withItem(ask, (itemId) => ({ intent: 'stock.lot', itemId, code, ...more }))
}

/** All that is called by the first name in a message, where nothing has all the sizes and colours that are named together. */
const ofName = ({ slots: { itemParts }, known }: Asked): readonly Candidate[] =>
  itemParts
    .flatMap((part) => part.named.split(' '))
    .filter((word) => isOfName(word, known.items))
    .map((word) => bestMatches([word], known.items))
    .slice(0, 1)
    .flat()

/** Items of one name are a family: it is shown as a whole, with what was named of it first. */
export function stockVariant(ask: Asked): Understanding {
  const { itemParts } = ask.slots
  const parts = itemParts.flatMap((part) => part.items)
  const items = [ask.slots.items, parts, ofName(ask)].find((found) => found.length > 0) ?? []
  const warehouseId = warehouseOf(ask)
  const [first] = items
  const isFamily = first && items.every(({ entry }) => entry.name === first.entry.name)
  if (!isFamily) return withItem(ask, (itemId) => ({ intent: 'stock.variant', itemId, itemIds: [itemId], warehouseId }))
  const itemIds = items.slice(0, 50).map(({ entry }) => entry.id)
  return asked({ intent: 'stock.variant', itemId: first.entry.id, itemIds, warehouseId })
}

export function stockInTransit(ask: Asked): Understanding {
  const { slots } = ask
  const { today } = ask.known
  const { span } = slots.amounts
  const isLate = /超过|晚了?|迟了?|拖了?/.test(ask.message)
  const within = span === undefined || isLate ? daysOf(ask) : { from: today, to: addDays(today, span) }
  const days = slots.days ? stillToCome(slots.days, today) : within
  const more = { supplierId: only(slots.suppliers), warehouseId: warehouseOf(ask), ...days }
  const itemIds = familyOf(ask)
  if (itemIds) return asked({ intent: 'stock.in_transit', itemIds, ...more })
  const category = slots.items.length === 0 ? only(slots.categories) : undefined
  if (category) return asked({ intent: 'stock.in_transit', category, ...more })
  const isAll =
    slots.items.length === 0 &&
    !slots.namesItem &&
    (slots.suppliers.length > 0 || slots.warehouses.length > 0 || slots.days)
  if (isAll) return asked({ intent: 'stock.in_transit', ...more })
  const isEverything = slots.named === '' && lastItems(ask).length === 0
  if (isEverything) return asked({ intent: 'stock.in_transit', ...more })
  return withItem(ask, (itemId) => ({ intent: 'stock.in_transit', itemId, ...more }))
}

export const stockLow = (ask: Asked): Understanding =>
  asked({
    intent: 'stock.low',
    warehouseId: warehouseOf(ask),
    category: categoryOf(ask),
    limit: ask.slots.amounts.limit,
  })

/** 8月起没动过: for as long as those days have lasted. */
function idleSince({ slots: { days }, known: { today } }: Asked): number | undefined {
  return days && days.from < today && days.to >= today ? daysBetween(days.from, today) : undefined
}

export const stockSlow = (ask: Asked): Understanding =>
  asked({
    intent: 'stock.slow',
    idleDays:
      ask.slots.amounts.span ??
      idleSince(ask) ??
      (ask.base?.intent === 'stock.slow' ? ask.base.idleDays : defaultIdleDays),
    warehouseId: warehouseOf(ask),
    category: categoryOf(ask),
    limit: ask.slots.amounts.limit,
  })

export function stockMoves(ask: Asked): Understanding {
  const { slots, message } = ask
  const before = ask.base?.intent === 'stock.moves' ? ask.base : undefined
  const direction = /出入|进出|流水|进了?(?:多少|几).{0,3}(?:卖|出|走)/.test(message)
    ? undefined
    : /出了|出的|出去|出库|出货|发出|发了|(?:发|送|运|拉)(?:走|掉)|\bwent out\b|\bleft\b|\bgone out\b/.test(message)
      ? 'out'
      : /入了|入的|进的|入没入|入库|进了|收了|收货|进货|采购|\bc[ao]me in\b|\breceived?\b/.test(message)
        ? 'in'
        : before && /进|入/.test(message)
          ? 'in'
          : before && /出/.test(message)
            ? 'out'
            : before?.direction
  const more = { warehouseId: warehouseOf(ask), direction, ...daysOf(ask) } as const
  const isOfLast = lastItems(ask).length > 0 && !/货|哪|什么|啥|所有|全部/.test(message)
  const isOfWarehouse =
    slots.items.length === 0 &&
    !slots.namesItem &&
    (slots.warehouses.length > 0 ||
      (before && !before.itemId) ||
      (slots.days !== undefined && slots.named === '' && !isOfLast))
  if (isOfWarehouse) return asked({ intent: 'stock.moves', ...more })
  return withItem(ask, (itemId) => ({ intent: 'stock.moves', itemId, ...more }))
}

export function stockExpiring(ask: Asked): Understanding {
  const { slots, message } = ask
  const isExpired =
    /过期了|过期(?:没|未)|过了?(?:保质期|有效期|效期)|已经?过期|已经?过了|过期的(?:批|货|还|没|吗|有|$)|过期没处理|\bexpired\b/.test(
      message,
    ) &&
    !/快过期|[要会内]过期/.test(message) &&
    !(slots.days && slots.days.to > ask.known.today)
  const more = {
    warehouseId: warehouseOf(ask),
    category: categoryOf(ask),
    ...(isExpired ? { isExpired, ...slotDays(slots) } : daysToExpire(ask)),
  }
  if (slots.items.length === 0 && !slots.namesItem) return asked({ intent: 'stock.expiring', ...more })
  const itemIds = familyOf(ask, 1)
  if (itemIds) return asked({ intent: 'stock.expiring', itemIds, ...more })
  return withItem(ask, (itemId) => ({ intent: 'stock.expiring', itemId, ...more }))
}

const slotDays = ({ days }: Slots) => days && { from: days.from, to: days.to }

/** Days that have begun end there; those that still come are asked for by themselves. 近三个月 is ahead where something is to expire. */
function daysToExpire({ slots, known: { today } }: Asked) {
  const { days, amounts } = slots
  if (!days && amounts.span !== undefined && amounts.spanMost !== undefined)
    return { from: addDays(today, amounts.span), to: addDays(today, amounts.spanMost) }
  if (!days) return { withinDays: amounts.span ?? defaultExpiryDays }
  if (days.isBefore && days.to >= today) return { withinDays: daysBetween(today, days.to) }
  if (days.from > today || days.to < today) return slotDays(slots)
  return {
    withinDays: daysBetween(...(days.to === today ? ([days.from, today] as const) : ([today, days.to] as const))),
  }
}
