import { buildApp } from './build-app.ts'
import { assertSafeForProduction } from './configuration-checks.ts'
import { assertDurable } from './durability.ts'
import { openDatabase } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'
import { openCompany } from './open-company.ts'
import { type Stopping, stopOnSignal } from './stopping.ts'

const help = `Starts Yidan 一单.

  npm start                 everything, on this machine
  npm start -- --help       this page

Without a chat platform configured, a demo company is loaded into an empty database and the chat
platforms are simulated. Environment (all of it is in .env.example):

  DATABASE_URL    a PostgreSQL of your own, 15 or later; without it an embedded one runs
  DATA_DIR        where the embedded one keeps its data (./data)
  HOST, PORT      where the app and the API listen (127.0.0.1, 3000)
  SIM_PORT        where the simulated chat platforms listen (3001)
  FEISHU_…        the app on Feishu that people sign in with; see docs/operations.md

Ctrl-C stops all of it; the data stays for the next start.`

const log = (line: string) => console.log(line)

if (process.argv.includes('--help')) {
  log(help)
} else {
  const stopping = stopOnSignal(log)
  try {
    await start(stopping)
  } catch (error) {
    if (!stopping.isStopping()) {
      console.error(`\n${error instanceof Error ? error.message : String(error)}`)
      await stopping.stop(1)
    }
  }
}

async function start({ onStop }: Stopping) {
  const startedAt = Date.now()
  const { env } = process
  assertSafeForProduction(env)
  log('Opening the database.')
  const url = env['DATABASE_DIRECT_URL'] || env['DATABASE_URL']
  const database = await openDatabase({ url, dataDir: env['DATA_DIR'], log })
  onStop('database', database.stop)
  env['DATABASE_URL'] ||= database.url
  await assertDurable(database.url, env['THROW_AWAY_DATABASE'])
  await migrate(database.url, { log })
  await buildApp({ log })

  onStop('connections', async () => (await import('./house.ts')).closeKernel())
  const { house, simulator } = await openCompany({
    env,
    host: env['HOST'] || '127.0.0.1',
    port: Number(env['PORT'] || 3000),
    simPort: Number(env['SIM_PORT'] || 3001),
    log,
    onStop,
  })

  log(`\nReady in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`)
  if (simulator) log(`  The demo company at work:  ${simulator.url.replace('127.0.0.1', 'localhost')}`)
  log(`  App and API:               ${house.url}   (API documentation: ${house.url}/docs)`)
  log('Ctrl-C stops it.')
}
