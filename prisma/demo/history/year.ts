import { Decimal, toMoney, toPrice, toQuantity } from '#contract'
import { addDays, daysBetween } from '#kernel/days'
import { type Arrival, expect, receive } from './receiving.ts'
import { pay, receipt } from './paying.ts'
import { deliver, type Order, order, type Wanted } from './selling.ts'
import { leaveOpen } from './still-open.ts'
import { takeReturns } from './returning.ts'
import { stockTheShop } from './stocking-the-shop.ts'
import { audit, available, type Goods, type Party, sequenceRows, type World } from './world.ts'

const openDays = 365
const isSunday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 0
const workday = (day: string): string => (isSunday(day) ? addDays(day, 1) : day)

/** A year of trade, day by day: goods come, orders are taken, goods leave, customers pay. It ends today. */
export function liveThroughTheYear(world: World, ordersPerDay: number): void {
  const first = addDays(world.today, -openDays)
  openingStock(world, first)
  const open: { day: string; sold: Order; part: number }[] = []
  const arriving = new Map<string, Arrival[]>()
  const traders = world.parties
    .filter((party) => !storyParties.has(party.shortName))
    .flatMap((party) => Array.from({ length: party.size ** 2 }, () => party))

  for (let day = first; day <= world.today; day = addDays(day, 1)) {
    if (isSunday(day)) continue
    for (const [due, arrivals] of [...arriving]) {
      if (due > day) continue
      receive(world, day, 'purchase', arrivals)
      for (const { goods } of arrivals) goods.coming = 0
      arriving.delete(due)
    }
    storyOf(world, day, open)
    for (let i = world.luck.whole(ordersPerDay - 3, ordersPerDay + 3); i > 0; i--)
      takeOrder(world, day, world.luck.pick(traders), open)
    for (const one of open.filter((sent) => sent.day <= day)) deliver(world, day, one.sold, one.part)
    open.splice(0, open.length, ...open.filter((sent) => sent.day > day))
    for (const party of world.parties)
      if (party.open[0] && party.open[0].dueOn <= day && world.luck.hit(0.25)) pay(world, day, party)
    replenish(world, day, arriving)
  }
  closeTheYear(world, open, arriving)
}

function openingStock(world: World, day: string): void {
  const arrivals = world.goods
    .filter((goods) => !goods.isStory)
    .map((goods) => ({ goods, quantity: packs(goods, goods.monthly * 2.5), unitCost: new Decimal(goods.cost) }))
  for (let i = 0; i < arrivals.length; i += 100) receive(world, day, 'opening', arrivals.slice(i, i + 100))
}

/** A quantity in whole packs, at least one of them. */
function packs(goods: Goods, quantity: number): Decimal {
  const smallest = goods.units[0]
  const pack = smallest ? smallest.numerator / smallest.denominator : 1
  return new Decimal(Math.max(1, Math.round(quantity / pack))).times(pack)
}

function takeOrder(world: World, day: string, party: Party, open: { day: string; sold: Order; part: number }[]): void {
  const { luck } = world
  const wanted = new Map<Goods, Decimal>()
  for (let i = luck.whole(1, 4); i > 0; i--) {
    // What sells well stands first: squared chance falls there more often.
    const goods = world.goods[Math.floor(luck.next() ** 2 * world.goods.length)]!
    if (goods.isStory || wanted.has(goods)) continue
    const quantity = Decimal.min(packs(goods, (goods.monthly / 14) * luck.next() * (1 + party.size)), available(goods))
    if (quantity.gt(0)) wanted.set(goods, quantity)
  }
  if (wanted.size === 0) return
  const sold = order(
    world,
    day,
    party,
    [...wanted].map(([goods, quantity]): Wanted => ({ goods, quantity })),
  )
  const leaves = workday(addDays(day, luck.whole(0, 3)))
  if (luck.hit(0.08)) {
    open.push({ day: leaves, sold, part: 0.5 }, { day: workday(addDays(leaves, 3)), sold, part: 1 })
  } else open.push({ day: leaves, sold, part: 1 })
}

/** What has fallen low is ordered and comes in five to ten days. */
function replenish(world: World, day: string, arriving: Map<string, Arrival[]>): void {
  if (daysBetween(day, world.today) % 3 !== 0) return
  const low = world.goods.filter(
    (goods) => !goods.isStory && goods.coming === 0 && available(goods).lt(goods.monthly * 0.7),
  )
  if (low.length === 0) return
  const due = workday(addDays(day, world.luck.whole(5, 10)))
  const arrivals = low.map((goods): Arrival => {
    const quantity = packs(goods, goods.monthly * 2)
    goods.coming = quantity.toNumber()
    const drift = 1 + (world.luck.next() - 0.5) * 0.05
    return { goods, quantity, unitCost: new Decimal(goods.cost * drift).toDecimalPlaces(4) }
  })
  arriving.set(due, [...(arriving.get(due) ?? []), ...arrivals])
}

const named = (world: World, name: string, spec: string): Goods => {
  const goods = world.goods.find((one) => one.name === name && one.spec === spec)
  if (!goods) throw new Error(`The demo has no ${name} ${spec}`)
  return goods
}

type Story = {
  daysAgo: number
  party: string
  lines: [name: string, spec: string, quantity: number, price: string][]
  delivered?: boolean
  paid?: boolean
}

/**
 * What the stories begin with. 宏达 owes 71,400.00 and has ordered 15,200.00 that has not left; his last prices of the bolt of the first story
 * are there to be looked at.
 */
const stories: Story[] = [
  { daysAgo: 130, party: '宏达装饰', lines: [['膨胀螺栓', 'M10*100', 6000, '0.58']], delivered: true, paid: true },
  {
    daysAgo: 95,
    party: '宏达装饰',
    lines: [
      ['膨胀螺栓', 'M10*100', 12000, '0.55'],
      ['耐候密封胶', '300ml 黑色', 120, '16.5'],
    ],
    delivered: true,
    paid: true,
  },
  { daysAgo: 62, party: '宏达装饰', lines: [['膨胀螺栓', 'M10*100', 10000, '0.54']], delivered: true, paid: true },
  { daysAgo: 40, party: '顺兴门业', lines: [['门锁套件', 'HS-60', 60, '106']], delivered: true },
  { daysAgo: 18, party: '宏达装饰', lines: [['结构胶', '590ml 黑色', 1190, '24']], delivered: true },
  { daysAgo: 12, party: '宏达装饰', lines: [['4寸合页', '左 拉丝', 2550, '9.8']], delivered: true },
  { daysAgo: 6, party: '宏达装饰', lines: [['4寸合页', '左 亮光', 2100, '8.5']], delivered: true },
  { daysAgo: 1, party: '宏达装饰', lines: [['5寸合页', '左 亮光', 1216, '12.5']] },
]

/** What must be in the warehouse today for the stories, with the lots they speak of. */
const storyStock: [name: string, spec: string, quantity: number][] = [
  ['膨胀螺栓', 'M10*100', 18_000],
  ['电锤', '26mm 800W', 10],
  ['门锁套件', 'HS-60', 18],
  ['锁具配件', '左面板', 8],
  ['4寸合页', '左 亮光', 400],
  ['4寸合页', '左 拉丝', 300],
  ['5寸合页', '左 亮光', 200],
  ['结构胶', '590ml 黑色', 240],
]

export const storyGoods = new Set([...storyStock.map(([name, spec]) => `${name} ${spec}`), '耐候密封胶 300ml 黑色'])
/** The stories speak of what they ordered, and of nothing besides. */
export const storyParties = new Set(['宏达装饰'])

function storyOf(world: World, day: string, open: { day: string; sold: Order; part: number }[]): void {
  if (
    day === addDays(world.today, -openDays + 3) ||
    (isSunday(addDays(world.today, -openDays + 3)) && day === addDays(world.today, -openDays + 4))
  )
    storyOpening(world, day)
  for (const story of stories) {
    if (workday(addDays(world.today, -story.daysAgo)) !== day || day > world.today) continue
    const party = world.parties.find((one) => one.shortName === story.party)!
    const lines = story.lines.map(([name, spec, quantity, price]): Wanted => ({
      goods: named(world, name, spec),
      quantity: new Decimal(quantity),
      price,
    }))
    const sold = order(world, day, party, lines)
    if (story.delivered) deliver(world, day, sold, 1)
    else open.push({ day: workday(addDays(world.today, 1)), sold, part: 1 })
    if (story.paid) receipt(world, day, party, sold.gross)
  }
}

/** Opening stock of the story goods: what must be left today, and what the stories sell on the way. */
function storyOpening(world: World, day: string): void {
  const sold = (name: string, spec: string): number =>
    stories
      .flatMap((story) => story.lines)
      .filter(([one, other]) => one === name && other === spec)
      .reduce((all, [, , quantity]) => all + quantity, 0)
  const arrivals = storyStock.map(([name, spec, left]): Arrival => {
    const goods = named(world, name, spec)
    return { goods, quantity: new Decimal(left + sold(name, spec)), unitCost: new Decimal(goods.cost) }
  })
  const glue = named(world, '耐候密封胶', '300ml 黑色')
  const unitCost = new Decimal(glue.cost)
  const soldGlue = sold('耐候密封胶', '300ml 黑色')
  receive(world, day, 'opening', [
    ...arrivals,
    {
      goods: glue,
      quantity: new Decimal(soldGlue),
      unitCost,
      lot: { code: 'L0', expiresOn: addDays(world.today, -30) },
    },
    { goods: glue, quantity: new Decimal(100), unitCost, lot: { code: 'L1', expiresOn: addDays(world.today, 60) } },
    { goods: glue, quantity: new Decimal(400), unitCost, lot: { code: 'L2', expiresOn: addDays(world.today, 240) } },
  ])
}

const weekdays = { thursday: 4 }
const nextThursday = (day: string): string => {
  const ahead = (weekdays.thursday - new Date(`${day}T00:00:00Z`).getUTCDay() + 7) % 7
  return addDays(day, ahead === 0 ? 7 : ahead)
}

/** What is still to go, what is still to come, and the balances beside the ledgers. */
function closeTheYear(world: World, open: { day: string; sold: Order }[], arriving: Map<string, Arrival[]>): void {
  const firsts = new Map<Order, string>()
  for (const { day, sold } of open) if (!firsts.has(sold)) firsts.set(sold, day)
  for (const [sold, day] of firsts) leaveOpen(world, sold, day)
  const hammer = named(world, '电锤', '26mm 800W')
  expect(world, world.today, nextThursday(world.today), [
    { goods: hammer, quantity: new Decimal(5), unitCost: new Decimal(hammer.cost) },
  ])
  for (const [due, arrivals] of arriving) expect(world, world.today, due, arrivals)
  stockTheShop(world)
  takeReturns(world)
  for (const goods of world.goods) stockRows(world, goods)
  for (const party of world.parties)
    world.rows.customer_exposure.push({
      customer_id: party.id,
      ordered: toMoney(party.ordered),
      owed: toMoney(party.owed),
      advance: toMoney(party.advance),
    })
  world.rows.number_sequence.push(...sequenceRows(world.clock))
  for (const party of world.parties)
    if (storyParties.has(party.shortName))
      audit(world, 'customer', party.id, 'edit', party.ownerId, world.clock.on(world.today))
}

function stockRows(world: World, goods: Goods): void {
  world.rows.stock_balance.push({
    item_id: goods.id,
    warehouse_id: world.warehouseId,
    on_hand: toQuantity(goods.onHand),
    reserved: toQuantity(goods.reserved),
    allow_negative: false,
  })
  if (goods.inShop.gt(0))
    world.rows.stock_balance.push({
      item_id: goods.id,
      warehouse_id: world.shopId,
      on_hand: toQuantity(goods.inShop),
      reserved: '0',
      allow_negative: false,
    })
  world.rows.item_cost.push({
    item_id: goods.id,
    quantity: toQuantity(goods.worth.quantity),
    value: toMoney(goods.worth.value),
    last_cost: toPrice(goods.worth.lastCost),
  })
  for (const lot of goods.lots)
    world.rows.lot_balance.push({
      lot_id: lot.id,
      warehouse_id: world.warehouseId,
      item_id: goods.id,
      on_hand: toQuantity(lot.left),
    })
}
