import { expect, test } from 'vitest'
import { Refusal } from '#contract'
import { systemCaller } from './caller.ts'
import { db, type Tx } from './db.ts'
import { newId } from './ids.ts'
import { askAtOneMoment, ChangedMeanwhile, perform } from './perform.ts'

const caller = (key?: string) => ({ ...systemCaller(new Date(), newId()), key })

/** A deed that can be counted: it writes a setting of its own. */
const note = async (tx: Tx, _caller: unknown, value: string): Promise<{ value: string }> => {
  await tx.setting.create({ data: { key: `test.${newId()}`, value: { value }, changedAt: new Date() } })
  return { value }
}
const noted = (value: string) => db.setting.count({ where: { value: { equals: { value } } } })

test('the same key and input is done once and answered twice', async () => {
  const who = caller(newId())
  const answers = await Promise.all(Array.from({ length: 8 }, () => perform(who, note, 'once', 'note')))
  expect(new Set(answers.map((answer) => answer.value))).toEqual(new Set(['once']))
  expect(await noted('once')).toBe(1)
})

test('the same key with another input is refused', async () => {
  const who = caller(newId())
  await perform(who, note, 'first', 'note')
  await expect(perform(who, note, 'second', 'note')).rejects.toMatchObject({ code: 'key_reused' })
})

test('a refused deed leaves nothing behind and may be tried again under its key', async () => {
  const who = caller(newId())
  let refuse = true
  const moody = async (tx: Tx, _caller: unknown, value: string) => {
    const done = await note(tx, _caller, value)
    if (refuse) throw new Refusal('forbidden')
    return done
  }
  await expect(perform(who, moody, 'moody', 'moody')).rejects.toThrow(Refusal)
  expect(await noted('moody')).toBe(0)
  refuse = false
  await perform(who, moody, 'moody', 'moody')
  expect(await noted('moody')).toBe(1)
})

test('a deed that lost a race runs again from the start', async () => {
  let tries = 0
  const raced = async () => {
    if (++tries < 3) throw new ChangedMeanwhile()
    return tries
  }
  expect(await perform(caller(), raced, undefined)).toBe(3)
})

test('two transactions that wait for each other both get done', async () => {
  const [a, b] = [`test.${newId()}`, `test.${newId()}`]
  for (const key of [a, b]) await db.setting.create({ data: { key, value: 0, changedAt: new Date() } })
  const inOrder = (first: string, second: string) => async (tx: Tx) => {
    await tx.setting.update({ where: { key: first }, data: { version: { increment: 1 } } })
    await tx.$queryRaw`select 1 from pg_sleep(0.05)`
    await tx.setting.update({ where: { key: second }, data: { version: { increment: 1 } } })
  }
  await Promise.all([perform(caller(), inOrder(a, b), undefined), perform(caller(), inOrder(b, a), undefined)])
  expect((await db.setting.findMany({ where: { key: { in: [a, b] } } })).map((row) => row.version)).toEqual([3, 3])
})

test('reads at one moment see nothing of what happens meanwhile, and change nothing', async () => {
  const count = (tx: Tx) => tx.setting.count({ where: { value: { equals: { value: 'meanwhile' } } } })
  const readTwice = async (tx: Tx) => {
    const first = await count(tx)
    await perform(caller(), note, 'meanwhile', 'note')
    return [first, await count(tx)]
  }
  expect(await askAtOneMoment(caller(), readTwice, undefined)).toEqual([0, 0])
  expect(await noted('meanwhile')).toBe(1)
  await expect(askAtOneMoment(caller(), note, 'read only')).rejects.toThrow('read-only')
  expect(await noted('read only')).toBe(0)
})
