import { afterAll, beforeAll, expect, test } from 'vitest'
import { proof } from '#contract/proof'
import { systemCaller } from '#kernel/caller'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { log } from '#kernel/log'
import { as, closeDoor, openDoor } from '../test/door.ts'
import { proofJobs } from './index.ts'
import { invariants } from './invariants.ts'

beforeAll(() => openDoor())
afterAll(closeDoor)

const { prove, proofRun, proofRuns } = proof.endpoints
const tonight = async () => {
  for (const { run } of proofJobs) await run(systemCaller(new Date()))
}
const facts = () => db.event.findMany({ where: { name: 'proof.finished' }, orderBy: { id: 'asc' } })

test('a proof that somebody asks for is kept, with whoever asked, and read again as it was', async () => {
  const key = newId()
  const asked = await as('accountant').try(prove, {}, { key })
  expect(asked.body).toMatchObject({ findings: [], isNightly: false, by: '员工 accountant' })
  expect(asked.body.checked).toHaveLength(invariants.length)
  expect((await as('accountant').try(prove, {}, { key })).body).toEqual(asked.body)
  expect(await as('finance_director').call(proofRun, { id: asked.body.id })).toEqual(asked.body)
  const { rows } = await as('finance_director').call(proofRuns, {})
  expect(rows).toMatchObject([{ id: asked.body.id, broken: 0, checked: invariants.length }])
})

test('the nightly proof is kept and told, whole or broken; one that cannot be finished is told as a fault', async () => {
  await tonight()
  expect((await facts()).map(({ body }) => body)).toMatchObject([{ findings: [] }])

  const id = newId()
  await db.doneCall.create({
    data: { userId: id, key: 'half', action: 'sales.createOrder', inputHash: 'x', at: new Date() },
  })
  await tonight()
  await db.doneCall.deleteMany({ where: { userId: id } })
  expect((await facts()).at(-1)?.body).toMatchObject({ findings: [{ id: 'I13', number: 'half' }] })

  const { level } = log
  log.level = 'silent'
  await db.$executeRaw`alter table price_rule rename to price_rule_gone`
  try {
    await tonight()
  } finally {
    await db.$executeRaw`alter table price_rule_gone rename to price_rule`
    log.level = level
  }
  expect((await facts()).at(-1)?.body).toMatchObject({ findings: [{ id: 'proof', document: 'fault' }] })
  const { rows } = await as('owner').call(proofRuns, { limit: 3 })
  expect(rows.map(({ broken, isNightly }) => [broken, isNightly])).toEqual([
    [1, true],
    [1, true],
    [0, true],
  ])
})

test('only the last runs are kept', async () => {
  const run = { at: new Date('2020-01-01'), by: newId(), isNightly: true, ms: 1, checked: [], findings: [] }
  await db.proofRun.createMany({ data: Array.from({ length: 200 }, () => ({ ...run, id: newId() })) })
  await tonight()
  expect(await db.proofRun.count()).toBe(120)
  expect(await db.proofRun.count({ where: { at: { gt: new Date('2021-01-01') } } })).toBeGreaterThan(4)
})
