import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSealedBy, seal, unseal } from './seal.ts'

const [key, other] = [randomBytes(32), randomBytes(32)]
const place = 'platform_app:1:secret'

test('what was sealed opens again, with the key in its place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
      const sealed = seal(key, plain, place)
      expect(unseal({ now: key, before: undefined }, sealed, place)).toBe(plain)
    }),
  )
})

test('it opens with no other key, in no other place, and with no character changed', () => {
  const sealed = seal(key, 'the secret of the app', place)
  expect(unseal({ now: other, before: undefined }, sealed, place)).toBeUndefined()
  expect(unseal({ now: undefined, before: undefined }, sealed, place)).toBeUndefined()
  expect(unseal({ now: key, before: undefined }, sealed, 'platform_app:2:secret')).toBeUndefined()
  for (const [i, character] of [...sealed].entries()) {
    const changed = sealed.slice(0, i) + (character === 'A' ? 'B' : 'A') + sealed.slice(i + 1)
    // The last character of a part may hold bits that mean nothing.
    const isSpare = changed.split('.').every((part, n) => decoded(part) === decoded(sealed.split('.')[n] ?? ''))
    if (!isSpare) expect(unseal({ now: key, before: undefined }, changed, place)).toBeUndefined()
  }
})
const decoded = (part: string): string => Buffer.from(part, 'base64url').toString('hex')

test('the same secret never looks the same, and says nothing of itself', () => {
  const [one, again] = [seal(key, 'the secret', place), seal(key, 'the secret', place)]
  expect(one).not.toBe(again)
  expect(one).not.toContain(Buffer.from('the secret').toString('base64url'))
})

test('the key before opens what it sealed, while there is a new one', () => {
  const sealed = seal(other, 'old', place)
  expect(unseal({ now: key, before: other }, sealed, place)).toBe('old')
  expect([isSealedBy(key, sealed), isSealedBy(other, sealed)]).toEqual([false, true])
})
