import { availableParallelism } from 'node:os'
import vue from '@vitejs/plugin-vue'
import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config'
import { miniapp } from './miniapp/vite.ts'
import { simulatorPage } from './simulator/page/vite.ts'

/**
 * One for each core: while one waits for the database, the database works. More would each have to load the house and to grow warm, which costs more
 * than it brings.
 */
const maxWorkers = Math.min(Math.max(availableParallelism(), 2), 4)
/** What needs no database and keeps no state of its own: these files share one world and need not load it each. */
const stateless = [
  'server/**/*.model.test.ts',
  'server/contract/**/*.test.ts',
  'bot/platforms/**/*.test.ts',
  'simulator/!(page)/**/*.test.ts',
  'simulator/*.test.ts',
  'bot/answers/!(permission).test.ts',
  'scripts/{tidy,import-rules,configuration-checks}.test.ts',
]
/** These change the environment, which is read once: each in a world of its own. */
const alone = ['scripts/running-platforms.test.ts', 'server/modules/connections/connections.test.ts']
/**
 * These put something of their own in the place of the window, of a client or of what a document is made of, or look at what Vant tells people,
 * which it shows for ever on the page where it first did.
 */
const aloneOnPage = [
  'miniapp/exports/ExportAction.test.ts',
  'miniapp/host/*.test.ts',
  'miniapp/ui/AppPage.test.ts',
  'miniapp/features/**/{SaleEntry,ReceiptFormPage,CustomerFormBody}.test.ts',
  'simulator/page/*/{client-script,bridge,storage}.test.ts',
]
// On a real database each file has one of its own, made from a template by server/test.
const onDatabase = { globalSetup: ['server/test/postgres.ts'], setupFiles: ['server/test/setup.ts'] }
/** More than there are cores on a small machine: they wait for pages that draw, move and load. */
const browserWorkers = 3
const browserTestTimeoutMs = 120_000

const tests: ViteUserConfig = {
  plugins: [vue()],
  test: {
    // Most modules are asked for by several kinds of tests: each is made ready once.
    experimental: { fsModuleCache: true },
    projects: [
      {
        extends: true,
        test: {
          name: 'stateless',
          include: stateless,
          environment: 'node',
          pool: 'threads',
          isolate: false,
          maxWorkers,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{server,bot,simulator,scripts,prisma,bench}/**/*.test.ts'],
          exclude: ['simulator/page/**', ...stateless, ...alone],
          environment: 'node',
          pool: 'threads', // quicker to begin than processes
          isolate: false,
          maxWorkers,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...onDatabase,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          environment: 'node',
          pool: 'threads',
          maxWorkers,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...onDatabase,
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: ['{miniapp,simulator/page}/**/*.test.ts'],
          exclude: aloneOnPage,
          environment: 'happy-dom',
          setupFiles: ['miniapp/test/setup.ts'],
          pool: 'threads',
          isolate: false,
          maxWorkers,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone-on-page',
          include: aloneOnPage,
          environment: 'happy-dom',
          setupFiles: ['miniapp/test/setup.ts'],
          pool: 'threads',
          maxWorkers,
        },
      },
      {
        extends: true,
        test: {
          name: 'storm',
          include: ['test/storm/**/*.test.ts'],
          environment: 'node',
          maxWorkers: 1,
          hookTimeout: browserTestTimeoutMs,
          ...onDatabase,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          environment: 'node',
          pool: 'threads',
          isolate: false,
          maxWorkers: browserWorkers,
          testTimeout: browserTestTimeoutMs,
          hookTimeout: browserTestTimeoutMs,
          ...onDatabase,
          globalSetup: [...onDatabase.globalSetup, 'test/browser/demo-template.ts'],
        },
      },
    ],
  },
}

/** `vite` and `vite build` are the mini-app, `--mode simulator` is the simulator's page, `vitest` the tests. */
export default defineConfig(async ({ mode }) => {
  if (mode !== 'test') return mode === 'simulator' ? simulatorPage : miniapp
  const { LongestFirst } = await import('./test/longest-first.ts')
  return mergeConfig(tests, { test: { sequence: { sequencer: LongestFirst } } })
})
