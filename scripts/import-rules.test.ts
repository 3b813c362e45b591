import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

// One planted import against each rule, in a house of empty files: what must be found is written beside it.
const planted: [from: string, to: string, rule: string][] = [
  ['miniapp/features/sales/reads-database.ts', 'server/kernel/db.ts', 'miniapp-sees-contracts-only'],
  ['server/contract/reads-kernel.ts', 'server/kernel/log.ts', 'contracts-are-browser-safe'],
  ['server/modules/sales/contract.ts', 'server/kernel/log.ts', 'contracts-are-browser-safe'],
  ['server/kernel/knows-sales.ts', 'server/modules/sales/index.ts', 'kernel-knows-no-business'],
  ['server/engines/rules/knows-sales.ts', 'server/modules/sales/index.ts', 'engines-know-no-business'],
  ['server/modules/sales/knows-http.ts', 'server/http/app.ts', 'modules-know-no-transport'],
  ['server/modules/inventory/calls-up.ts', 'server/modules/sales/index.ts', 'lower-levels-only'],
  ['server/modules/finance/calls-up.ts', 'server/modules/inventory/index.ts', 'lower-levels-only'],
  ['server/modules/catalog/calls-beside.ts', 'server/modules/parties/index.ts', 'neighbours-do-not-meet'],
  ['server/modules/sales/climbs-in.ts', 'server/modules/org/person-store.ts', 'meet-at-the-door'],
  ['server/http/climbs-in.ts', 'server/modules/org/person-store.ts', 'callers-use-doors'],
  ['bot/climbs-in.ts', 'server/modules/org/person-store.ts', 'callers-use-doors'],
  ['server/modules/sales/facts.ts', 'server/modules/sales/order-store.ts', 'facts-are-plain'],
  ['server/kernel/calls-bot.ts', 'bot/cards/card.ts', 'nothing-imports-the-top'],
  ['server/modules/sales/submit-order.ts', 'server/kernel/db.ts', 'the-database-is-behind-stores'],
  ['server/modules/sales/order.model.ts', 'server/modules/sales/order-store.ts', 'models-are-pure'],
  ['server/modules/sales/calls-out.ts', 'node:https', 'actions-stay-inside'],
  ['bot/simulates.ts', 'simulator/feishu/state.ts', 'product-knows-no-simulator'],
  ['simulator/feishu/peeks.ts', 'bot/cards/card.ts', 'simulator-knows-no-product'],
  ['server/kernel/uses-harness.ts', 'server/test/database.ts', 'nothing-imports-tests'],
  ['server/kernel/imports-nothing.ts', 'server/kernel/missing.ts', 'no-dead-ends'],
]

// What the house is for: none of these may be found.
const allowed: [from: string, to: string][] = [
  ['miniapp/features/sales/OrderPage.ts', 'server/modules/sales/sales-order.document.ts'],
  ['server/modules/sales/listeners.ts', 'server/modules/purchasing/facts.ts'],
  ['server/modules/org/listeners.ts', 'server/modules/sales/facts.ts'],
  ['server/modules/sales/deliver-order.ts', 'server/modules/inventory/index.ts'],
  ['server/modules/sales/order-store.ts', 'server/kernel/db.ts'],
  ['server/modules/sales/deliver-order.test.ts', 'server/test/database.ts'],
]

const root = fileURLToPath(new URL('..', import.meta.url))
let house: string
let violations: string[]

beforeAll(async () => {
  house = mkdtempSync(join(tmpdir(), 'house-'))
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json'])
    cpSync(join(root, name), join(house, name))
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
  const imports = [...planted, ...allowed]
  for (const [, to] of imports) if (!to.startsWith('node:') && !to.endsWith('missing.ts')) write(to, [])
  for (const [from] of imports)
    write(
      from,
      imports.filter((other) => other[0] === from).map(([, to]) => to),
    )
  violations = await cruise()
})

afterAll(() => rmSync(house, { recursive: true }))

function write(path: string, imports: string[]) {
  const lines = imports.map((to, i) => {
    const place = to.startsWith('node:') ? to : `./${relative(dirname(path), to)}`
    return `import * as used${i} from '${place}'\nvoid used${i}`
  })
  mkdirSync(dirname(join(house, path)), { recursive: true })
  writeFileSync(join(house, path), [...lines, 'export {}', ''].join('\n'))
}

async function cruise(): Promise<string[]> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [
    program,
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    'server',
    'bot',
    'miniapp',
    'simulator',
  ]
  // It ends with the number of errors found: only an answer that is missing is a failure here.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: house, maxBuffer: 2 ** 26 }).catch(
    (error) => {
      if (!error.stdout) throw error
      return error
    },
  )
  const { summary }: { summary: { violations: { from: string; rule: { name: string } }[] } } = JSON.parse(stdout)
  return summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`)
}

test.each(planted)('%s may not import %s (%s)', (from, _to, rule) => {
  expect(violations).toContain(`${from}: ${rule}`)
})

test.each(allowed)('%s may import %s', (from) => {
  expect(violations.filter((violation) => violation.startsWith(`${from}:`))).toEqual([])
})
