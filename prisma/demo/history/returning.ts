import { v7 } from 'uuid'
import { Decimal, toMoney, toQuantity } from '#contract'
import { addDays, dateOf } from '#kernel/days'
import { comeIn } from '../../../server/modules/inventory/cost.model.ts'
import type { DeliveryLine } from '../../../server/modules/sales/delivery.model.ts'
import { type Shares, sharesOf, totalsOfReturn } from '../../../server/modules/sales/sales-return.model.ts'
import { chance } from '../random.ts'
import { settle } from './paying.ts'
import { type Goods, nothing, type Party, type World } from './world.ts'

type Row = Record<string, unknown>
/** Something that is to come back: how long ago it left at least, how much of it, why, and how far it has come. */
type Wish = {
  daysAgo: number
  owner: string
  part: number
  reason: string
  isPaid: boolean
  state: 'received' | 'approved' | 'draft'
  back: 'forSale' | 'held'
}

/** A few that came back in the last weeks, one that the warehouse still waits for, one that is still being written. */
const wishes: Wish[] = [
  { daysAgo: 45, owner: 'xiaoli', part: 0.2, reason: 'unwanted', isPaid: true, state: 'received', back: 'forSale' },
  { daysAgo: 24, owner: 'xiaohe', part: 0.5, reason: 'wrong', isPaid: false, state: 'received', back: 'forSale' },
  { daysAgo: 10, owner: 'xiaoli', part: 0.3, reason: 'defective', isPaid: false, state: 'received', back: 'held' },
  { daysAgo: 4, owner: 'xiaoli', part: 0.25, reason: 'damaged', isPaid: false, state: 'approved', back: 'held' },
  { daysAgo: 5, owner: 'xiaoli', part: 0.2, reason: 'unwanted', isPaid: false, state: 'draft', back: 'forSale' },
]

/** What is worth being looked at, where there is such. */
const worthMin = 60
/** Goods come back so many days after they left. */
const daysLater = 3
const receivedAt = 7 * 3_600_000 // three in the afternoon in Shanghai

/**
 * Goods that came back. They have a chance and ids of their own and are made last, so that nothing of the year's other history changes with
 * them. None is of the stories.
 */
export function takeReturns(world: World): void {
  const luck = chance(57)
  const used = new Set<string>()
  wishes.forEach((wish, i) => {
    const found = deliveredFor(world, wish, used, worthMin) ?? deliveredFor(world, wish, used, 0)
    if (!found) return
    used.add(found.party.id)
    const day = addDays(String(found.note['shipped_on']), daysLater)
    const at = new Date(dateOf(day).getTime() + receivedAt + i * 60_000)
    let tick = at.getTime()
    const id = (): string =>
      v7({ msecs: tick++, random: Uint8Array.from({ length: 16 }, () => luck.whole(0, 255)), seq: 0 })
    comeBack(world, { ...found, wish, day, at, id })
  })
}

type Found = { note: Row; line: Row; goods: Goods; party: Party }
type Coming = Found & { wish: Wish; day: string; at: Date; id: () => string }

/** The latest delivery that is old enough and worth something, of a customer of that seller, whose goods are kept without lots, paid or not. */
function deliveredFor(
  { rows, parties, goods, people, today }: World,
  wish: Wish,
  used: Set<string>,
  worth: number,
): Found | undefined {
  const until = addDays(today, -wish.daysAgo)
  const partyOf = new Map(parties.map((party) => [party.id, party]))
  const goodsOf = new Map(goods.map((one) => [one.id, one]))
  const linesOf = byNote(rows.delivery_line)
  const notes = rows.delivery.filter((note) => note['state'] === 'shipped' && String(note['shipped_on']) <= until)
  for (const note of notes.toReversed()) {
    const party = partyOf.get(String(note['customer_id']))!
    const isOpen = party.open.some(({ orderId }) => orderId === note['order_id'])
    if (party.ownerId !== people.get(wish.owner) || used.has(party.id) || isOpen === wish.isPaid) continue
    for (const line of linesOf.get(String(note['id'])) ?? []) {
      const one = goodsOf.get(String(line['item_id']))!
      const isWorthIt = new Decimal(String(line['gross'])).times(wish.part).gte(worth)
      const isSome = new Decimal(String(line['picked'])).times(wish.part).gte(1)
      if (!one.isStory && one.tracking === 'none' && isWorthIt && isSome) return { note, line, goods: one, party }
    }
  }
  return undefined
}

function byNote(lines: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const line of lines) {
    const key = String(line['delivery_id'])
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return groups
}

function comeBack(world: World, coming: Coming): void {
  const { note, line, party, wish, day, at, id } = coming
  const isHere = wish.state === 'received'
  const month = day.slice(0, 7).replace('-', '')
  const last = (world.clock.sequences.get(`RT${month}`) ?? 0) + 1
  world.clock.sequences.set(`RT${month}`, last)
  const source = { id: id(), number: `RT${month}-${String(last).padStart(5, '0')}` }
  const quantity = new Decimal(String(line['picked'])).times(wish.part).floor()
  const shares = sharesOf(delivered(line), quantity)
  const kept: Shares = isHere ? shares : { ...shares, cost: nothing, netCost: nothing }
  const totals = totalsOfReturn([kept])
  const receiver = world.people.get('laozhao')!
  const warehouseId = wish.back === 'held' ? world.returnsId : world.warehouseId
  world.rows.sales_return.push({
    id: source.id,
    number: source.number,
    order_id: note['order_id'],
    customer_id: party.id,
    owner_id: party.ownerId,
    warehouse_id: warehouseId,
    state: wish.state,
    reason: wish.reason,
    note: '',
    gross_total: toMoney(totals.grossTotal),
    net_total: toMoney(totals.netTotal),
    cost_total: toMoney(totals.costTotal),
    received_on: isHere ? day : null,
    posted_on: isHere ? day : null,
    reversed_on: null,
    receiver_id: isHere ? receiver : null,
    reasons: [],
    approval_id: null,
    custom: {},
    version: { draft: 1, approved: 3, received: 4 }[wish.state],
    created_at: at,
    created_by: party.ownerId,
  })
  world.rows.sales_return_line.push({
    id: id(),
    return_id: source.id,
    position: 1,
    delivery_line_id: line['id'],
    order_line_id: line['order_line_id'],
    item_id: line['item_id'],
    quantity: toQuantity(quantity),
    received: isHere ? toQuantity(quantity) : '0',
    lots: [],
    serials: [],
    ...columnsOf(kept, ''),
    custom: {},
  })
  const written = (document: string, action: string, by: string): number =>
    world.rows.audit_entry.push({ id: id(), document, document_id: source.id, action, by, via: 'h5', at, changes: [] })
  const steps = wish.state === 'draft' ? ['create'] : ['create', 'submit', 'approve']
  for (const action of steps) written('sales_return', action, party.ownerId)
  if (!isHere) return
  written('sales_return', 'receive', receiver)
  Object.assign(line, { returned: toQuantity(quantity), ...columnsOf(shares, 'returned_') })
  intoStock(world, coming, { ...source, warehouseId, quantity, cost: shares.cost })
  credited(world, coming, { ...source, amount: shares.gross })
  written('receipt', 'create', receiver)
}

const delivered = (line: Row): DeliveryLine => {
  const figure = (key: string): Decimal => new Decimal(String(line[key]))
  return {
    id: String(line['id']),
    orderLineId: String(line['order_line_id']),
    position: 1,
    itemId: String(line['item_id']),
    planned: figure('planned'),
    picked: figure('picked'),
    lots: [],
    serials: [],
    gross: figure('gross'),
    net: figure('net'),
    cost: figure('cost'),
    netCost: figure('net_cost'),
    returned: nothing,
    returnedGross: nothing,
    returnedNet: nothing,
    returnedCost: nothing,
    returnedNetCost: nothing,
    custom: {},
  }
}

const columnsOf = ({ gross, net, cost, netCost }: Shares, prefix: string): Row => ({
  [`${prefix}gross`]: toMoney(gross),
  [`${prefix}net`]: toMoney(net),
  [`${prefix}cost`]: toMoney(cost),
  [`${prefix}net_cost`]: toMoney(netCost),
})

type Back = { id: string; number: string; warehouseId: string; quantity: Decimal; cost: Decimal }

function intoStock(world: World, { goods, day, at, id }: Coming, back: Back): void {
  goods.worth = comeIn(goods.worth, back.quantity, back.cost).worth
  if (back.warehouseId === world.warehouseId) goods.onHand = goods.onHand.plus(back.quantity)
  else
    world.rows.stock_balance.push({
      item_id: goods.id,
      warehouse_id: back.warehouseId,
      on_hand: toQuantity(back.quantity),
      reserved: '0',
      allow_negative: false,
    })
  world.rows.stock_move.push({
    id: id(),
    item_id: goods.id,
    warehouse_id: back.warehouseId,
    lot_id: null,
    serial_id: null,
    quantity: toQuantity(back.quantity),
    cost: toMoney(back.cost),
    kind: 'return',
    source_document: 'sales_return',
    source_id: back.id,
    source_number: back.number,
    effective_on: day,
    recorded_at: at,
    by: world.people.get('laozhao'),
  })
}

/** Off what the order still owes; what is over is the customer's. */
function credited(
  world: World,
  { party, note, day, at, id }: Coming,
  credit: { id: string; number: string; amount: Decimal },
): void {
  const by = world.people.get('laozhao')
  const entry = (kind: string, receivableId: string | null, amount: Decimal): void => {
    world.rows.receivable_entry.push({
      id: id(),
      customer_id: party.id,
      receivable_id: receivableId,
      receipt_id: credit.id,
      kind,
      amount: toMoney(amount),
      source_document: kind === 'return' ? 'sales_return' : 'receipt',
      source_id: credit.id,
      source_number: credit.number,
      effective_on: day,
      recorded_at: at,
      by,
    })
  }
  entry('return', null, credit.amount.neg())
  let left = credit.amount
  for (const open of party.open.filter(({ orderId }) => orderId === note['order_id'])) {
    const part = Decimal.min(open.left, left)
    if (part.lte(0)) break
    open.left = open.left.minus(part)
    left = left.minus(part)
    entry('allocation', open.id, part.neg())
    entry('allocation', null, part)
    settle(world, open.id, part)
  }
  party.owed = party.owed.minus(credit.amount.minus(left))
  party.advance = party.advance.plus(left)
  world.rows.receipt.push({
    id: credit.id,
    number: credit.number,
    customer_id: party.id,
    amount: toMoney(credit.amount),
    unallocated: toMoney(left),
    method: 'return',
    return_of_id: note['order_id'],
    received_on: day,
    reference: '',
    note: '',
    state: 'posted',
    custom: {},
    version: 1,
    created_at: at,
    created_by: by,
  })
}
