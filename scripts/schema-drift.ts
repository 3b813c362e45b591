import { diffOfSchema } from './schema-engine.ts'

const sql = await diffOfSchema()
if (sql) {
  console.error(`prisma/schema and prisma/migrations differ. What the migrations lack:\n\n${sql}`)
  console.error('Make the next migration with: npm run migration -- what_it_does')
  process.exit(1)
}
console.log('prisma/schema and prisma/migrations say the same.')
