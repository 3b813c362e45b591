import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { signatureOf } from './sign-page.ts'

const signed = (url: string) => signatureOf({ ticket: 'T', nonceStr: 'N', timestamp: 1, url })
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('a page is signed as the client works it out: without its fragment, its query decoded', () => {
  expect(signed('https://a.example/x?q=%E8%9E%BA%E6%A0%93#part')).toBe(
    sha256('jsapi_ticket=T&noncestr=N&timestamp=1&url=https://a.example/x?q=螺栓'),
  )
  expect(signed('https://a.example/x')).toBe(sha256('jsapi_ticket=T&noncestr=N&timestamp=1&url=https://a.example/x'))
})

test('a query that is not encoded as it should be is signed as it stands', () => {
  expect(signed('https://a.example/x?q=%E8%9')).toBe(
    sha256('jsapi_ticket=T&noncestr=N&timestamp=1&url=https://a.example/x?q=%E8%9'),
  )
})
