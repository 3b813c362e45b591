import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope, reactive } from 'vue'
import type { OrderPreview } from '#contract/modules/sales'
import { type Entry, newEntry, newLine, previewQuestion } from './entry.model.ts'
import { bolt, customer, hammer, house, warehouse } from './fixtures/house.ts'
import { usePreview } from './use-preview.ts'

let scope: EffectScope
beforeEach(() => {
  scope = effectScope()
  vi.useFakeTimers()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

/** Asks are answered by hand, in whichever order. */
function begin() {
  const entry: Entry = reactive({ ...newEntry(), customer, warehouseId: warehouse.id, lines: [newLine(bolt, '1箱')] })
  const asked: { count: number; answer: () => Promise<void> }[] = []
  const { fetch } = house()
  const preview = scope.run(() =>
    usePreview(
      () => previewQuestion(entry),
      (input) =>
        new Promise<OrderPreview>((resolve) => {
          const answer = async () => {
            const response = await fetch('/api/orders/preview', { method: 'POST', body: JSON.stringify(input) })
            resolve((await response.json()) as OrderPreview) // what the small server answers
            await flushPromises()
          }
          asked.push({ count: input.lines.length, answer })
        }),
    ),
  )
  if (!preview) throw new Error('the scope is over')
  return { entry, preview, asked }
}
const pause = () => vi.advanceTimersByTimeAsync(400)

test('several keys in a row ask once', async () => {
  const { entry, asked } = begin()
  await pause()
  for (const typed of ['1', '12', '12箱']) entry.lines[0]!.typed = typed
  await pause()
  expect(asked).toHaveLength(2)
})

test('an answer that comes after a later question is dropped', async () => {
  const { entry, preview, asked } = begin()
  await pause()
  entry.lines[0]!.typed = '12箱'
  await pause()
  await asked[1]!.answer()
  await asked[0]!.answer()
  expect(preview.preview.value?.grossTotal).toBe('6600.00')
})

test('each line gets what was said of it, also when a half-written one stands before it', async () => {
  const { entry, preview, asked } = begin()
  entry.lines.unshift(newLine(hammer, ''))
  await pause()
  await asked.at(-1)!.answer()
  expect(asked.at(-1)?.count).toBe(1)
  expect(preview.lineOf(entry.lines[0]!.key)).toBeUndefined()
  expect(preview.lineOf(entry.lines[1]!.key)?.gross).toBe('580.00')
})

test('until the new answer is there the old one stays, marked as old', async () => {
  const { entry, preview, asked } = begin()
  await pause()
  await asked[0]!.answer()
  expect(preview.isOld.value).toBe(false)
  entry.lines[0]!.typed = '2箱'
  await pause()
  expect(preview.isOld.value).toBe(true)
  expect(preview.preview.value?.grossTotal).toBe('580.00')
  await asked[1]!.answer()
  expect(preview.isOld.value).toBe(false)
})
