import { once } from 'node:events'
import { afterAll, inject } from 'vitest'
import { areBooksProven, keepBooks } from './books.ts'
import { forgetAll } from '../kernel/memory.ts'
import { testDatabase } from './database.ts'
import { databaseName } from './world.ts'

// Before each test file, and before its imports: the kernel reads DATABASE_URL when it is first imported.
const database = await testDatabase(inject('testServer'), databaseName)
process.env.DATABASE_URL = database.url
keepBooks()
// What the house remembers of the database before this one, beyond its connections, must not meet this one.
forgetAll()

// Hooks run last in, first out: this one runs when the file's own hooks have closed what they opened.
afterAll(async () => {
  try {
    if (areBooksProven()) await proveBooks()
  } finally {
    await (await import('../kernel/numbers.ts')).closeNumbers()
    await database.drop()
    await loseConnections()
  }
})

/** The database is gone, and its connections with it; the pool needs a moment to see it. */
async function loseConnections() {
  const { pool } = await import('../kernel/db.ts')
  while (pool.totalCount > 0) await once(pool, 'remove')
}

/** Whatever a test did, the books must be right when it is done. */
async function proveBooks() {
  const { prove } = await import('../proof/index.ts')
  const { systemCaller } = await import('../kernel/caller.ts')
  const { ask } = await import('../kernel/perform.ts')
  const { findings } = await ask(systemCaller(new Date()), prove, undefined)
  if (findings.length > 0) throw new Error(`The books are wrong after this file: ${JSON.stringify(findings, null, 2)}`)
}
