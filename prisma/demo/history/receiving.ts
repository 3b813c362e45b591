import { Decimal, toMoney, toPrice, toQuantity } from '#contract'
import { addDays } from '#kernel/days'
import { comeIn } from '../../../server/modules/inventory/cost.model.ts'
import { type Goods, nothing, type World } from './world.ts'

export type Arrival = {
  goods: Goods
  quantity: Decimal
  unitCost: Decimal
  /** Fixed for the stories; made up otherwise. */
  lot?: { code: string; expiresOn: string }
}

/** Goods that come in on a day: the document, its moves, lots and serials, and what they are worth. */
export function receive(world: World, day: string, kind: 'opening' | 'purchase', arrivals: Arrival[]): void {
  const at = world.clock.on(day)
  const id = world.clock.id()
  const number = world.clock.number('GR')
  const by = world.people.get('laozhao')
  world.rows.goods_receipt.push(
    receiptRow(world, { id, number, kind, at, by, state: 'received', expectedOn: null, receivedOn: day }),
  )
  arrivals.forEach((arrival, i) => receiveLine(world, { id, number, day, at, by, kind }, arrival, i))
}

/** Goods that are on the way. */
export function expect(world: World, orderedOn: string, expectedOn: string, arrivals: Arrival[]): void {
  const at = world.clock.on(orderedOn)
  const id = world.clock.id()
  const receipt = {
    id,
    number: world.clock.number('GR'),
    kind: 'purchase',
    at,
    by: world.people.get('zhoumin'),
    state: 'expected',
    expectedOn,
    receivedOn: null,
  }
  world.rows.goods_receipt.push(receiptRow(world, receipt))
  arrivals.forEach(({ goods, quantity, unitCost }, i) => {
    world.rows.goods_receipt_line.push({
      ...lineRow(world, id, goods, quantity, unitCost, i),
      lot_code: null,
      expires_on: null,
      serials: [],
    })
  })
}

type Receipt = {
  id: string
  number: string
  kind: string
  at: Date
  by: string | undefined
  state: string
  expectedOn: string | null
  receivedOn: string | null
}

const receiptRow = (world: World, receipt: Receipt): Record<string, unknown> => ({
  id: receipt.id,
  number: receipt.number,
  kind: receipt.kind,
  state: receipt.state,
  supplier_id: receipt.kind === 'opening' ? null : world.luck.pick(world.suppliers).id,
  warehouse_id: world.warehouseId,
  expected_on: receipt.expectedOn,
  received_on: receipt.receivedOn,
  note: '',
  custom: {},
  version: receipt.state === 'received' ? 2 : 1,
  created_at: receipt.at,
  created_by: receipt.by,
})

type Source = {
  id: string
  number: string
  day: string
  at: Date
  by: string | undefined
  kind: 'opening' | 'purchase'
}

function receiveLine(world: World, source: Source, { goods, quantity, unitCost, lot }: Arrival, i: number): void {
  const value = new Decimal(toMoney(quantity.times(unitCost)))
  const { worth } = comeIn(goods.worth, quantity, value)
  goods.worth = worth
  goods.onHand = goods.onHand.plus(quantity)
  const kept = goods.tracking === 'lot' ? keepLot(world, source.day, goods, quantity, lot) : undefined
  const serials = goods.tracking === 'serial' ? keepSerials(world, goods, quantity.toNumber()) : []
  world.rows.goods_receipt_line.push({
    ...lineRow(world, source.id, goods, quantity, unitCost, i),
    lot_code: kept?.code ?? null,
    expires_on: kept?.expiresOn ?? null,
    serials: serials.map((serial) => serial.code),
  })
  const kind = source.kind === 'opening' ? 'opening' : 'receipt'
  if (serials.length === 0) move(world, source, kind, goods, quantity, value, kept?.id ?? null, null)
  else
    shares(value, serials.length).forEach((share, n) =>
      move(world, source, kind, goods, new Decimal(1), share, null, serials[n]!.id),
    )
}

const lineRow = (
  world: World,
  receiptId: string,
  goods: Goods,
  quantity: Decimal,
  unitCost: Decimal,
  i: number,
): Record<string, unknown> => ({
  id: world.clock.id(),
  goods_receipt_id: receiptId,
  position: i + 1,
  item_id: goods.id,
  entered: [{ unit: goods.baseUnit, quantity: toQuantity(quantity) }],
  quantity: toQuantity(quantity),
  unit_cost: toPrice(unitCost),
  custom: {},
})

function keepLot(
  world: World,
  day: string,
  goods: Goods,
  quantity: Decimal,
  told?: { code: string; expiresOn: string },
): Goods['lots'][number] {
  const made = {
    id: world.clock.id(),
    code: `L${day.replaceAll('-', '').slice(2)}`,
    expiresOn: addDays(day, 270),
    left: quantity,
    ...told,
  }
  goods.lots.push(made)
  goods.lots.sort((a, b) => (a.expiresOn < b.expiresOn ? -1 : 1))
  world.rows.lot.push({
    id: made.id,
    item_id: goods.id,
    code: made.code,
    made_on: addDays(day, -15),
    expires_on: made.expiresOn,
    received_on: day,
  })
  return made
}

function keepSerials(world: World, goods: Goods, count: number): Goods['serials'] {
  const first = world.rows.serial.filter((row) => row['item_id'] === goods.id).length
  const made = Array.from({ length: count }, (_, i) => ({
    id: world.clock.id(),
    code: `${goods.code}-${String(first + i + 1).padStart(5, '0')}`,
  }))
  goods.serials.push(...made)
  for (const { id, code } of made)
    world.rows.serial.push({ id, item_id: goods.id, code, state: 'in_stock', warehouse_id: world.warehouseId })
  return made
}

/** A line of the stock ledger. */
export function move(
  world: World,
  source: { id: string; number: string; day: string; at: Date; by: string | undefined },
  kind: string,
  goods: Goods,
  quantity: Decimal,
  cost: Decimal,
  lotId: string | null,
  serialId: string | null,
): void {
  world.rows.stock_move.push({
    id: world.clock.id(),
    item_id: goods.id,
    warehouse_id: world.warehouseId,
    lot_id: lotId,
    serial_id: serialId,
    quantity: toQuantity(quantity),
    cost: toMoney(cost),
    kind,
    source_document: kind === 'delivery' ? 'delivery' : 'goods_receipt',
    source_id: source.id,
    source_number: source.number,
    effective_on: source.day,
    recorded_at: source.at,
    by: source.by,
  })
}

/** An amount in parts that add up to it: each ends at a rounded share of the whole. */
export function shares(amount: Decimal, parts: number): Decimal[] {
  const upTo = (n: number): Decimal => new Decimal(toMoney(amount.times(n).div(parts)))
  return Array.from({ length: parts }, (_, i) => upTo(i + 1).minus(i === 0 ? nothing : upTo(i)))
}
