import { expect, test } from 'vitest'
import { gunReader } from './scanner-gun.ts'

const typed = (keys: string, everyMs: number): (string | undefined)[] => {
  const read = gunReader()
  return [...keys, 'Enter'].map((key, at) => read(key, at * everyMs))
}

test('keys that come as fast as from a scanner are one code', () => {
  expect(typed('6901234500017', 8).at(-1)).toBe('6901234500017')
})

test('keys that come as slowly as from fingers are none', () => {
  expect(typed('6901234500017', 150).every((code) => code === undefined)).toBe(true)
})

test('what was typed by hand before a scan is no part of it', () => {
  const read = gunReader()
  read('x', 0)
  const keys = [...'L1-2026', 'Enter'].map((key, at) => read(key, 1000 + at * 10))
  expect(keys.at(-1)).toBe('L1-2026')
})

test('keys that write nothing are no part of a code', () => {
  const read = gunReader()
  const keys = ['Shift', 'L', '1', '-', 'A', 'Enter'].map((key, at) => read(key, at * 5))
  expect(keys.at(-1)).toBe('L1-A')
})
