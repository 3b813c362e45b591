import { afterEach, expect, test } from 'vitest'
import { systemCaller } from './caller.ts'
import { db } from './db.ts'
import { drain, errand, type Fact, type Listener, publish, reaction, reactionToMany, round } from './events.ts'
import { newId } from './ids.ts'
import { perform } from './perform.ts'
import { startWorker, type Worker } from './worker.ts'
import { eventually } from '../../simulator/test-eventually.ts'

type Rang = Fact<'test.rang', { bell: string }>
let worker: Worker | undefined
afterEach(async () => {
  await worker?.stop()
  worker = undefined
})

const ring = (bell: string, fail = false) =>
  perform(
    systemCaller(new Date()),
    async (tx, caller) => {
      const rang: Rang = { name: 'test.rang', body: { bell } }
      await publish(tx, caller, [rang])
      if (fail) throw new Error('after the fact')
    },
    undefined,
  )

test('a fact is heard after the commit, and never when the transaction failed', async () => {
  const heard: string[] = []
  const listeners = [errand<Rang>('test.hear', 'test.rang', async (_, { body }) => void heard.push(body.bell))]
  await ring('good')
  await expect(ring('bad', true)).rejects.toThrow('after the fact')
  await drain(listeners)
  expect(heard).toEqual(['good'])
})

test('the worker hands each fact to every listener, and a failing one does not keep it from the others', async () => {
  const told = deferred<string>()
  let failures = 0
  const listeners: Listener[] = [
    errand<Rang>('test.broken', 'test.rang', async () => {
      failures++
      throw new Error('on purpose')
    }),
    errand<Rang>('test.works', 'test.rang', async (_, { body }) => told.resolve(body.bell)),
  ]
  worker = await startWorker(listeners, [])
  await ring('through the queue')
  expect(await told.promise).toBe('through the queue')
  expect(failures).toBeLessThanOrEqual(2)
})

test('a round is run once for all the facts that wait for it', async () => {
  let runs = 0
  await perform(
    systemCaller(new Date()),
    (tx, caller) =>
      publish(
        tx,
        caller,
        Array.from({ length: 30 }, (_, i): Rang => ({ name: 'test.rang', body: { bell: `${i}` } })),
      ),
    undefined,
  )
  worker = await startWorker([round('test.round', 'test.rang', async () => void runs++)], [])
  await eventually(async () => (await db.event.count({ where: { relayedAt: null } })) === 0 || undefined)
  await worker.stop()
  expect(runs).toBe(1)
})

test('a reaction acts once, however often its fact is delivered', async () => {
  const key = `test.${newId()}`
  await db.setting.create({ data: { key, value: 0, changedAt: new Date() } })
  const listeners = [
    reaction<Rang>('test.react', 'test.rang', async (tx) => {
      await tx.setting.update({ where: { key }, data: { version: { increment: 1 } } })
    }),
  ]
  await drain([])
  await ring('once')
  await drain(listeners)
  await db.event.updateMany({ where: { body: { equals: { bell: 'once' } } }, data: { relayedAt: null } })
  await drain(listeners)
  expect((await db.setting.findUniqueOrThrow({ where: { key } })).version).toBe(2)
})

test('a reaction to many takes all that wait into one transaction; where that fails, each of them is undone or done by itself', async () => {
  const key = `test.${newId()}`
  await db.setting.create({ data: { key, value: 0, changedAt: new Date() } })
  const sizes: number[] = []
  const listener = reactionToMany<Rang>('test.many', 'test.rang', async (tx, _, heard) => {
    sizes.push(heard.length)
    await tx.setting.update({ where: { key }, data: { version: { increment: heard.length } } })
    if (heard.some(({ body }) => body.bell === 'bad')) throw new Error('on purpose')
  })
  await drain([])
  for (const bell of ['one', 'bad', 'two']) await ring(bell)
  worker = await startWorker([listener], [])
  await eventually(async () => {
    const { version } = await db.setting.findUniqueOrThrow({ where: { key } })
    return version === 3 || undefined
  })
  expect(sizes.slice(0, 3)).toEqual([3, 1, 1])
})

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((done) => (resolve = done))
  return { promise, resolve }
}
