import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { db, type Tx } from '#kernel/db'
import { openFaultyCompany, type Fault, type FaultyCompany } from '../test/faults/company.ts'
import { costFaults } from '../test/faults/cost-faults.ts'
import { houseFaults } from '../test/faults/house-faults.ts'
import { moneyFaults } from '../test/faults/money-faults.ts'
import { saleFaults } from '../test/faults/sale-faults.ts'
import { stockFaults } from '../test/faults/stock-faults.ts'
import { voucherFaults } from '../test/faults/voucher-faults.ts'
import { invariants } from './invariants.ts'

const faults = [...stockFaults, ...costFaults, ...moneyFaults, ...saleFaults, ...voucherFaults, ...houseFaults]
let company: FaultyCompany
beforeAll(async () => {
  company = await openFaultyCompany()
})

test('every invariant has a fault that breaks it, and no two have one name', () => {
  const broken = new Set(faults.map(({ breaks }) => breaks))
  const ids = invariants.map(({ id }) => id)
  expect(ids.filter((id) => !broken.has(id))).toEqual([])
  expect([...broken].filter((id) => !ids.includes(id))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
  for (const { name } of invariants) expect([name.zh, name.en].every(Boolean)).toBe(true)
})

test('the list of invariants that people read has each of them, by its name', () => {
  const read = readFileSync(new URL('../../docs/proof.md', import.meta.url), 'utf8')
  const missing = invariants.filter(({ id, name }) => !read.includes(`| ${id} | ${name.en} | ${name.zh} |`))
  expect(missing.map(({ id }) => id)).toEqual([])
})

test('each of them is found, and named where it lies', async () => {
  const found: string[] = []
  await spoiling(async (tx) => {
    for (const fault of faults) found.push(`${fault.breaks}: ${fault.what}: ${await foundAfter(tx, fault)}`)
  })
  expect(found).toEqual(faults.map((fault) => `${fault.breaks}: ${fault.what}: ${fault.found(company)}`))
}, 120_000)

class Undone extends Error {}

/** A transaction in which no check and no trigger stands in the way; all of it is undone. */
async function spoiling(work: (tx: Tx) => Promise<void>): Promise<void> {
  await db
    .$transaction(
      async (tx) => {
        await tx.$executeRaw`set local session_replication_role = replica`
        await tx.$executeRaw`
          do $$ declare one record; begin
            for one in select conrelid::regclass as place, conname from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace
            loop execute format('alter table %s drop constraint %I', one.place, one.conname); end loop;
          end $$`
        await work(tx)
        throw new Undone()
      },
      { timeout: 110_000 },
    )
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
}

/** Where the invariant that a fault breaks finds it: as precisely as the fault says. */
async function foundAfter(tx: Tx, { breaks, damage, found }: Fault): Promise<string> {
  const { find } = invariants.find(({ id }) => id === breaks)!
  if (await find(tx)) return 'it was broken before'
  await tx.$executeRaw`savepoint before_it`
  for (const statement of damage(company)) await tx.$executeRaw(statement)
  const broken = await find(tx)
  await tx.$executeRaw`rollback to savepoint before_it`
  if (!broken) return 'nothing'
  return found(company).includes(' ') ? `${broken.document} ${broken.number}` : broken.document
}
