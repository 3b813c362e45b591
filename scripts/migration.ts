import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { migrationsDirectory, readMigrations } from './migrate.ts'
import { diffOfSchema } from './schema-engine.ts'

const [name] = process.argv.slice(2)
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Usage: npm run migration -- what_it_does   (small letters, digits and _)')
  process.exit(1)
}

const sql = await diffOfSchema()
if (!sql) {
  console.log(
    'prisma/schema has nothing that the migrations lack. What Prisma does not know (checks, triggers) is written by hand.',
  )
  process.exit(0)
}
const number = String(readMigrations().length + 1).padStart(4, '0')
const path = join(migrationsDirectory, `${number}_${name}.sql`)
writeFileSync(path, sql)
console.log(
  `Written: ${relative(process.cwd(), path)}. Read it, and add by hand what Prisma does not know: checks, triggers, partial indexes.`,
)
