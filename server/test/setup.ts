import { afterAll, inject } from 'vitest'
import { testDatabase } from './database.ts'

// Before each test file, and before its imports: the kernel reads DATABASE_URL when it is first imported.
const database = await testDatabase(inject('testServer'))
process.env.DATABASE_URL = database.url

// Hooks run last in, first out: this one runs when the file's own hooks have closed what they opened.
afterAll(async () => {
  if (await database.isInUse()) await closeKernel()
  await database.drop()
})

/** Only after a test that used the database: loading the kernel for nothing would cost each small test half a second. */
async function closeKernel() {
  const { closeDatabase } = await import('../kernel/db.ts')
  await closeDatabase()
}
