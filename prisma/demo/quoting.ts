import { addDays } from '#kernel/days'
import { audit, clockUntil, type Party, sequenceRows, type World } from './history/world.ts'
import { storyParties } from './history/year.ts'
import { type Chance, chance } from './random.ts'

type Row = Record<string, unknown>
type State = 'draft' | 'approved' | 'ordered' | 'lost' | 'expired'
/** A quotation of some day at the goods and prices of an order, which it became or not. */
type Quoted = { state: State; party: Party; day: string; like: Row; order?: Row }
/** The same once it is written: what is still a draft has no number. */
type Written = Quoted & { id: string; number: string | null; at: Date }

const quotedForDays = 60
const validDays = 15
const openForDays = 9

/**
 * Quotations of the last two months: an order in eight began as one, which it is told here, and as many came to nothing or wait for an answer.
 * They have chance and clock of their own, so that the year is what it is without them.
 */
export function demoQuotations(world: World): { quotations: Row[]; lines: Row[]; sequences: Row[] } {
  const luck = chance(20261123)
  const clock = clockUntil(world.now, luck)
  const written = chooseQuoted(world, luck).map((one): Written => {
    const at = clock.on(one.day)
    return { ...one, at, id: clock.id(), number: one.state === 'draft' ? null : clock.number('QT') }
  })
  for (const { id, number, order, party, at } of written) {
    if (order) order['quotation_id'] = id
    if (number === null) continue
    audit(world, 'quotation', id, 'submit', party.ownerId, at)
    audit(world, 'quotation', id, 'approve', party.ownerId, at)
  }
  const goods = linesByOrder(world)
  return {
    quotations: written.map((one) => quotationRow(world, one)),
    lines: written.flatMap(({ id, like }) =>
      (goods.get(like['id']) ?? []).map((line) => ({ id: clock.id(), quotation_id: id, ...asQuoted(line) })),
    ),
    sequences: sequenceRows(clock),
  }
}

function linesByOrder({ rows }: World): Map<unknown, Row[]> {
  const lines = new Map<unknown, Row[]>()
  for (const line of rows.sales_order_line) {
    const earlier = lines.get(line['order_id'])
    if (earlier) earlier.push(line)
    else lines.set(line['order_id'], [line])
  }
  return lines
}

/** In the order of their days. */
function chooseQuoted(world: World, luck: Chance): Quoted[] {
  const parties = new Map(world.parties.filter((one) => !storyParties.has(one.shortName)).map((one) => [one.id, one]))
  const first = addDays(world.today, -quotedForDays)
  const orders = world.rows.sales_order.filter(
    (order) => String(order['ordered_on']) >= first && parties.has(String(order['customer_id'])),
  )
  const quoted = orders.flatMap((like, i): Quoted[] => {
    if (i % 4 !== 0) return []
    const day = addDays(String(like['ordered_on']), -luck.whole(1, 3))
    const party = parties.get(String(like['customer_id']))!
    if (i % 8 === 0) return [{ state: 'ordered', party, day, like, order: like }]
    const others = [...parties.values()].filter((one) => one.ownerId === party.ownerId)
    return [{ state: fateAt(world, day, luck), party: luck.pick(others), day, like }]
  })
  return quoted.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** Lately made, it still waits: most for the customer, some for the seller. */
function fateAt({ today }: World, day: string, luck: Chance): State {
  if (day >= addDays(today, -openForDays)) return luck.hit(0.2) ? 'draft' : 'approved'
  if (day >= addDays(today, -validDays)) return 'lost'
  return luck.hit(0.6) ? 'expired' : 'lost'
}

const quotationRow = (world: World, { id, number, state, party, day, at, like, order }: Written): Row => ({
  id,
  number,
  customer_id: party.id,
  owner_id: party.ownerId,
  warehouse_id: world.warehouseId,
  state,
  revision: 1,
  valid_until: addDays(day, validDays),
  held_until: null,
  net_total: like['net_total'],
  tax_total: like['tax_total'],
  gross_total: like['gross_total'],
  cost_total: like['cost_total'],
  reasons: [],
  approval_id: null,
  note: '',
  order_id: order?.['id'] ?? null,
  custom: {},
  version: state === 'draft' ? 1 : 3,
  created_at: at,
  created_by: party.ownerId,
})

const sharedColumns = [
  'position',
  'item_id',
  'entered',
  'quantity',
  'rule_price',
  'price_rule',
  'price',
  'tax_rate',
  'net',
  'tax',
  'gross',
  'unit_cost',
  'cost',
  'price_note',
  'custom',
]

/** What a line of a quotation says as a line of an order does. */
const asQuoted = (line: Row): Row => Object.fromEntries(sharedColumns.map((column) => [column, line[column]]))
