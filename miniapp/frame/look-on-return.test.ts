import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { useQuery } from '../query.ts'
import { lookOnReturn } from './look-on-return.ts'

const page = { template: '<main />' }
let router: Router
let stop: () => void
let looks = 0

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: page },
      { path: '/orders/new', component: page, meta: { isFullScreen: true } },
    ],
  })
  await router.push('/')
  stop = lookOnReturn(router)
  looks = 0
  mount({ setup: () => void useQuery(() => Promise.resolve(++looks)), template: '<i />' })
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

async function returns(...events: Event[]): Promise<void> {
  vi.setSystemTime(Date.now() + 60_000)
  for (const event of events) (event.type === 'visibilitychange' ? document : window).dispatchEvent(event)
  await new Promise((resolve) => setTimeout(resolve))
}

test('whoever comes back to the app sees what others have done, and it is asked for once', async () => {
  expect(looks).toBe(1)
  await returns(new Event('visibilitychange'), new Event('focus'))
  expect(looks).toBe(2)
  await returns(new Event('online'))
  expect(looks).toBe(3)
})

test('leaving is no return', async () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  await returns(new Event('visibilitychange'))
  expect(looks).toBe(1)
})

test('what is being written does not change under the hand that writes it', async () => {
  await router.push('/orders/new')
  await returns(new Event('focus'))
  expect(looks).toBe(1)
})
