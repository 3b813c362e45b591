import { expect, test } from 'vitest'
import { z } from 'zod'
import { keysFrom, newId } from './ids.ts'

test('keys are never the same, and those made later sort later, however many are made at one moment', () => {
  const keys = Array.from({ length: 20_000 }, newId)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.toSorted()).toEqual(keys)
  expect(z.uuidv7().safeParse(keys[7]).success).toBe(true)
})

test('no key made from a moment on is smaller than what stands for it', () => {
  const before = newId()
  // Keys go on from the latest moment that any was made at, whatever the clock says since.
  const at = Number.parseInt(before.replace('-', '').slice(0, 12), 16)
  expect(before < keysFrom(new Date(at + 1))).toBe(true)
  expect(keysFrom(new Date(at)) <= newId()).toBe(true)
})
