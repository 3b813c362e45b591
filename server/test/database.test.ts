import pg from 'pg'
import { expect, test } from 'vitest'

test('a test file has a migrated database of its own, which the kernel will use', async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  const { rows } = await client.query(
    `select current_database() as name, to_regclass('schema_migration') as migrations`,
  )
  await client.end()

  expect(rows[0].name).toMatch(/^yidan_test_/)
  expect(rows[0].migrations).toBe('schema_migration')
})

test('the kernel opens the test database', async () => {
  const { pool } = await import('../kernel/db.ts')
  const { rows } = await pool.query('select current_database() as name')
  expect(process.env.DATABASE_URL).toContain(rows[0].name)
})
