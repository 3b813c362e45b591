import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../server/test/database.ts'
import { migrate } from './migrate.ts'

let database: TestDatabase
let directory: string
let client: pg.Client

beforeEach(async () => {
  const { url } = inject('testServer')
  database = await testDatabase({ url, template: 'template0' })
  directory = mkdtempSync(join(tmpdir(), 'migrations-'))
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})

afterEach(async () => {
  await client.end()
  await database.drop()
  rmSync(directory, { recursive: true })
})

const write = (name: string, sql: string) => writeFileSync(join(directory, name), sql)
const run = () => migrate(database.url, { directory })
const column = async (sql: string) => (await client.query({ text: sql, rowMode: 'array' })).rows.flat()

test('migrations are applied in the order of their numbers, and only once', async () => {
  write('0002_second.sql', `insert into step values ('second')`)
  write('0001_first.sql', `create table step (name text); insert into step values ('first')`)
  expect(await run()).toEqual(['0001_first.sql', '0002_second.sql'])
  expect(await run()).toEqual([])

  write('0003_third.sql', `insert into step values ('third')`)
  expect(await run()).toEqual(['0003_third.sql'])
  expect(await column('select name from step')).toEqual(['first', 'second', 'third'])
})

test('processes that migrate at the same moment do it once between them', async () => {
  write('0001_first.sql', 'create table step (name text); select pg_sleep(0.1)')
  write('0002_second.sql', `insert into step values ('second')`)
  const applied = await Promise.all([run(), run(), run()])

  expect(applied.flat().sort()).toEqual(['0001_first.sql', '0002_second.sql'])
  expect(await column('select name from step')).toEqual(['second'])
})

test('a migration that fails is undone whole, and says its file and line', async () => {
  write('0001_first.sql', 'create table step (name text)')
  write('0002_broken.sql', `insert into step values ('half');\nselect nothing\nfrom nowhere`)
  await expect(run()).rejects.toThrow(/0002_broken\.sql failed and was undone at line 3/)
  expect(await column('select name from step')).toEqual([])

  write('0002_broken.sql', `insert into step values ('whole')`)
  expect(await run()).toEqual(['0002_broken.sql'])
})

test('a function body with semicolons is one statement', async () => {
  write(
    '0001_function.sql',
    `create function two() returns int language plpgsql as $$ begin perform 1; return 2; end $$;`,
  )
  await run()
  expect(await column('select two()')).toEqual([2])
})

test('a file that was edited after it was applied is refused', async () => {
  write('0001_first.sql', 'create table step (name text)')
  await run()
  write('0001_first.sql', 'create table step (name text, edited int)')
  await expect(run()).rejects.toThrow('0001_first.sql was edited after it was applied')
})

test('a database that is newer than the program is refused', async () => {
  write('0001_first.sql', 'create table step (name text)')
  write('0002_second.sql', 'create table later (name text)')
  await run()
  rmSync(join(directory, '0002_second.sql'))
  await expect(run()).rejects.toThrow('has the migration 0002_second.sql, which this version of Yidan does not know')
})

test.each([
  [['0001_a.sql', '0003_c.sql'], '0003_c.sql is number 2 of the migrations'],
  [['0001_a.sql', '0001_b.sql'], '0001_b.sql is number 2 of the migrations'],
  [['0001-a.sql'], '0001-a.sql is no name for a migration'],
])('files %j are refused', async (names, message) => {
  for (const name of names) write(name, 'select 1')
  await expect(run()).rejects.toThrow(message)
})
