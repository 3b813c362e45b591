import { toMoney, toQuantity } from '#contract'
import { instalments, standardTerms } from '#server/modules/parties'
import { deliveryRow, type Order } from './selling.ts'
import type { World } from './world.ts'

/** The rest of an order that is still to go: held stock, a planned delivery note, what is expected to be paid. */
export function leaveOpen(world: World, sold: Order, plannedOn: string): void {
  const at = world.clock.on(world.today)
  const left = sold.lines.filter((line) => line.quantity.gt(line.delivered))
  const source = { id: world.clock.id(), number: world.clock.number('DN'), at, by: sold.party.ownerId }
  const unshipped = {
    state: 'planned',
    shipped_on: null,
    picker_id: null,
    gross_total: '0.00',
    cost_total: '0.00',
    signed_by: '',
    signed_at: null,
    version: 1,
  }
  world.rows.delivery.push({ ...deliveryRow(world, sold, source, plannedOn), ...unshipped })
  left.forEach((line, i) => {
    const quantity = toQuantity(line.quantity.minus(line.delivered))
    world.rows.delivery_line.push({
      id: world.clock.id(),
      delivery_id: source.id,
      order_line_id: line.id,
      position: i + 1,
      item_id: line.goods.id,
      planned: quantity,
      picked: '0',
      lots: [],
      serials: [],
      gross: '0.00',
      net: '0.00',
      cost: '0.00',
      net_cost: '0.00',
      returned: '0',
      returned_gross: '0.00',
      returned_net: '0.00',
      returned_cost: '0.00',
      returned_net_cost: '0.00',
      custom: {},
    })
    world.rows.reservation.push({
      id: world.clock.id(),
      item_id: line.goods.id,
      warehouse_id: world.warehouseId,
      quantity,
      source_document: 'sales_order',
      source_id: sold.id,
      source_line_id: line.id,
      source_number: sold.number,
      expires_at: null,
      created_at: at,
    })
  })
  expectMoney(world, sold)
}

function expectMoney(world: World, sold: Order): void {
  const term = standardTerms.find((one) => one.code === sold.party.term)!
  instalments(term, sold.exposed, { orderedOn: sold.orderedOn, deliveredOn: world.today }).forEach((part, i) => {
    world.rows.expected_receivable.push({
      id: world.clock.id(),
      customer_id: sold.party.id,
      order_id: sold.id,
      order_number: sold.number,
      ordered_on: sold.orderedOn,
      part: i + 1,
      amount: toMoney(part.amount),
      remaining: toMoney(part.amount),
      due_on: part.dueOn,
    })
  })
}
