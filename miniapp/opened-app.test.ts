import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const way = (platform: 'feishu' | 'wecom', appId: string) => ({
  platform,
  appId,
  name: { zh: platform, en: platform },
  script: null,
})
const ways = [
  way('feishu', 'cli_first'),
  way('feishu', 'cli_second'),
  way('wecom', 'ww1-1000002'),
  way('wecom', 'ww2-1000002'),
]

const openedAt = async (path: string) => {
  window.history.replaceState(null, '', path)
  return import('./opened-app.ts')
}
beforeEach(() => vi.resetModules())
afterEach(() => window.history.replaceState(null, '', '/'))

test('without a name in the address one signs in with the first app of each platform', async () => {
  const { basePath, openedApp, returnAddress, wayHere, waysHere } = await openedAt('/orders/1')
  expect([basePath, openedApp]).toEqual(['/', undefined])
  expect(waysHere(ways).map(({ appId }) => appId)).toEqual(['cli_first', 'ww1-1000002'])
  expect(wayHere(ways, 'feishu')?.appId).toBe('cli_first')
  expect(returnAddress('feishu')).toBe(`${location.origin}/sign-in/feishu`)
})

test('an app whose name is in the address is the one that one signs in with, and comes back to', async () => {
  const { basePath, openedApp, returnAddress, wayHere, waysHere } = await openedAt('/in/cli_second/orders/1')
  expect([basePath, openedApp]).toEqual(['/in/cli_second', 'cli_second'])
  expect(waysHere(ways).map(({ appId }) => appId)).toEqual(['cli_second'])
  expect(wayHere(ways, 'wecom')).toBeUndefined()
  expect(returnAddress('feishu')).toBe(`${location.origin}/in/cli_second/sign-in/feishu`)
})

test.each(['/in/%', '/in/a%2Fb/orders', '/in/', '/inside/cli_second'])('%s names no app', async (path) => {
  const { basePath, openedApp } = await openedAt(path)
  expect([basePath, openedApp]).toEqual(['/', undefined])
})
