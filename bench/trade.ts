import type pg from 'pg'
import { newId } from '#kernel/ids'
import { type Chance, chance } from '../prisma/demo/random.ts'
import { benchSellers } from './platform.ts'
import { type Session, signIn } from './session.ts'

export type Seller = {
  key: string
  session: Session
  customers: string[]
  /** Has no credit left: whatever he orders must be agreed to. */
  stretched: string
}
export type Goods = { id: string; unit: string }

/** Who sells what to whom while it is measured. */
export type Trade = { sellers: Seller[]; goods: Goods[]; warehouseId: string; luck: Chance }

export const linesPerOrder = 5
const goodsCount = 300
const customersPerSeller = 12
const quantityMax = 9
/** More than any benchmark can sell. */
const stocked = '100000000'

/** Makes room for as many orders as can be taken: sellers with customers of good credit, goods that do not run out. */
export async function openTrade(database: pg.Client, appUrl: string): Promise<Trade> {
  await hireSellers(database)
  const customers = await winCustomers(database)
  const { goods, warehouseId } = await stockUp(database, appUrl)
  const sellers: Seller[] = []
  for (const [i, { key }] of benchSellers.entries()) {
    const [stretched = '', ...own] = customers.slice(i * customersPerSeller, (i + 1) * customersPerSeller)
    sellers.push({ key, session: await signIn(appUrl, key), customers: own, stretched })
  }
  await database.query('analyze')
  return { sellers, goods, warehouseId, luck: chance(1) }
}

/** Those who joined by the platform's directory become sellers of the sales manager. */
async function hireSellers(database: pg.Client): Promise<void> {
  const numbers = benchSellers.map((seller) => seller.employeeNumber)
  await database.query(
    `with hired as (
       update person set manager_id = (select id from person where name = '王姐') where employee_no = any($1) returning id)
     insert into person_role (person_id, role_key) select id, 'seller' from hired`,
    [numbers],
  )
}

/** New customers like one that is there, who owe nothing and may owe anything; but each seller's first one, who may owe next to nothing. */
async function winCustomers(database: pg.Client): Promise<string[]> {
  const ids = Array.from({ length: benchSellers.length * customersPerSeller }, newId)
  await database.query(
    `with model as (select c from customer c order by c.number limit 1),
     owner as (select id, row_number() over (order by employee_no) - 1 as i from person where employee_no like 'BENCH%'),
     won as (
       insert into customer select made.* from unnest($1::uuid[]) with ordinality as new(id, i)
         join owner on owner.i = (new.i - 1) / $2::int, model, lateral jsonb_populate_record(model.c, jsonb_build_object('id', new.id,
         'number', 'BENCH' || new.i, 'name', '客户' || new.i, 'short_name', '客户' || new.i, 'owner_id', owner.id,
         'credit_limit', case (new.i - 1) % $2::int when 0 then 1 else 1000000000000 end, 'term_code', 'net_30', 'alike_keys', '[]'::jsonb)) as made
       returning id)
     insert into customer_exposure (customer_id) select id from won`,
    [ids, customersPerSeller],
  )
  return ids
}

type StockedGoods = Goods & { warehouseId: string }

/** Goods of a good margin, so that no rule stands in the way, come in by a goods receipt. */
async function stockUp(database: pg.Client, appUrl: string): Promise<{ goods: Goods[]; warehouseId: string }> {
  const { rows } = await database.query<StockedGoods>(
    `select item.id, base_unit as unit, warehouse_id as "warehouseId"
     from item join item_cost cost on cost.item_id = item.id join stock_balance balance on balance.item_id = item.id
     where tracking = 'none' and list_price > 1 and cost.quantity > 0 and balance.on_hand > 0
       and cost.value / cost.quantity < list_price / 1.13 * 0.72
     order by item.id limit $1`,
    [goodsCount],
  )
  const warehouseId = rows[0]?.warehouseId
  if (!warehouseId || rows.length < linesPerOrder) throw new Error('The demo company has no goods that could be sold.')
  await receiveGoods(await signIn(appUrl, 'laozhao'), warehouseId, rows, stocked)
  return { goods: rows, warehouseId }
}

type Database = { query: (text: string, values: unknown[]) => Promise<unknown> }

/** An article like one that is there, of which there is none yet. */
export async function newGoods(database: Database, like: Goods): Promise<Goods> {
  const id = newId()
  await database.query(
    `with made as (
       insert into item select (jsonb_populate_record(i, jsonb_build_object('id', $2::text, 'code', 'NEW-' || $2::text, 'family_id', null))).*
       from item i where id = $1 returning id)
     insert into item_unit select made.id, unit, numerator, denominator from item_unit, made where item_id = $1`,
    [like.id, id],
  )
  return { ...like, id }
}

/** So much of each comes in. */
export async function receiveGoods(
  keeper: Session,
  warehouseId: string,
  goods: readonly Goods[],
  quantity: string,
): Promise<void> {
  const id = newId()
  const lines = goods.map((item) => ({ id: newId(), itemId: item.id, entered: [{ unit: item.unit, quantity }] }))
  await keeper.post('/goods-receipts', { id, kind: 'other', warehouseId, lines })
  await keeper.post(`/goods-receipts/${id}/receive`, { id, version: 1 })
}

export type Sale = { id: string; customerId: string; lines: { goods: Goods; quantity: number }[] }

/** What a customer of this seller buys: so many different goods, a few of each. */
export function nextSale({ goods, luck }: Trade, seller: Seller): Sale {
  const wanted = new Map<Goods, number>()
  while (wanted.size < linesPerOrder) wanted.set(luck.pick(goods), luck.whole(1, quantityMax))
  const lines = [...wanted].map(([goods, quantity]) => ({ goods, quantity }))
  return { id: newId(), customerId: luck.pick(seller.customers), lines }
}

/** An order as the mini-app submits it. */
export const orderOf = ({ warehouseId }: Trade, { id, customerId, lines }: Sale) => ({
  id,
  customerId,
  warehouseId,
  submit: true,
  lines: lines.map(({ goods, quantity }) => ({
    itemId: goods.id,
    entered: [{ unit: goods.unit, quantity: String(quantity) }],
  })),
})
