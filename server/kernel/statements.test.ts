import type { Socket } from 'node:net'
import { expect, test, vi } from 'vitest'
import { Decimal } from '#contract'
import { db, inTransaction, pool, reading, sendAlong, sql, type Tx } from './db.ts'
import { newId } from './ids.ts'

const at = new Date('2026-11-22T07:08:09.123Z')
const everyKind = (tx: Tx) => tx.$queryRaw`
  select null::text as nothing, ${'五金'} as text, ${7}::int as whole, ${7n}::bigint as long, ${new Decimal('1234567890.123456')}::numeric as exact,
    ${1.5}::float8 as float, ${true}::boolean as flag, ${newId().slice(0, 0)}::text as empty, ${at}::timestamptz as instant, ${at}::timestamp as plain,
    ${at}::date as day, ${'0192f0c1-2345-7abc-8def-0123456789ab'}::uuid as id, ${'{"a": [1, null]}'}::jsonb as tree, 'null'::jsonb as void,
    ${['a', null, '五 金']}::text[] as texts, ${[1, 2]}::int[] as wholes, array[1, 2]::bigint[] as longs, array[1.50, null]::numeric[] as exacts,
    array['2026-01-01'::date] as days, array['2026-01-01 08:00+08'::timestamptz] as instants, array['0192f0c1-2345-7abc-8def-0123456789ab'::uuid] as ids,
    array['{"b": 2}'::jsonb] as trees, '{}'::text[] as none, 'infinity'::float8 as endless`

test('a statement answers what Prisma would answer', async () => {
  const byPrisma = await everyKind(db)
  expect(await everyKind(reading)).toEqual(byPrisma)
  expect(await inTransaction(everyKind)).toEqual(byPrisma)
})

test('a composed statement is the same as one written out', async () => {
  const part = sql`${3}::int + ${4}::int`
  expect(await reading.$queryRaw`select ${part} as sum where ${'a'} = any(${['a', 'b']}::text[])`).toEqual([{ sum: 7 }])
  expect(await reading.$queryRaw(sql`select ${part} as sum`)).toEqual([{ sum: 7 }])
})

test('models and statements see one another in one transaction, and are undone together', async () => {
  const key = `test.${newId()}`
  const written = inTransaction(async (tx) => {
    await tx.setting.create({ data: { key, value: 1, changedAt: at } })
    expect(await tx.$executeRaw`update setting set version = 5 where key = ${key}`).toBe(1)
    expect(await tx.setting.findUnique({ where: { key } })).toMatchObject({ version: 5 })
    throw new Error('on purpose')
  })
  await expect(written).rejects.toThrow('on purpose')
  expect(await db.setting.findUnique({ where: { key } })).toBeNull()
})

test('what is sent along is there for whoever reads next, and is kept', async () => {
  const key = `test.${newId()}`
  const insert = (tx: Tx) =>
    sendAlong(tx, tx.$executeRaw`insert into setting (key, value, changed_at) values (${key}, '1'::jsonb, ${at})`)
  await inTransaction(async (tx) => {
    await insert(tx)
    expect(await tx.setting.count({ where: { key } })).toBe(1)
  })
  expect(await db.setting.count({ where: { key } })).toBe(1)
})

test('what is sent along and fails takes the transaction with it, whatever came after', async () => {
  const key = `test.${newId()}`
  const broken = (work: (tx: Tx) => Promise<unknown>) =>
    inTransaction(async (tx) => {
      await tx.setting.create({ data: { key, value: 1, changedAt: at } })
      await sendAlong(tx, tx.$executeRaw`select 1 / ${0}::int`)
      await work(tx)
    })
  await expect(broken(async () => {})).rejects.toMatchObject({ code: '22012' })
  await expect(broken((tx) => tx.$queryRaw`select 1`)).rejects.toMatchObject({ code: '22012' })
  expect(await db.setting.count({ where: { key } })).toBe(0)
})

test('statements that do not wait for one another leave in one packet', async () => {
  let socket: Socket | undefined
  pool.once('acquire', (client) => {
    socket = (client as unknown as { connection: { stream: Socket } }).connection.stream // the driver's own, which its types leave out
  })
  await inTransaction(async (tx) => {
    await tx.$queryRaw`select 1`
    const alone = vi.spyOn(socket!, '_write')
    const together = vi.spyOn(socket!, '_writev')
    await Promise.all([1, 2, 3].map((one) => tx.$queryRaw`select ${one}::int`))
    expect([alone.mock.calls.length, together.mock.calls.length]).toEqual([0, 1])
    alone.mockRestore()
    together.mockRestore()
  })
})
