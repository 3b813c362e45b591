import { beforeAll, expect, test } from 'vitest'

const refuse = () => {
  throw new DOMException('Access is denied for this document.', 'SecurityError')
}

// The phone frame as a browser shows it that lets no third party store anything.
beforeAll(async () => {
  for (const kind of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, kind, { configurable: true, get: refuse })
  // Only plain JavaScript, as the client loads it: there are no types to import it by.
  for (const load of Object.values(import.meta.glob('../../wecom/bridge.js'))) await load()
})

test('a page that may store nothing still finds again what it stored, for as long as its frame is there', () => {
  sessionStorage.setItem('wanted', '/orders/new')
  localStorage.setItem('wanted', '/')
  expect([sessionStorage.getItem('wanted'), localStorage.getItem('wanted')]).toEqual(['/orders/new', '/'])
  // The name of a frame outlives the pages in it.
  expect(window.name).toContain('/orders/new')
})

test('what is taken away is gone, and what was never there is nothing', () => {
  sessionStorage.setItem('one', '1')
  sessionStorage.removeItem('one')
  expect([sessionStorage.getItem('one'), sessionStorage.getItem('toString')]).toEqual([null, null])
  localStorage.setItem('two', '2')
  localStorage.clear()
  expect(localStorage).toHaveLength(0)
})
