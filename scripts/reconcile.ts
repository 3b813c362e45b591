import { openDatabase } from './embedded-postgres.ts'

/** npm run reconcile: checks every invariant and names the first document where one fails. Ends with 1 when one does. */
const database = await openDatabase({
  url: process.env['DATABASE_URL'],
  dataDir: process.env['DATA_DIR'],
  log: console.log,
})
process.env['DATABASE_URL'] = database.url
let isProven = false
try {
  const { prove } = await import('#server/proof')
  const { systemCaller } = await import('#kernel/caller')
  const { closeDatabase } = await import('#kernel/db')
  const { ask } = await import('#kernel/perform')
  const { checked, findings, ms } = await ask(systemCaller(new Date()), prove, undefined)
  for (const { id, name } of checked) {
    const finding = findings.find((one) => one.id === id)
    console.log(
      finding ? `✗ ${id} ${name.zh}: ${finding.document} ${finding.number}, ${finding.detail}` : `✓ ${id} ${name.zh}`,
    )
  }
  console.log(
    findings.length === 0
      ? `All ${checked.length} invariants hold (${ms} ms).`
      : `${findings.length} of ${checked.length} fail.`,
  )
  isProven = findings.length === 0
  await closeDatabase()
} finally {
  await database.stop()
}
process.exit(isProven ? 0 : 1)
