import { afterAll, inject } from 'vitest'
import { areBooksProven } from './books.ts'
import { testDatabase } from './database.ts'

// Before each test file, and before its imports: the kernel reads DATABASE_URL when it is first imported.
const database = await testDatabase(inject('testServer'))
process.env.DATABASE_URL = database.url

// Hooks run last in, first out: this one runs when the file's own hooks have closed what they opened.
afterAll(async () => {
  if (await database.isInUse()) await closeKernel()
  await database.drop()
})

/** Only after a test that used the database: loading the house for nothing would cost each small test a second. */
async function closeKernel() {
  const { closeDatabase } = await import('../kernel/db.ts')
  const { closeNumbers } = await import('../kernel/numbers.ts')
  try {
    if (areBooksProven()) await proveBooks()
  } finally {
    await closeNumbers()
    await closeDatabase()
  }
}

/** Whatever a test did, the books must be right when it is done. */
async function proveBooks() {
  const { prove } = await import('../proof/index.ts')
  const { systemCaller } = await import('../kernel/caller.ts')
  const { ask } = await import('../kernel/perform.ts')
  const { findings } = await ask(systemCaller(new Date()), prove, undefined)
  if (findings.length > 0) throw new Error(`The books are wrong after this file: ${JSON.stringify(findings, null, 2)}`)
}
