import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { systemCaller } from '#kernel/caller'
import { demoKnown } from './fixtures/demo-trade.ts'
import type { Entry } from './lexicon.ts'
import { bestMatches } from './match.ts'
import type { BotQuery } from './query.ts'
import { understand } from './understand.ts'

const known = demoKnown(systemCaller(new Date('2026-11-22T03:00:00Z')))
const items = known.items.entries
const anyItem = fc.constantFrom(...items)
/** Named with all of its spec, which no other has. */
const clearItem = anyItem.filter((item) => matched(item.name, ...item.specParts.filter(isSpec(item))).length === 1)
const isSpec =
  ({ spec }: Entry) =>
  (part: string): boolean =>
    spec.toLowerCase().split(' ').includes(part)
const matched = (...words: string[]): Entry[] => bestMatches(words, known.items).map(({ entry }) => entry)

const read = async (text: string): Promise<BotQuery | string> => {
  const understood = await understand(text, known)
  return understood.kind === 'query' ? understood.query : understood.kind
}
const said = ({ name, spec }: Entry): string => `${name} ${spec}`
const stockOf = ({ id }: Entry, more: object = {}) => ({ intent: 'stock.item', itemIds: [id], ...more })

describe('what is named, in whichever order and script', () => {
  test('the item, the place and the question may stand in any order', async () => {
    const first = (item: string) => `主仓${item}还有多少`
    const orders = fc.constantFrom(
      first,
      (item: string) => `${item} 主仓还有多少`,
      (item: string) => `${item}还有多少 主仓的`,
      (item: string) => `主仓还有多少${item}`,
      (item: string) => `how many ${item} left in main warehouse`,
    )
    await fc.assert(
      fc.asyncProperty(clearItem, orders, async (item, order) => {
        const text = order(said(item))
        expect(await read(text), text).toEqual(stockOf(item, { warehouseId: '主仓' }))
      }),
      // The length of a tape is not a size of clothes.
      { numRuns: 150, examples: items.filter(({ name }) => name === '卷尺').map((tape) => [tape, first]) },
    )
  })

  test('in pinyin, as people type it who do not tell zh from z, it is the same item or asked back', async () => {
    await fc.assert(
      fc.asyncProperty(clearItem, fc.boolean(), async (item, isLoose) => {
        const pinyin = (isLoose ? item.loosePinyin : item.pinyin).split('|')[0] ?? ''
        const text = `${pinyin} ${item.spec} 还有多少`
        const understood = await read(text)
        expect([JSON.stringify(stockOf(item)), '"ask"'], text).toContain(JSON.stringify(understood))
      }),
      { numRuns: 150 },
    )
  })

  const slips: Record<string, string> = {
    膨: '澎',
    栓: '拴',
    垫: '店',
    锤: '捶',
    璃: '离',
    胶: '交',
    螺: '罗',
    阀: '法',
    尺: '迟',
    钻: '攥',
    锁: '琐',
    钉: '丁',
  }
  test('a character that sounds the same is taken for what it sounds like, never for something else', async () => {
    await fc.assert(
      fc.asyncProperty(clearItem, async (item) => {
        const text = `${item.name.replace(/./u, (sign) => slips[sign] ?? sign)} ${item.spec}库存`
        const understood = await read(text)
        const honest = [JSON.stringify(stockOf(item)), '"ask"', '"unknown"']
        expect(honest, text).toContain(JSON.stringify(understood))
      }),
      { numRuns: 150 },
    )
  })
})

test('the more is said of an item, the fewer fit, and it is always one of them', () => {
  fc.assert(
    fc.property(anyItem, fc.nat(), (item, at) => {
      const parts = item.specParts.filter(isSpec(item))
      const part = parts[at % Math.max(1, parts.length)]
      const [wide, narrow] = [matched(item.name), part ? matched(item.name, part) : matched(item.name)]
      expect(narrow.length).toBeGreaterThan(0)
      for (const one of narrow) expect(wide).toContain(one)
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['300支', '三百支', '300 支', '3百支'],
  ['12000支', '一万二支', '1.2万支', '1万2支', '12000 支'],
  ['250支', '两百五十支', '二百五十支'],
  ['12支', '十二支', '12 支'],
])('%s is as many however it is written', async (plain, ...others) => {
  const ask = (quantity: string): string => `M10*100膨胀螺栓能发${quantity}吗`
  const wanted = await read(ask(plain))
  expect(wanted).toMatchObject({ intent: 'stock.atp', quantity: { unit: '支' } })
  for (const other of others) expect(await read(ask(other)), other).toEqual(wanted)
})

test.each([
  ['2026-11-25', '下周三', '11月25号', '25号', '11月25日', '下星期三', '下礼拜三'],
  ['2026-11-21', '昨天', '11月21号', '2026年11月21日', '昨日'],
  ['2026-10-01', '10月1号', '10月1日', '十月一号'],
])('%s is the same day however it is said', async (day, ...others) => {
  for (const other of others)
    expect(await read(`${other}的订单`), other).toEqual({ intent: 'order.list', from: day, to: day })
})
