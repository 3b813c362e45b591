import pg from 'pg'
import { beforeAll, test } from 'vitest'
import { newId } from '#kernel/ids'
import {
  aCustomer,
  anItem,
  as,
  call,
  lines,
  main,
  openCompany,
  order,
  stock,
  aFlow,
  aRule,
} from './fixtures/company.ts'
import { closeNumbers } from '#kernel/numbers'
import { afterAll } from 'vitest'
afterAll(closeNumbers)
let items: any[] = []
beforeAll(async () => {
  await openCompany()
  await aFlow({ key: 'price', approvers: [{ managerOf: 'owner', levels: 1 }] })
  await aRule({
    key: 'margin_floor',
    condition: { field: 'margin.percent', is: 'lt', value: '22' },
    actions: [{ do: 'require_approval', flow: 'price' }],
  })
  for (let i = 0; i < 5; i++) {
    const it = await anItem()
    await stock(it, { quantity: '1000000' })
    items.push(it)
  }
})
test('profile', async () => {
  const c = await aCustomer()
  const seen: [string, number][] = []
  const orig = pg.Client.prototype.query as any
  let on = false
  ;(pg.Client.prototype as any).query = function (...a: any[]) {
    const t = typeof a[0] === 'string' ? a[0] : (a[0]?.text ?? '')
    const s = performance.now()
    const r = orig.apply(this, a)
    if (on && r?.then)
      r.then(
        () => seen.push([t.replace(/\s+/g, ' ').slice(0, 110), performance.now() - s]),
        () => {},
      )
    return r
  }
  const make = async () =>
    order(
      'li',
      c,
      items.map((item) => ({ item, quantity: '10' })),
      { submit: true, key: newId() },
    )
  for (let i = 0; i < 15; i++) await make()
  on = true
  let s = performance.now()
  await make()
  console.log('submit ms', performance.now() - s, 'queries', seen.length)
  console.log(seen.map(([t, ms]) => ms.toFixed(1) + ' ' + t).join('\n'))
  on = false
  const caller = await as('li')
  const time = async (name: string, f: () => Promise<unknown>, n = 20) => {
    for (let i = 0; i < 3; i++) await f()
    const s = performance.now()
    const c0 = process.cpuUsage()
    for (let i = 0; i < n; i++) await f()
    const c1 = process.cpuUsage(c0)
    seen.length = 0
    on = true
    await f()
    on = false
    console.log(
      name,
      ((performance.now() - s) / n).toFixed(1),
      'ms',
      'cpu',
      (c1.user / n / 1000).toFixed(1),
      'queries',
      seen.length,
    )
  }
  const { Session } = await import('node:inspector/promises')
  const session = new Session(); session.connect()
  await session.post('Profiler.enable'); await session.post('Profiler.setSamplingInterval', { interval: 200 }); await session.post('Profiler.start')
  const t0 = performance.now()
  for (let i = 0; i < 60; i++) await make()
  console.log('avg', (performance.now() - t0) / 60)
  const { profile } = await session.post('Profiler.stop')
  const self = new Map<string, number>()
  const byId = new Map(profile.nodes.map((n: any) => [n.id, n]))
  const dt = profile.timeDeltas!
  profile.samples!.forEach((id: number, k: number) => { const n: any = byId.get(id); const f = n.callFrame; const key = f.functionName + ' ' + f.url.split('/').slice(-3).join('/') + ':' + f.lineNumber; self.set(key, (self.get(key) ?? 0) + dt[k]!) })
  const total = [...self.values()].reduce((a, b) => a + b, 0)
  console.log([...self].sort((a, b) => b[1] - a[1]).slice(0, 45).map(([k, v]) => (v / 60000).toFixed(2) + 'ms ' + k).join('\n'), 'total', total / 60000)
  const byUrl = new Map<string, number>()
  profile.samples!.forEach((id: number, k: number) => { const n: any = byId.get(id); const u = n.callFrame.url; const key = u.includes('node_modules') ? u.split('node_modules/').pop()!.split('/').slice(0, 2).join('/') : u.split('/').slice(-3).join('/') || n.callFrame.functionName; byUrl.set(key, (byUrl.get(key) ?? 0) + dt[k]!) })
  console.log([...byUrl].sort((a, b) => b[1] - a[1]).slice(0, 25).map(([k, v]) => (v / 60000).toFixed(2) + 'ms ' + k).join('\n'))
})
