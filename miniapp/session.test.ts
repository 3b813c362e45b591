import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { describeDocument } from './forms/descriptions.ts'
import { useSession } from './session.ts'

const asked: string[] = []
const me = { id: '1', name: '小李', lang: 'zh', roles: [], actions: [], reads: [] }

beforeEach(() => {
  setActivePinia(createPinia())
  asked.length = 0
  vi.stubGlobal('fetch', (address: string) => {
    asked.push(address)
    const answer = address.startsWith('/api/documents') ? { name: 'customer', fields: [] } : me
    return Promise.resolve(new Response(JSON.stringify(answer)))
  })
})
afterEach(() => vi.unstubAllGlobals())

test('what a document is made of is asked again for whoever comes next on a device', async () => {
  const session = useSession()
  const descriptions = () => asked.filter((address) => address.startsWith('/api/documents')).length
  await session.load()
  await describeDocument('customer')
  await describeDocument('customer')
  expect(descriptions()).toBe(1)
  await session.load()
  await describeDocument('customer')
  expect(descriptions()).toBe(2)
})
