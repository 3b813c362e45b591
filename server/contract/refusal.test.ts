import { expect, test } from 'vitest'
import { defineRefusals, Refusal } from './refusal.ts'

test('a code says one thing, whichever contract declares it', () => {
  const words = { status: 409, zh: '{what}已经没有了', en: '{what} is gone' } as const
  defineRefusals({ gone_for_the_test: words })
  defineRefusals({ gone_for_the_test: words })
  expect(() => defineRefusals({ gone_for_the_test: { ...words, status: 404 } })).toThrow('gone_for_the_test')
  expect(() => defineRefusals({ gone_for_the_test: { ...words, zh: '找不到了' } })).toThrow('gone_for_the_test')
  expect(new Refusal('gone_for_the_test', { what: '订单' }).say('zh')).toBe('订单已经没有了')
})
