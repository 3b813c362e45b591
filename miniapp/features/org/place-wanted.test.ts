import { afterEach, expect, test, vi } from 'vitest'
import { placeWanted } from './place-wanted.ts'

afterEach(() => vi.unstubAllGlobals())

test('the page that somebody wanted is found again once, after he has signed in', () => {
  placeWanted.keep('/orders/1')
  expect(placeWanted.take()).toBe('/orders/1')
  expect(placeWanted.take()).toBe('/')
})

test('a frame that may keep nothing signs in all the same, and begins at home', () => {
  const closed = () => {
    throw new DOMException('closed', 'SecurityError')
  }
  vi.stubGlobal('sessionStorage', { setItem: closed, getItem: closed, removeItem: closed })
  placeWanted.keep('/orders/1')
  expect(placeWanted.take()).toBe('/')
})
