import { buildApp } from './build-app.ts'
import { openDatabase } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'
import { type Stopping, stopOnSignal } from './stopping.ts'

const help = `Starts Yidan 一单.

  npm start                 everything a demo needs, on this machine
  npm start -- --help       this page

Environment (all of it is in .env.example):
  DATABASE_URL    a PostgreSQL of your own, 15 or later; without it an embedded one runs
  DATA_DIR        where the embedded one keeps its data (./data)
  HOST, PORT      where the app and the API listen (127.0.0.1, 3000)
  SIM_PORT        where the simulated chat platforms listen (3001)

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
  log('Opening the database.')
  const { DATABASE_URL, DATA_DIR } = process.env
  const database = await openDatabase({ url: DATABASE_URL, dataDir: DATA_DIR, log })
  onStop('database', database.stop)
  // The kernel reads its configuration when it is first imported: from here on it may be.
  process.env.DATABASE_URL = database.url
  await migrate(database.url, { log })
  await buildApp({ log })

  log(`Ready in ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Ctrl-C stops it.`)
}
