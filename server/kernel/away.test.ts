import { expect, test } from 'vitest'
import { isDatabaseAway } from './away.ts'
import { db, inTransaction, reading } from './db.ts'

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

test('a connection that is cut, in a transaction or outside of one, says that the database is away', async () => {
  expect(isDatabaseAway(await failure(reading.$queryRaw`select pg_terminate_backend(pg_backend_pid())`))).toBe(true)
  expect(isDatabaseAway(await failure(db.$executeRaw`select pg_terminate_backend(pg_backend_pid())`))).toBe(true)
  const inside = inTransaction(async (tx) => {
    await tx.$queryRaw`select pg_terminate_backend(pg_backend_pid())`
  })
  expect(isDatabaseAway(await failure(inside))).toBe(true)
  expect(await reading.$queryRaw`select 1 as one`).toEqual([{ one: 1 }])
})

test('a statement that is wrong, a value that is refused and a mistake of ours do not', async () => {
  expect(isDatabaseAway(await failure(reading.$queryRaw`select 1 / 0`))).toBe(false)
  expect(isDatabaseAway(await failure(db.$executeRaw`select nothing`))).toBe(false)
  expect(isDatabaseAway(new TypeError('undefined is not a function'))).toBe(false)
})
