import { test } from 'vitest'
import { Decimal } from '#contract'
import { db } from '#kernel/db'
import { ask } from '#kernel/perform'
import { newId } from '#kernel/ids'
import { shelved } from './fixtures/shelf.ts'
import { seller } from './fixtures/goods.ts'
import { insertItems, insertPriceLists, insertPriceRules, priceLines, catalogActions, itemNamesVersion, searchItemIds } from './index.ts'
test('speed', async () => {
  const names = ['膨胀螺栓', '外六角螺栓', '内六角螺钉', '耐候密封胶', '门锁套件', '合页', '电锤', '钻尾螺丝']
  const items = Array.from({ length: 24000 }, (_, i) => shelved({ code: `X-${i}`, name: names[i % 8]!, spec: `M${(i % 30) + 2}x${(i % 200) + 10} ${i % 3 ? '镀锌' : '不锈钢'}` }))
  let t = Date.now(); await insertItems(db, items); console.log('insert', Date.now() - t)
  const lists = [null, 'A', 'B', 'C'].map((level) => ({ id: newId(), name: `L${level}`, level, customerId: null, startsOn: null, endsOn: null, priority: 0, active: true, custom: {} }))
  await insertPriceLists(db, lists)
  for (const l of lists) await insertPriceRules(db, items.slice(0, 12000).flatMap(({ id }) => [0, 100, 1000].map((q) => ({ priceListId: l.id, itemId: id, minQuantity: String(q), price: '1' }))))
  await db.$executeRawUnsafe('analyze')
  const time = async (what: string, f: () => Promise<unknown>) => { await f(); const t = performance.now(); for (let i = 0; i < 10; i++) await f(); console.log(what, ((performance.now() - t) / 10).toFixed(1), 'ms') }
  for (const q of ['', '膨胀螺栓', 'pzls', 'M8*30', '螺', 'X-123', 'pengzhang m10', 'an']) await time(`list ${q}`, () => ask(seller(), catalogActions.items, { q, limit: 30, active: true }))
  await time('version', () => itemNamesVersion(db))
  await time('searchIds', () => searchItemIds(db, 'X-12345'))
  await time('priceLines 20', () => priceLines(db, { customerId: newId(), level: 'A', day: '2026-11-02', lines: items.slice(0, 20).map(({ id }) => ({ itemId: id, quantity: new Decimal(500) })) }))
}, 300000)
