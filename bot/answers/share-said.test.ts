import { expect, test } from 'vitest'
import { shareIn } from './share-said.ts'

test.each([
  ['这个月谁连七成任务都还没做到', 70, true],
  ['完成率低于60%的有谁', 60, true],
  ['谁不到百分之八十', 80, true],
  ['who is below 50% of target', 50, true],
  ['哪几个人超过九成了', 90, false],
  ['谁完成了100%', 100, false],
])('%s names a share', (message, percent, isUnder) => {
  expect(shareIn(message).share).toEqual({ percent, isUnder })
})

test('what is said beside a share keeps its place', () => {
  expect(shareIn('谁不到七成').rest).toBe('谁不到  ')
})

test.each(['任务完成几成了', '这批成品的成本', '谁成交最多', '完成了多少'])('%s names none', (message) => {
  expect(shareIn(message)).toEqual({ rest: message })
})
