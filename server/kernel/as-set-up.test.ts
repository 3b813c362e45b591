import { expect, test } from 'vitest'
import { z } from 'zod'
import { asSetUp } from './as-set-up.ts'
import { systemCaller } from './caller.ts'
import { db, inTransaction, reading, type Tx } from './db.ts'
import { newId } from './ids.ts'
import { readSetting, type Setting, writeSetting } from './settings.ts'

const house = systemCaller(new Date())
const aSetting = (): Setting<string> => ({ key: `test.${newId()}`, schema: z.string(), initial: 'as it began' })
const set = (setting: Setting<string>, value: string) => inTransaction((tx) => writeSetting(tx, house, setting, value))
const read = (setting: Setting<string>) => inTransaction((tx) => readSetting(tx, setting))

test('what is set up is read again when any of it has changed, and only then', async () => {
  const key = newId()
  let reads = 0
  const look = (tx: Tx) => asSetUp(tx, key, async () => ++reads)
  expect([await inTransaction(look), await inTransaction(look), await look(reading)]).toEqual([1, 1, 1])
  await set(aSetting(), 'something else')
  expect([await inTransaction(look), await inTransaction(look)]).toEqual([2, 2])
})

test('a change holds for the next who asks, whoever wrote it and however', async () => {
  const setting = aSetting()
  expect(await read(setting)).toBe('as it began')
  await set(setting, 'one')
  expect(await read(setting)).toBe('one')
  await db.setting.update({ where: { key: setting.key }, data: { value: 'two' } })
  expect(await read(setting)).toBe('two')
  await db.setting.delete({ where: { key: setting.key } })
  expect(await read(setting)).toBe('as it began')
})

test('who changes it sees his change at once; when it is undone, nobody believes what he saw', async () => {
  const setting = aSetting()
  const undone = inTransaction(async (tx) => {
    await readSetting(tx, setting)
    await writeSetting(tx, house, setting, 'undone')
    expect(await readSetting(tx, setting)).toBe('undone')
    throw new Error('on purpose')
  })
  await expect(undone).rejects.toThrow('on purpose')
  expect(await read(setting)).toBe('as it began')
  await set(aSetting(), 'something else')
  expect(await read(setting)).toBe('as it began')
})

test('a transaction sees one and the same while others change it', async () => {
  const [one, other] = [aSetting(), aSetting()]
  await inTransaction(async (tx) => {
    expect(await readSetting(tx, one)).toBe('as it began')
    await set(one, 'changed meanwhile')
    expect(await read(one)).toBe('changed meanwhile')
    expect(await readSetting(tx, one)).toBe('as it began')
    expect(await readSetting(tx, other)).toBe('as it began')
  })
})
