import { Decimal, toMoney } from '#contract'
import { type Party, type World } from './world.ts'

/** A customer pays what it is time for; of those who are late at times a few less than that, or a little more. */
export function pay(world: World, day: string, party: Party): void {
  const { luck } = world
  const due = party.open.filter((one) => one.paysOn <= day)
  if (due.length === 0) return
  const owed = due.reduce((all, one) => all.plus(one.left), new Decimal(0))
  const share = luck.hit(0.04)
    ? owed.times('0.6').toDecimalPlaces(0)
    : luck.hit(0.02)
      ? owed.div(100).ceil().times(100)
      : owed
  const paid = party.lateness > 0 ? share : owed
  if (paid.gt(0)) receipt(world, day, party, paid)
}

/** Money that came in, set against what is due first; what is over stays as an advance. */
export function receipt(world: World, day: string, party: Party, amount: Decimal): void {
  const at = world.clock.on(day)
  const by = world.people.get('xiaojin')
  const source = { source_document: 'receipt', source_id: world.clock.id(), source_number: world.clock.number('RC') }
  const entry = (kind: string, receivableId: string | null, value: Decimal): void => {
    world.rows.receivable_entry.push({
      id: world.clock.id(),
      customer_id: party.id,
      receivable_id: receivableId,
      receipt_id: source.source_id,
      kind,
      amount: toMoney(value),
      ...source,
      effective_on: day,
      recorded_at: at,
      by,
    })
  }
  entry('receipt', null, amount.neg())
  let left = amount
  for (const open of party.open) {
    const part = Decimal.min(open.left, left)
    if (part.lte(0)) break
    open.left = open.left.minus(part)
    left = left.minus(part)
    entry('allocation', open.id, part.neg())
    entry('allocation', null, part)
    settle(world, open.id, part)
  }
  party.open = party.open.filter((open) => open.left.gt(0))
  party.owed = party.owed.minus(amount.minus(left))
  party.advance = party.advance.plus(left)
  world.rows.receipt.push({
    id: source.source_id,
    number: source.source_number,
    customer_id: party.id,
    amount: toMoney(amount),
    unallocated: toMoney(left),
    method: world.luck.pick(['bank', 'bank', 'bank', 'wechat', 'cash', 'acceptance']),
    return_of_id: null,
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

const settledRows = new WeakMap<World, Map<string, Record<string, unknown>>>()

/** So much of a receivable is settled. */
export function settle(world: World, receivableId: string, part: Decimal): void {
  const rows = settledRows.get(world) ?? new Map<string, Record<string, unknown>>()
  settledRows.set(world, rows)
  for (let i = rows.size; i < world.rows.receivable.length; i++)
    rows.set(String(world.rows.receivable[i]!['id']), world.rows.receivable[i]!)
  const row = rows.get(receivableId)!
  row['settled'] = toMoney(new Decimal(String(row['settled'])).plus(part))
}
