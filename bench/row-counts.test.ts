import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addedEach, countRows } from './row-counts.ts'

const database = new pg.Client({ connectionString: process.env['DATABASE_URL'] })
beforeAll(() => database.connect())
afterAll(() => database.end())

test('what work added is counted for each piece of it, table by table', async () => {
  const before = await countRows(database)
  await database.query(
    `insert into setting (key, value, changed_at) select 'test.' || i, '1', now() from generate_series(1, 6) i`,
  )
  await database.query(`insert into number_sequence (prefix, month, last) values ('ZZ', '202601', 1)`)
  expect(addedEach(before, await countRows(database), 2)).toEqual({ number_sequence: 0.5, setting: 3 })
})
