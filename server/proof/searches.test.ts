import { expect, test } from 'vitest'
import { reading, sql, type Tx } from '#kernel/db'
import { invariants } from './invariants.ts'

test('every invariant is planned as a search through all of the books, none as one for a first row that should not be there', async () => {
  const asked: string[] = []
  const listening = new Proxy(reading, {
    get: (target, key) =>
      key === '$queryRaw'
        ? (given: TemplateStringsArray, ...values: unknown[]) => {
            asked.push(sql(given, ...values).text.trim())
            return target.$queryRaw(given, ...values)
          }
        : Reflect.get(target, key),
  }) satisfies Tx
  for (const { find } of invariants) await find(listening)

  expect(asked.length).toBeGreaterThanOrEqual(invariants.length / 2)
  expect(asked.filter((text) => /\blimit 1$/.test(text) && !text.startsWith('with found as materialized'))).toEqual([])
})
