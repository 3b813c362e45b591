import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { untidy } from './tidy.ts'

let root: string
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'tidy-'))))
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, lines = 1) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), '\n'.repeat(lines))
}

test.each([
  'server/modules/sales/order.model.ts',
  'server/modules/sales/order.model.test.ts',
  'server/modules/sales/order-store.ts',
  'server/modules/sales/sales-order.document.ts',
  'bot/scenarios/order-approved-on-cards.scenario.test.ts',
  'miniapp/features/sales/OrderPage.vue',
  'miniapp/features/sales/OrderPage.test.ts',
  'miniapp/env.d.ts',
])('%s is a good name', (path) => {
  write('server/modules/sales/index.ts')
  write(path)
  expect(untidy(root)).toEqual([])
})

test.each([
  ['server/kernel/utils.ts', 'says nothing'],
  ['server/kernel/date-helpers.ts', 'says nothing'],
  ['server/kernel/submitOrder.ts', 'kebab-case'],
  ['server/kernel/order.service.ts', 'no suffix but'],
  ['miniapp/order-page.vue', 'PascalCase'],
  ['miniapp/common/card.ts', 'named after a thing'],
  ['miniapp/Features/card.ts', 'named after a thing'],
])('%s is refused', (path, message) => {
  write(path)
  expect(untidy(root)).toEqual([expect.stringContaining(message)])
})

test('a module without a door, or with folders inside, is refused', () => {
  write('server/modules/sales/orders/submit-order.ts')
  expect(untidy(root)).toEqual([expect.stringContaining('has no door'), expect.stringContaining('lies flat')])
})

test('a file that has grown too long is refused', () => {
  write('server/kernel/short.ts', 400)
  write('server/kernel/long.ts', 401)
  expect(untidy(root)).toEqual([expect.stringContaining('server/kernel/long.ts: 401 lines')])
})

test('generated files and fixtures are left alone', () => {
  write('server/kernel/prisma/internal/prismaNamespace.ts', 5000)
  write('bot/platforms/feishu/fixtures/Recorded_Press.ts')
  expect(untidy(root)).toEqual([])
})
