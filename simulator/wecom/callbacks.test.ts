import * as official from '@wecom/crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { decrypt, encrypt, fieldsOf, signatureOf, xmlOf } from './callbacks.ts'
import { anApp } from './test-company.ts'

// The example of the platform's own documentation.
const vector = {
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  timestamp: '1409659589',
  nonce: '263014780',
  echostr: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
}

test('the documented example has its documented signature, text and company', () => {
  const { token, timestamp, nonce, echostr, aesKey } = vector
  expect(signatureOf(token, timestamp, nonce, echostr)).toBe('5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3')
  expect(decrypt(aesKey, echostr)).toEqual({ text: '1616140317555161061', receiveId: 'wx5823bf96d3bd56c7' })
})

test('the official package reads what the simulator encrypts, and the simulator what it encrypts', () => {
  const { aesKey } = anApp()
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const opened = official.decrypt(aesKey, encrypt(aesKey, text, 'ww1'))
      expect([opened.message, opened.id]).toEqual([text, 'ww1'])
      expect(decrypt(aesKey, official.encrypt(aesKey, text, 'ww1'))).toEqual({ text, receiveId: 'ww1' })
    }),
  )
})

test('a text of another key, or cut short, cannot be read', () => {
  const secret = encrypt(anApp().aesKey, 'hello', 'ww1')
  const { aesKey } = anApp()
  for (const wrong of [secret, secret.slice(0, 20), '', 'nonsense']) expect(decrypt(aesKey, wrong)).toBeUndefined()
})

test('whatever a text says, it comes out of the XML as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      // XML cannot carry control signs, and reads every line break as one kind; nor is white space alone a text.
      const kept = `a${text.replace(/[\p{Cc}\uFFFE\uFFFF]/gu, '')}b]]>c`
      expect(fieldsOf(xmlOf({ Content: kept, CreateTime: 1, Item: ['1', '2'] }))).toEqual({
        ...{ Content: kept, CreateTime: '1', Item: ['1', '2'] },
      })
    }),
  )
})
