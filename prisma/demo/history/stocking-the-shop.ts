import { Decimal, toMoney, toQuantity } from '#contract'
import { comeIn, goOut } from '../../../server/modules/inventory/cost.model.ts'
import { audit, available, type Goods, type World } from './world.ts'

const kindsMax = 40
/** So much of a month's sale lies in the shop. */
const share = 0.2

/** What sells well is sent to the shop and received there: a transfer that is over, and its moves. */
export function stockTheShop(world: World): void {
  const sent = world.goods
    .filter((goods) => !goods.isStory && goods.tracking === 'none')
    .map((goods) => ({ goods, quantity: wholePacks(goods) }))
    .filter(({ goods, quantity }) => quantity.gt(0) && quantity.lte(available(goods).div(2)))
    .slice(0, kindsMax)
  const at = world.clock.on(world.today)
  const by = world.people.get('laozhao')!
  const transfer = { id: world.clock.id(), number: world.clock.number('TR') }
  world.rows.stock_transfer.push({
    ...transfer,
    state: 'received',
    from_id: world.warehouseId,
    to_id: world.shopId,
    sent_on: world.today,
    received_on: world.today,
    note: '',
    custom: {},
    version: 3,
    created_at: at,
    created_by: by,
  })
  for (const action of ['create', 'send', 'receive']) audit(world, 'stock_transfer', transfer.id, action, by, at)
  const moved = sent.map(({ goods, quantity }, position) => ({
    goods,
    quantity,
    cost: move(goods, quantity),
    position,
  }))
  for (const { goods, quantity, cost, position } of moved)
    world.rows.stock_transfer_line.push({
      id: world.clock.id(),
      stock_transfer_id: transfer.id,
      position,
      item_id: goods.id,
      entered: [{ unit: goods.baseUnit, quantity: toQuantity(quantity) }],
      quantity: toQuantity(quantity),
      lots: [],
      serial_ids: [],
      cost: toMoney(cost),
      custom: {},
    })
  for (const [kind, warehouseId, sign] of [
    ['transfer_out', world.warehouseId, -1],
    ['transfer_in', world.shopId, 1],
  ] as const)
    for (const { goods, quantity, cost } of moved)
      world.rows.stock_move.push({
        id: world.clock.id(),
        item_id: goods.id,
        warehouse_id: warehouseId,
        lot_id: null,
        serial_id: null,
        quantity: toQuantity(quantity.times(sign)),
        cost: toMoney(cost.times(sign)),
        kind,
        source_document: 'stock_transfer',
        source_id: transfer.id,
        source_number: transfer.number,
        effective_on: world.today,
        recorded_at: at,
        by,
      })
}

function wholePacks({ units, monthly }: Goods): Decimal {
  const smallest = units[0]
  const pack = smallest ? smallest.numerator / smallest.denominator : 1
  return new Decimal(Math.round((monthly * share) / pack)).times(pack)
}

/** Takes it out of the main warehouse and puts it into the shop, at the value that it has. */
function move(goods: Goods, quantity: Decimal): Decimal {
  const { worth, cost } = goOut(goods.worth, quantity)
  goods.worth = comeIn(worth, quantity, cost).worth
  goods.onHand = goods.onHand.minus(quantity)
  goods.inShop = quantity
  return cost
}
