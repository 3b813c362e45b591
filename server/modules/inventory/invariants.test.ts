import { afterAll, beforeAll, expect, test } from 'vitest'
import { db, type Sql, sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { perform, sqlState } from '#kernel/perform'
import {
  adjust,
  anItem,
  arrive,
  aWarehouse,
  d,
  hold,
  house,
  receive,
  send,
  today,
  type TestItem,
  assertSound,
} from './fixtures/goods.ts'
import { inventoryInvariants, issue } from './index.ts'

let main: string
let shop: string
let bolt: TestItem
let sealant: TestItem
let drill: TestItem

/** A little of everything that moves stock. */
beforeAll(async () => {
  main = await aWarehouse('主仓')
  shop = await aWarehouse('门店仓')
  bolt = await anItem()
  sealant = await anItem({ tracking: 'lot' })
  drill = await anItem({ tracking: 'serial' })
  await arrive({ itemId: bolt.id, warehouseId: main, quantity: 10, on: '2026-11-01' })
  await arrive({ itemId: sealant.id, warehouseId: main, quantity: 5, lotCode: 'L' })
  await arrive({ itemId: drill.id, warehouseId: main, quantity: 2, serials: ['S1', 'S2'] })
  const { lines } = await hold([{ itemId: bolt.id, warehouseId: main, quantity: 4 }])
  const line = { ...lines[0]!, quantity: d(3), lots: [], serialIds: [] }
  const source = { document: 'delivery', id: newId(), number: 'DN202611-00001' }
  await perform(
    house,
    (tx, caller) => issue(tx, caller, { source, kind: 'delivery', on: '2026-11-02', lines: [line] }),
    undefined,
  )
  await receive(await send({ itemId: bolt.id, fromId: main, toId: shop, quantity: 2 }))
  await send({ itemId: bolt.id, fromId: main, toId: shop, quantity: 1 })
  await adjust({ itemId: bolt.id, warehouseId: shop, quantity: -1 })
})
afterAll(closeNumbers)

class Undo extends Error {}

/** What an invariant finds in a database spoilt by hand; the spoiling is undone. */
async function foundAfter(id: string, spoil: Sql[]) {
  const invariant = inventoryInvariants.find((one) => one.id === id)!
  let found: Awaited<ReturnType<typeof invariant.find>> = null
  await db
    .$transaction(async (tx: Tx) => {
      await tx.$executeRaw`alter table stock_move disable trigger user`
      await tx.$executeRaw`alter table stock_balance drop constraint stock_balance_covers_reserved`
      for (const statement of spoil) await tx.$executeRaw(statement)
      found = await invariant.find(tx)
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  return found
}

test('a company that only ever did what it may has nothing to answer for', async () => {
  await expect(assertSound()).resolves.toBeUndefined()
})

const of = (item: TestItem) => ({ document: 'item', id: item.id, number: item.code })
const balance = (change: Sql, item: TestItem) => [
  sql`update stock_balance set ${change} where item_id = ${item.id}::uuid and warehouse_id = ${main}::uuid`,
]
const planted: [string, string, () => { spoil: Sql[]; found: object }][] = [
  [
    'I1',
    'a piece too many on hand',
    () => ({ spoil: balance(sql`on_hand = on_hand + 1`, bolt), found: { ...of(bolt), detail: '主仓: 5 ≠ Σ 4' } }),
  ],
  [
    'I1',
    'a move that is gone',
    () => ({
      spoil: [sql`delete from stock_move where item_id = ${bolt.id}::uuid and kind = 'delivery'`],
      found: of(bolt),
    }),
  ],
  ['I1.lot', 'a lot that grew', () => ({ spoil: [sql`update lot_balance set on_hand = 6`], found: of(sealant) })],
  [
    'I1.serial',
    'a serial number that walked',
    () => ({ spoil: [sql`update serial set warehouse_id = ${shop}::uuid where code = 'S1'`], found: of(drill) }),
  ],
  [
    'I2',
    'a hold that nobody has',
    () => ({
      spoil: balance(sql`reserved = reserved + 1`, bolt),
      found: { document: 'sales_order', number: 'SO202611-00001' },
    }),
  ],
  ['I2', 'a hold that is gone', () => ({ spoil: [sql`delete from reservation`], found: of(bolt) })],
  ['I3', 'more held than there is', () => ({ spoil: balance(sql`reserved = on_hand + 1`, bolt), found: of(bolt) })],
  [
    'I3.history',
    'goods that left before they came',
    () => ({
      spoil: [
        sql`update stock_move set effective_on = ${today}::date where item_id = ${bolt.id}::uuid and kind = 'receipt'`,
      ],
      found: { document: 'delivery', number: 'DN202611-00001' },
    }),
  ],
  [
    'I4',
    'lots that do not make up the item',
    () => ({ spoil: balance(sql`on_hand = 4`, sealant), found: of(sealant) }),
  ],
  [
    'I4',
    'a serial number beside the item',
    () => ({ spoil: [sql`update serial set state = 'gone', warehouse_id = null where code = 'S1'`], found: of(drill) }),
  ],
  [
    'I4.value',
    'a fen that came from nowhere',
    () => ({
      spoil: [sql`update item_cost set value = value + 0.01 where item_id = ${bolt.id}::uuid`],
      found: of(bolt),
    }),
  ],
  [
    'I4.value',
    'value lost on the way',
    () => ({
      spoil: [
        sql`update stock_transfer_line set cost = 0 where stock_transfer_id in (select id from stock_transfer where state = 'sent')`,
      ],
      found: of(bolt),
    }),
  ],
  [
    'I10.stock',
    'a receipt that says another quantity than came',
    () => ({
      spoil: [sql`update goods_receipt_line set quantity = quantity + 1 where item_id = ${drill.id}::uuid`],
      found: { document: 'goods_receipt' },
    }),
  ],
  [
    'I10.stock',
    'a move without its document',
    () => ({
      spoil: [sql`update stock_move set source_id = gen_random_uuid() where kind = 'adjustment'`],
      found: { document: 'stock_adjustment' },
    }),
  ],
  [
    'I17.stock',
    'a number that was never given',
    () => ({
      spoil: [sql`update goods_receipt set number = 'GR202611-99999' where number like '%1'`],
      found: { document: 'goods_receipt', number: 'GR202611-99999' },
    }),
  ],
]

test.each(planted)('%s finds %s, and names where', async (id, _, plan) => {
  const { spoil, found } = plan()
  expect(await foundAfter(id, spoil)).toMatchObject(found)
})

test('the ledger can be neither changed nor emptied', async () => {
  const stateOf = (statement: Sql) => db.$executeRaw(statement).then(() => 'done', sqlState)
  expect(await stateOf(sql`update stock_move set quantity = 1`)).toBe('23001')
  expect(await stateOf(sql`delete from stock_move`)).toBe('23001')
  expect(await stateOf(sql`truncate stock_move`)).toBe('23001')
})

test('the tables refuse what no code may write', async () => {
  const stateOf = (statement: Sql) => db.$executeRaw(statement).then(() => 'done', sqlState)
  const spoilt = [
    ...balance(sql`on_hand = 0`, bolt),
    ...balance(sql`reserved = -1`, bolt),
    sql`update lot_balance set on_hand = -1`,
    sql`update item_cost set quantity = 0 where item_id = ${bolt.id}::uuid`,
    sql`update serial set state = 'gone' where code = 'S1'`,
    sql`update reservation set quantity = 0`,
    sql`update stock_transfer set to_id = from_id`,
    sql`update stock_adjustment set reason = ''`,
  ]
  for (const statement of spoilt) expect(`${statement.sql} ${await stateOf(statement)}`).toBe(`${statement.sql} 23514`)
})
