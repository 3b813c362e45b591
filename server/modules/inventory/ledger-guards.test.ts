import { afterAll, beforeAll, expect, test } from 'vitest'
import { db, type Sql, sql } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import { sqlState } from '#kernel/perform'
// Through the door, which makes the documents known.
import './index.ts'
import { adjust, anItem, arrive, aWarehouse, hold, send } from './fixtures/goods.ts'

/** A little of everything that moves stock. */
beforeAll(async () => {
  const [main, shop] = [await aWarehouse('主仓'), await aWarehouse('门店仓')]
  const [bolt, sealant, drill] = [
    await anItem(),
    await anItem({ tracking: 'lot' }),
    await anItem({ tracking: 'serial' }),
  ]
  await arrive({ itemId: bolt.id, warehouseId: main, quantity: 10 })
  await arrive({ itemId: sealant.id, warehouseId: main, quantity: 5, lotCode: 'L' })
  await arrive({ itemId: drill.id, warehouseId: main, quantity: 1, serials: ['S1'] })
  await hold([{ itemId: bolt.id, warehouseId: main, quantity: 4 }])
  await send({ itemId: bolt.id, fromId: main, toId: shop, quantity: 1 })
  await adjust({ itemId: bolt.id, warehouseId: main, quantity: -1 })
})
afterAll(closeNumbers)

const stateOf = (statement: Sql) => db.$executeRaw(statement).then(() => 'done', sqlState)

test('the ledger can be neither changed nor emptied', async () => {
  expect(await stateOf(sql`update stock_move set quantity = 1`)).toBe('23001')
  expect(await stateOf(sql`delete from stock_move`)).toBe('23001')
  expect(await stateOf(sql`truncate stock_move`)).toBe('23001')
})

test('the tables refuse what no code may write', async () => {
  const spoilt = [
    sql`update stock_balance set on_hand = 0 where reserved > 0`,
    sql`update stock_balance set reserved = -1`,
    sql`update lot_balance set on_hand = -1`,
    sql`update item_cost set quantity = 0 where quantity > 0`,
    sql`update serial set state = 'gone' where code = 'S1'`,
    sql`update reservation set quantity = 0`,
    sql`update stock_transfer set to_id = from_id`,
    sql`update stock_adjustment set reason = ''`,
  ]
  for (const statement of spoilt) expect(`${statement.sql} ${await stateOf(statement)}`).toBe(`${statement.sql} 23514`)
})
