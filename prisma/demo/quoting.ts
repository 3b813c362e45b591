import { v7 } from 'uuid'
import { addDays, dayAt } from '#kernel/days'
import { audit, type Party, type World } from './history/world.ts'
import { type Chance, chance } from './random.ts'

type Row = Record<string, unknown>
type State = 'draft' | 'approved' | 'ordered' | 'lost' | 'expired'
/** A quotation at the goods and prices of an order, which it became or not. */
type Quoted = { id: string; state: State; party: Party; at: Date; like: Row; order?: Row }

const quotedForDays = 60
const validDays = 15
const openForDays = 9
const dayMs = 86_400_000

/** Quotations of the last two months: an order in eight began as one, and as many came to nothing or wait for an answer. */
export function demoQuotations(world: World): { quotations: Row[]; lines: Row[]; sequences: Row[] } {
  const { next, ...numbers } = numbering()
  const quoted = chooseQuoted(world).map((one) => ({ ...one, number: one.state === 'draft' ? null : next(one.at) }))
  for (const { id, state, order, party, at } of quoted) {
    if (order) order['quotation_id'] = id
    if (state === 'draft') continue
    audit(world, 'quotation', id, 'submit', party.ownerId, at)
    audit(world, 'quotation', id, 'approve', party.ownerId, at)
  }
  const goods = linesByOrder(world)
  return {
    quotations: quoted.map((one) => quotationRow(world, one)),
    lines: quoted.flatMap((one) => (goods.get(one.like['id']) ?? []).map((line) => lineRow(one, line))),
    sequences: numbers.rows(),
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

function chooseQuoted(world: World): Quoted[] {
  const luck = chance(20261123)
  // The stories speak of what he ordered and of nothing besides.
  const parties = new Map(world.parties.filter((one) => one.shortName !== '宏达装饰').map((one) => [one.id, one]))
  const first = addDays(world.today, -quotedForDays)
  const orders = world.rows.sales_order.filter(
    (order) => String(order['ordered_on']) >= first && parties.has(String(order['customer_id'])),
  )
  const quoted = orders.flatMap((like, i): Quoted[] => {
    if (i % 4 !== 0) return []
    const ordered = new Date(String(like['created_at']))
    const at = new Date(ordered.getTime() - luck.whole(1, 3) * dayMs)
    const id = v7({ msecs: at.getTime() })
    const party = parties.get(String(like['customer_id']))!
    if (i % 8 === 0) return [{ id, state: 'ordered', party, at, like, order: like }]
    const others = [...parties.values()].filter((one) => one.ownerId === party.ownerId)
    return [{ id, state: fateAt(world, at, luck), party: luck.pick(others), at, like }]
  })
  return quoted.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** Lately made, it still waits: most for the customer, some for the seller. */
function fateAt(world: World, at: Date, luck: Chance): State {
  if (dayAt(at) >= addDays(world.today, -openForDays)) return luck.hit(0.2) ? 'draft' : 'approved'
  if (dayAt(at) >= addDays(world.today, -validDays)) return 'lost'
  return luck.hit(0.6) ? 'expired' : 'lost'
}

function numbering() {
  const sequences = new Map<string, number>()
  return {
    next: (at: Date): string => {
      const month = dayAt(at).slice(0, 7).replace('-', '')
      const last = (sequences.get(month) ?? 0) + 1
      sequences.set(month, last)
      return `QT${month}-${String(last).padStart(5, '0')}`
    },
    rows: (): Row[] => [...sequences].map(([month, last]) => ({ prefix: 'QT', month, last })),
  }
}

const quotationRow = (
  world: World,
  { id, number, state, party, at, like, order }: Quoted & { number: string | null },
) => ({
  id,
  number,
  customer_id: party.id,
  owner_id: party.ownerId,
  warehouse_id: world.warehouseId,
  state,
  revision: 1,
  valid_until: addDays(dayAt(at), validDays),
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

const lineRow = ({ id, at }: Quoted, line: Row): Row => ({
  id: v7({ msecs: at.getTime() }),
  quotation_id: id,
  ...Object.fromEntries(sharedColumns.map((column) => [column, line[column]])),
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
