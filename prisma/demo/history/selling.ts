import { Decimal, fromBase, toMoney, toPrice, toQuantity, type UnitRatio } from '#contract'
import { addDays } from '#kernel/days'
import { instalments, standardTerms } from '#server/modules/parties'
import { goOut, unitCostOf } from '../../../server/modules/inventory/cost.model.ts'
import { type Amounts, amountsOf, netOf, shareBetween, totalsOf } from '../../../server/modules/sales/pricing.model.ts'
import { move, shares } from './receiving.ts'
import { audit, type Goods, nothing, type Party, type World } from './world.ts'

export const taxRate = '13'
export type Wanted = { goods: Goods; quantity: Decimal; price?: string }
type Line = {
  id: string
  goods: Goods
  quantity: Decimal
  amounts: Amounts
  delivered: Decimal
  row: Record<string, unknown>
}
export type Order = {
  id: string
  number: string
  party: Party
  orderedOn: string
  lines: Line[]
  gross: Decimal
  exposed: Decimal
  row: Record<string, unknown>
}

export const unitsOf = (goods: Goods): UnitRatio[] => [
  { unit: goods.baseUnit, numerator: 1, denominator: 1 },
  ...goods.units,
]

/** The tiers of the general price list: a little less from a full box on, and again from ten. */
export function tiersOf(goods: {
  listPrice: number
  cost: number
  code: string
  units: { numerator: number; denominator: number }[]
}): { from: number; price: string }[] {
  const box = Math.max(...goods.units.map((unit) => unit.numerator / unit.denominator))
  if (goods.cost / goods.listPrice > 0.7 || box < 20) return [{ from: 0, price: toPrice(goods.listPrice) }]
  const [one, ten] = goods.listPrice === 0.62 ? [0.58, 0.55] : [goods.listPrice * 0.95, goods.listPrice * 0.91]
  return [
    { from: 0, price: toPrice(goods.listPrice) },
    { from: box, price: toPrice(new Decimal(one).toDecimalPlaces(4)) },
    { from: box * 10, price: toPrice(new Decimal(ten).toDecimalPlaces(4)) },
  ]
}

/** A confirmed order: its stock is held, its customer's credit is used. */
export function order(world: World, day: string, party: Party, wanted: Wanted[]): Order {
  const at = world.clock.on(day)
  const id = world.clock.id()
  const number = world.clock.number('SO')
  const lines = wanted.map((one, i) => orderLine(world, id, one, i))
  const totals = totalsOf(lines.map((line) => line.amounts))
  const row = orderRow(world, { id, number, party, day, at, totals })
  world.rows.sales_order.push(row)
  party.ordered = party.ordered.plus(totals.gross)
  for (const line of lines) line.goods.reserved = line.goods.reserved.plus(line.quantity)
  audit(world, 'sales_order', id, 'submit', party.ownerId, at)
  audit(world, 'sales_order', id, 'confirm', party.ownerId, at)
  return { id, number, party, orderedOn: day, lines, gross: totals.gross, exposed: totals.gross, row }
}

function orderLine(world: World, orderId: string, { goods, quantity, price }: Wanted, i: number): Line {
  const tier = tiersOf(goods).findLast((one) => quantity.gte(one.from))!
  const agreed = price ?? tier.price
  const unitCost = unitCostOf(goods.worth)
  const amounts = amountsOf({
    quantity,
    rulePrice: new Decimal(tier.price),
    price: new Decimal(agreed),
    taxRate: new Decimal(taxRate),
    unitCost,
  })
  const id = world.clock.id()
  const row = {
    id,
    order_id: orderId,
    position: i + 1,
    item_id: goods.id,
    warehouse_id: world.warehouseId,
    entered: fromBase(quantity, unitsOf(goods)),
    quantity: toQuantity(quantity),
    rule_price: tier.price,
    price_rule: {
      kind: 'general',
      priceListId: world.generalListId,
      list: '标准价目表',
      level: null,
      minQuantity: String(tier.from),
      startsOn: null,
      endsOn: null,
      price: tier.price,
    },
    price: agreed,
    tax_rate: taxRate,
    net: toMoney(amounts.net),
    tax: toMoney(amounts.tax),
    gross: toMoney(amounts.gross),
    unit_cost: toPrice(unitCost),
    cost: toMoney(amounts.cost),
    price_note: '',
    reserved: toQuantity(quantity),
    delivered: '0',
    delivered_gross: '0.00',
    promised_on: null,
    custom: {},
  }
  world.rows.sales_order_line.push(row)
  return { id, goods, quantity, amounts, delivered: nothing, row }
}

const orderRow = (
  world: World,
  one: { id: string; number: string; party: Party; day: string; at: Date; totals: Amounts },
): Record<string, unknown> => ({
  id: one.id,
  number: one.number,
  customer_id: one.party.id,
  owner_id: one.party.ownerId,
  warehouse_id: world.warehouseId,
  state: 'confirmed',
  quotation_id: null,
  ordered_on: one.day,
  promised_on: null,
  term_code: one.party.term,
  currency: 'CNY',
  rate: '1',
  net_total: toMoney(one.totals.net),
  tax_total: toMoney(one.totals.tax),
  gross_total: toMoney(one.totals.gross),
  cost_total: toMoney(one.totals.cost),
  delivered_gross: '0.00',
  exposed: toMoney(one.totals.gross),
  backorder: false,
  reasons: [],
  approval_id: null,
  note: '',
  address: '',
  custom: {},
  version: 3,
  created_at: one.at,
  created_by: one.party.ownerId,
  submitted_at: one.at,
  confirmed_at: one.at,
})

/** Goods leave: `part` of what is left of every line, in whole units. */
export function deliver(world: World, day: string, sold: Order, part: number): void {
  const at = world.clock.on(day)
  const by = world.people.get('laozhao')
  const source = { id: world.clock.id(), number: world.clock.number('DN'), day, at, by }
  const sent = sold.lines
    .map((line) => ({
      line,
      quantity: part === 1 ? line.quantity.minus(line.delivered) : line.quantity.times(part).floor(),
    }))
    .filter(({ quantity }) => quantity.gt(0))
  if (sent.length === 0) return
  const shipped = sent.map(({ line, quantity }, i) => shipLine(world, source, line, quantity, i))
  const gross = shipped.reduce((all, one) => all.plus(one.gross), nothing)
  const cost = shipped.reduce((all, one) => all.plus(one.cost), nothing)
  world.rows.delivery.push({
    ...deliveryRow(world, sold, source, day),
    state: 'shipped',
    shipped_on: day,
    picker_id: by,
    gross_total: toMoney(gross),
    cost_total: toMoney(cost),
    signed_by: sold.party.shortName,
    signed_at: at,
    version: 3,
  })
  settleOrder(world, sold, gross, day)
  owe(world, sold, source, gross)
  audit(world, 'delivery', source.id, 'ship', by ?? '', at)
}

export const deliveryRow = (
  world: World,
  sold: Order,
  source: { id: string; number: string; at: Date; by: string | undefined },
  day: string,
): Record<string, unknown> => ({
  id: source.id,
  number: source.number,
  order_id: sold.id,
  customer_id: sold.party.id,
  owner_id: sold.party.ownerId,
  warehouse_id: world.warehouseId,
  planned_on: day,
  carrier: '',
  tracking_no: '',
  note: '',
  custom: {},
  created_at: source.at,
  created_by: source.by,
})

type Source = { id: string; number: string; day: string; at: Date; by: string | undefined }

function shipLine(
  world: World,
  source: Source,
  line: Line,
  quantity: Decimal,
  i: number,
): { gross: Decimal; cost: Decimal } {
  const { goods } = line
  const left = goOut(goods.worth, quantity)
  goods.worth = left.worth
  goods.onHand = goods.onHand.minus(quantity)
  goods.reserved = goods.reserved.minus(quantity)
  const { lots, serials } = takeParts(world, source, goods, quantity, left.cost)
  const after = line.delivered.plus(quantity)
  const gross = shareBetween(line.amounts.gross, line.quantity, line.delivered, after)
  const net = shareBetween(line.amounts.net, line.quantity, line.delivered, after)
  line.delivered = after
  Object.assign(line.row, {
    delivered: toQuantity(after),
    reserved: toQuantity(line.quantity.minus(after)),
    delivered_gross: toMoney(shareBetween(line.amounts.gross, line.quantity, nothing, after)),
  })
  world.rows.delivery_line.push({
    id: world.clock.id(),
    delivery_id: source.id,
    order_line_id: line.id,
    position: i + 1,
    item_id: goods.id,
    planned: toQuantity(quantity),
    picked: toQuantity(quantity),
    lots,
    serials,
    gross: toMoney(gross),
    net: toMoney(net),
    cost: toMoney(left.cost),
    net_cost: toMoney(netOf(left.cost, new Decimal(taxRate))),
    returned: '0',
    returned_gross: '0.00',
    returned_net: '0.00',
    returned_cost: '0.00',
    returned_net_cost: '0.00',
    custom: {},
  })
  return { gross, cost: left.cost }
}

type Taken = { lots: { lotId: string; lotCode: string; quantity: string }[]; serials: string[] }

/** The lots that end first, the serials that came first; each with its share of the cost. */
function takeParts(world: World, source: Source, goods: Goods, quantity: Decimal, cost: Decimal): Taken {
  if (goods.tracking === 'none') {
    move(world, source, 'delivery', goods, quantity.neg(), cost.neg(), null, null)
    return { lots: [], serials: [] }
  }
  if (goods.tracking === 'serial') {
    const taken = goods.serials.splice(0, quantity.toNumber())
    shares(cost, taken.length).forEach((share, i) =>
      move(world, source, 'delivery', goods, new Decimal(-1), share.neg(), null, taken[i]!.id),
    )
    const gone = new Set(taken.map((serial) => serial.id))
    for (const row of world.rows.serial)
      if (gone.has(String(row['id']))) Object.assign(row, { state: 'gone', warehouse_id: null })
    return { lots: [], serials: taken.map((serial) => serial.code) }
  }
  return { lots: takeLots(world, source, goods, quantity, cost), serials: [] }
}

function takeLots(world: World, source: Source, goods: Goods, quantity: Decimal, cost: Decimal): Taken['lots'] {
  let wanted = quantity
  let given = nothing
  const taken: Taken['lots'] = []
  for (const lot of goods.lots) {
    const part = Decimal.min(lot.left, wanted)
    if (part.lte(0)) continue
    lot.left = lot.left.minus(part)
    wanted = wanted.minus(part)
    const upTo = new Decimal(toMoney(cost.times(quantity.minus(wanted)).div(quantity)))
    move(world, source, 'delivery', goods, part.neg(), upTo.minus(given).neg(), lot.id, null)
    given = upTo
    taken.push({ lotId: lot.id, lotCode: lot.code, quantity: toQuantity(part) })
  }
  return taken
}

function settleOrder(world: World, sold: Order, gross: Decimal, day: string): void {
  sold.exposed = sold.exposed.minus(gross)
  sold.party.ordered = sold.party.ordered.minus(gross)
  const isWhole = sold.lines.every((line) => line.delivered.eq(line.quantity))
  const isOld = day < world.today.slice(0, 8)
  Object.assign(sold.row, {
    state: !isWhole ? 'partly_delivered' : isOld ? 'closed' : 'delivered',
    exposed: toMoney(sold.exposed),
    delivered_gross: toMoney(sold.gross.minus(sold.exposed)),
  })
}

/** Most pay within days; the late ones take their time. */
const paysOn = ({ luck }: World, party: Party, dueOn: string): string =>
  addDays(dueOn, luck.hit(party.lateness) ? luck.whole(10, 80) : luck.whole(0, 5))

/** What left is owed, in the parts of the customer's terms. */
function owe(world: World, sold: Order, source: Source, gross: Decimal): void {
  if (gross.lte(0)) return
  const { party } = sold
  const term = standardTerms.find((one) => one.code === party.term)!
  for (const part of instalments(term, gross, { orderedOn: sold.orderedOn, deliveredOn: source.day })) {
    const id = world.clock.id()
    const about = { source_document: 'delivery', source_id: source.id, source_number: source.number }
    world.rows.receivable.push({
      id,
      customer_id: party.id,
      ...about,
      order_id: sold.id,
      order_number: sold.number,
      amount: toMoney(part.amount),
      settled: '0.00',
      posted_on: source.day,
      due_on: part.dueOn,
    })
    world.rows.receivable_entry.push({
      id: world.clock.id(),
      customer_id: party.id,
      receivable_id: id,
      receipt_id: null,
      kind: 'delivery',
      amount: toMoney(part.amount),
      ...about,
      effective_on: source.day,
      recorded_at: source.at,
      by: source.by,
    })
    party.open.push({
      id,
      number: source.number,
      orderId: sold.id,
      left: part.amount,
      dueOn: part.dueOn,
      paysOn: paysOn(world, party, part.dueOn),
    })
    party.open.sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  }
  party.owed = party.owed.plus(gross)
}
