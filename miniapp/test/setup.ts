import { disableAutoUnmount, enableAutoUnmount } from '@vue/test-utils'
import { closeToast } from 'vant'
import { afterAll, afterEach, vi } from 'vitest'
import { device } from './device.ts'

vi.mock('idb-keyval', () => ({
  createStore: () => undefined,
  get: (name: string) => Promise.resolve(device.get(name)),
  set: (name: string, value: unknown) => Promise.resolve(device.set(name, value)),
  del: (name: string) => Promise.resolve(device.delete(name)),
}))
afterEach(() => device.clear())

// The files share their modules, so each asks for it where another already has.
disableAutoUnmount()
enableAutoUnmount(afterEach)

/** Nothing that a file left on the page is met by the next: neither what it showed, nor what Vant would show again. */
afterAll(() => {
  closeToast(true)
  document.body.replaceChildren()
})
