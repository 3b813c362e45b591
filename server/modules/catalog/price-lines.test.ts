import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Decimal } from '#contract'
import { dateOf } from '#kernel/days'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { PriceTrace, sayPriceTrace } from './contract.ts'
import { refusalOf } from './fixtures/goods.ts'
import { shelved } from './fixtures/shelf.ts'
import { insertItems, insertPriceLists, insertPriceRules, itemsByIds, priceLines } from './index.ts'

const bolt = shelved({ code: 'PZ', name: '膨胀螺栓', listPrice: '0.62', floorPrice: '0.5' })
const glue = shelved({ code: 'MF', name: '密封胶', listPrice: '12' })
const unpriced = shelved({ code: 'NEW', name: '新品', listPrice: '0' })
const hongda = newId()

type Rule = { itemId: string; minQuantity: string; price: string; floorPrice?: string | null }
type List = {
  id: string
  level: string | null
  customerId: string | null
  startsOn: string | null
  endsOn: string | null
  priority: number
  active: boolean
  rules: Rule[]
}
const list = (changes: Partial<List>): List => ({
  id: newId(),
  level: null,
  customerId: null,
  startsOn: null,
  endsOn: null,
  priority: 0,
  active: true,
  rules: [],
  ...changes,
})

async function offer(...lists: List[]): Promise<void> {
  const dated = (day: string | null) => day && dateOf(day)
  await insertPriceLists(
    db,
    lists.map(({ rules: _rules, ...one }) => ({
      ...one,
      name: `价 ${one.id.slice(-4)}`,
      startsOn: dated(one.startsOn) || null,
      endsOn: dated(one.endsOn) || null,
      custom: {},
    })),
  )
  await insertPriceRules(
    db,
    lists.flatMap(({ id, rules }) => rules.map((rule) => ({ priceListId: id, ...rule }))),
  )
}

const tier = (minQuantity: string, price: string, floorPrice?: string): Rule => ({
  itemId: bolt.id,
  minQuantity,
  price,
  floorPrice,
})
const ask = (quantity: string, question: { level?: string; customerId?: string; day?: string } = {}) =>
  priceLines(db, {
    customerId: null,
    level: null,
    day: '2026-11-02',
    ...question,
    lines: [{ itemId: bolt.id, quantity: new Decimal(quantity) }],
  })
const priceOf = async (...asked: Parameters<typeof ask>): Promise<string | undefined> =>
  (await ask(...asked))[0]?.price.toString()
const floorOf = async (...asked: Parameters<typeof ask>): Promise<string | undefined> =>
  (await ask(...asked))[0]?.floor?.toString()

beforeAll(async () => void (await insertItems(db, [bolt, glue, unpriced])))
beforeEach(async () => {
  await db.priceRule.deleteMany()
  await db.priceList.deleteMany()
})

describe('the price of a line', () => {
  test('is the list price of the item where no rule speaks', async () => {
    const [line] = await ask('1')
    expect(line).toMatchObject({
      itemId: bolt.id,
      rule: { kind: 'item', priceListId: null, minQuantity: '0', price: '0.62' },
    })
    expect(sayPriceTrace(PriceTrace.parse(line?.rule))).toEqual({ zh: '标准售价', en: 'List price' })
  })

  test('follows the highest tier that the quantity reaches: at the boundary, not before it', async () => {
    await offer(list({ level: 'A', rules: [tier('0', '0.62'), tier('1000', '0.58'), tier('10000', '0.55')] }))
    const at = (quantity: string) => priceOf(quantity, { level: 'A' })
    expect(await Promise.all(['1', '999.9999', '1000', '9999', '10000', '12007'].map(at))).toEqual([
      '0.62',
      '0.62',
      '0.58',
      '0.58',
      '0.55',
      '0.55',
    ])
  })

  test('comes from the customer before his level, from that before everybody, from that before the item', async () => {
    const everybody = list({ rules: [tier('0', '0.61')] })
    const level = list({ level: 'A', rules: [tier('0', '0.6')] })
    const own = list({ customerId: hongda, rules: [tier('100', '0.59')] })
    await offer(everybody, level, own)
    expect(await priceOf('1', { level: 'B' })).toBe('0.61')
    expect(await priceOf('1', { level: 'A' })).toBe('0.6')
    expect(await priceOf('100', { level: 'A', customerId: hongda })).toBe('0.59')
    expect(await priceOf('99', { level: 'A', customerId: hongda })).toBe('0.6')
    expect(await priceOf('100', { level: 'A', customerId: newId() })).toBe('0.6')
  })

  test('holds from the first day of its list to the last', async () => {
    await offer(list({ startsOn: '2026-11-01', endsOn: '2026-11-30', rules: [tier('0', '0.5')] }))
    const on = (day: string) => priceOf('1', { day })
    expect(await Promise.all(['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'].map(on))).toEqual([
      '0.62',
      '0.5',
      '0.5',
      '0.62',
    ])
  })

  test('carries its rule, with what a person needs to see why', async () => {
    await offer(list({ level: 'A', endsOn: '2026-12-31', rules: [tier('10000', '0.55')] }))
    const [line] = await ask('12007', { level: 'A' })
    const trace = PriceTrace.parse(line?.rule)
    expect(trace).toMatchObject({
      kind: 'level',
      level: 'A',
      minQuantity: '10000',
      startsOn: null,
      endsOn: '2026-12-31',
      price: '0.55',
    })
    expect(sayPriceTrace(trace).zh).toBe(`${trace.list} · 满 10,000`)
    expect(sayPriceTrace({ ...trace, minQuantity: '0' }).en).toBe(trace.list)
  })

  test('has the floor of its rule, else of the item, and never one above itself', async () => {
    expect(await floorOf('1')).toBe('0.5')
    await offer(list({ rules: [tier('0', '0.6', '0.58'), tier('100', '0.55'), tier('1000', '0.45')] }))
    expect(await floorOf('1')).toBe('0.58')
    expect(await floorOf('100')).toBe('0.5')
    expect(await floorOf('1000')).toBe('0.45')
    expect(
      (
        await priceLines(db, {
          customerId: null,
          level: null,
          day: '2026-11-02',
          lines: [{ itemId: glue.id, quantity: new Decimal(1) }],
        })
      )[0]?.floor,
    ).toBeNull()
  })

  test('is asked for many lines at once and answered in their order, the same item twice too', async () => {
    await offer(list({ rules: [tier('100', '0.6')] }))
    const lines = [glue.id, bolt.id, bolt.id].map((itemId, i) => ({
      itemId,
      quantity: new Decimal([1, 99, 100][i] ?? 0),
    }))
    const priced = await priceLines(db, { customerId: null, level: null, day: '2026-11-02', lines })
    expect(priced.map(({ itemId, price }) => [itemId, price.toString()])).toEqual([
      [glue.id, '12'],
      [bolt.id, '0.62'],
      [bolt.id, '0.6'],
    ])
    expect(await priceLines(db, { customerId: null, level: null, day: '2026-11-02', lines: [] })).toEqual([])
  })

  test('is refused for an item that is none, by the field it stood in, and for one without a price', async () => {
    const lines = [glue.id, newId()].map((itemId) => ({ itemId, quantity: new Decimal(1) }))
    const question = { customerId: null, level: null, day: '2026-11-02' }
    const unknown = await refusalOf(priceLines(db, { ...question, lines }))
    expect([unknown.code, unknown.issues[0]?.field]).toEqual(['unknown_item', 'lines.1.itemId'])
    const priceless = await refusalOf(
      priceLines(db, { ...question, lines: [{ itemId: unpriced.id, quantity: new Decimal(1) }] }),
    )
    expect([priceless.code, priceless.facts['item']]).toEqual(['no_price', '新品'])
    expect((await refusalOf(itemsByIds(db, [glue.id, newId()], (i) => `rules.${i}`))).issues[0]?.field).toBe('rules.1')
  })
})

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}`
const maybeDay = fc.option(fc.integer({ min: 1, max: 9 }), { nil: null })
const someRules = fc.uniqueArray(
  fc.record({
    itemId: fc.constantFrom(bolt.id, glue.id),
    minQuantity: fc.constantFrom('0', '10', '10.5', '100'),
    price: fc.integer({ min: 1, max: 99 }).map(String),
  }),
  { selector: ({ itemId, minQuantity }) => itemId + minQuantity, maxLength: 5 },
)
const someList = fc
  .record({
    kind: fc.constantFrom('customer', 'level', 'general'),
    from: maybeDay,
    until: maybeDay,
    priority: fc.integer({ min: 0, max: 2 }),
    active: fc.boolean(),
    rules: someRules,
  })
  .map(({ kind, from, until, ...rest }) => {
    const [first, last] = from !== null && until !== null && until < from ? [until, from] : [from, until]
    return list({
      ...rest,
      customerId: kind === 'customer' ? hongda : null,
      level: kind === 'level' ? 'A' : null,
      startsOn: first === null ? null : day(first),
      endsOn: last === null ? null : day(last),
    })
  })
const someQuestion = fc.record({
  customerId: fc.constantFrom(hongda, newId(), null),
  level: fc.constantFrom('A', 'B', null),
  day: fc.integer({ min: 1, max: 9 }).map(day),
  quantity: fc.constantFrom('1', '9.9999', '10', '10.5', '11', '100', '5000'),
})

test('of any lists and any question, the price is the one that the rules of precedence name', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someList, { maxLength: 6 }),
      fc.array(someQuestion, { minLength: 1, maxLength: 6 }),
      async (lists, questions) => {
        await db.priceRule.deleteMany()
        await db.priceList.deleteMany()
        await offer(...lists)
        for (const { quantity, ...question } of questions) {
          const lines = [bolt.id, glue.id].map((itemId) => ({ itemId, quantity: new Decimal(quantity) }))
          const priced = await priceLines(db, { ...question, lines })
          expect(priced.map(({ price, rule }) => [price.toString(), rule.priceListId])).toEqual(
            lines.map(({ itemId }) => expected(lists, { ...question, itemId, quantity })),
          )
        }
      },
    ),
    { numRuns: 40 },
  )
}, 60_000)

/** Precedence said once more, by elimination. */
function expected(
  lists: List[],
  q: { customerId: string | null; level: string | null; day: string; itemId: string; quantity: string },
): [string, string | null] {
  const reached = lists
    .filter((one) => one.active && (one.startsOn ?? '') <= q.day && q.day <= (one.endsOn ?? '9999'))
    .flatMap((one) => one.rules.map((rule) => ({ one, rule, tier: Number(rule.minQuantity) })))
    .filter(({ rule, tier }) => rule.itemId === q.itemId && tier <= Number(q.quantity))
  const groups = [
    reached.filter(({ one }) => one.customerId !== null && one.customerId === q.customerId),
    reached.filter(({ one }) => one.level !== null && one.level === q.level),
    reached.filter(({ one }) => one.customerId === null && one.level === null),
  ]
  let left = groups.find((group) => group.length > 0) ?? []
  const keepBest = (rank: (entry: (typeof reached)[number]) => string | number) => {
    const best = left.map(rank).sort((a, b) => (a < b ? 1 : -1))[0]
    left = left.filter((entry) => rank(entry) === best)
  }
  keepBest(({ one }) => one.priority)
  keepBest(({ one }) => one.startsOn ?? '')
  const first = left.map(({ one }) => one.id).sort()[0]
  left = left.filter(({ one }) => one.id === first)
  keepBest(({ tier }) => tier)
  return left[0] ? [left[0].rule.price, left[0].one.id] : [q.itemId === bolt.id ? '0.62' : '12', null]
}
