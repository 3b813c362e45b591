import { expect, test } from 'vitest'
import { saysShare, shareIn } from './share-said.ts'

test.each([
  ['这个月谁连七成任务都还没做到', { under: 70 }],
  ['完成率低于60%的有谁', { under: 60 }],
  ['谁不到百分之八十', { under: 80 }],
  ['who is below 50% of target', { under: 50 }],
  ['哪几个人超过九成了', { over: 90 }],
  ['谁完成了100%', { over: 100 }],
])('%s names a share', (message, share) => {
  expect(shareIn(message)).toEqual(share)
  expect(saysShare(message)).toBe(true)
})

test.each(['任务完成几成了', '这批成品的成本', '谁成交最多', '完成了多少'])('%s names none', (message) => {
  expect(shareIn(message)).toBeUndefined()
  expect(saysShare(message)).toBe(false)
})
