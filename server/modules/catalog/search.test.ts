import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { ask } from '#kernel/perform'
import { keeper, seller } from './fixtures/goods.ts'
import { shelved } from './fixtures/shelf.ts'
import { catalogActions, insertItems, itemByBarcode, itemNames, itemNamesVersion, searchItemIds } from './index.ts'

const shelf = [
  shelved({
    code: 'PZ-10100',
    name: '膨胀螺栓',
    spec: 'M10x100',
    category: '紧固件',
    aliases: ['拉爆'],
    barcodes: [{ code: '6901234500017', unit: '支' }],
  }),
  shelved({ code: 'PZ-08060', name: '膨胀螺栓', spec: 'M8×60', category: '紧固件' }),
  shelved({ code: 'WL-08030', name: '外六角螺栓', spec: 'M8*30 镀锌', category: '紧固件' }),
  shelved({ code: 'HS-60', name: '门锁套件', spec: 'HS-60', category: '门锁', brand: '恒锐' }),
  shelved({ code: 'HS-60-A', name: '锁体', spec: '配 HS-60', category: '门锁' }),
  shelved({ code: 'XS-60', name: '锁芯', spec: '60mm', category: '门锁' }),
  shelved({ code: 'DC-26', name: '电锤', spec: '26mm 800W', category: '电动工具', tracking: 'serial' }),
  shelved({ code: 'MF-300', name: '耐候密封胶', spec: '300ml 灰', category: '密封胶', tracking: 'lot' }),
  shelved({ code: 'HY-4-LL', name: '4寸合页', spec: '左 亮光', category: '合页' }),
  shelved({ code: 'HY-4-RL', name: '4寸合页', spec: '右 拉丝', category: '合页' }),
  shelved({ code: 'OLD-1', name: '膨胀螺丝（停产）', spec: 'M10x100', category: '紧固件', active: false }),
]

beforeAll(async () => {
  await insertItems(db, shelf)
})

const codes = async (q: string, filter: object = {}): Promise<string[]> => {
  const { rows } = await ask(seller(), catalogActions.items, { q, limit: 50, ...filter })
  return rows.map(({ item }) => item.code ?? '')
}

describe('a search', () => {
  test.each([
    ['Chinese', '密封胶', ['MF-300']],
    ['a single character', '锤', ['DC-26']],
    ['whole pinyin', 'dianchui', ['DC-26']],
    ['pinyin from the middle', 'mifengjiao', ['MF-300']],
    ['initials', 'nhmfj', ['MF-300']],
    ['initials in capitals', 'NHMFJ', ['MF-300']],
    ['another name', '拉爆', ['PZ-10100']],
    ['initials of another name', 'lb', ['PZ-10100']],
    ['the code', 'wl-08030', ['WL-08030']],
    ['a brand', '恒锐', ['HS-60']],
    ['a specification', 'M8*30', ['WL-08030']],
    ['a specification as somebody else writes it', 'm8 × 30', ['WL-08030']],
    ['a specification that was stored with another sign', 'M8*60', ['PZ-08060']],
    ['full-width letters', 'Ｍ８＊６０', ['PZ-08060']],
    ['name and specification in one', '膨胀螺栓M10*100', ['PZ-10100']],
    ['initials and specification in one', 'pzlsm8x60', ['PZ-08060']],
    ['two words in any order', 'M8 螺栓', ['PZ-08060', 'WL-08030']],
    ['words of which one is nowhere', '螺栓 不锈钢', []],
    ['a barcode', '6901234500017', ['PZ-10100']],
    ['a part of a barcode', '690123450', []],
    ['signs that mean something to SQL', "%' or 1=1 --", []],
  ])('finds by %s', async (_way, q, found) => {
    expect(await codes(q, { active: true })).toEqual(found)
  })

  test('puts the exact code first, then a whole name, then codes and names that begin so, then the rest', async () => {
    expect(await codes('hs-60')).toEqual(['HS-60', 'HS-60-A'])
    expect(await codes('suo')).toEqual(['HS-60-A', 'XS-60', 'HS-60'])
    expect(await codes('锁芯')).toEqual(['XS-60'])
    expect(await codes('60')).toEqual(['XS-60', 'HS-60', 'HS-60-A', 'PZ-08060'])
  })

  test('is narrowed by category and by what is sold', async () => {
    expect(await codes('螺', { category: '紧固件' })).toEqual(['OLD-1', 'PZ-08060', 'PZ-10100', 'WL-08030'])
    expect(await codes('螺', { active: false })).toEqual(['OLD-1'])
    expect(await codes('', { category: '门锁' })).toEqual(['HS-60', 'HS-60-A', 'XS-60'])
  })

  test('shows each hit once, whatever the size of the pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('', 'm', '螺', 'suo', 's'), fc.integer({ min: 1, max: 6 }), async (q, limit) => {
        const seen: string[] = []
        for (let cursor: string | undefined, more = true; more;) {
          const page = await ask(seller(), catalogActions.items, { q, limit, cursor })
          seen.push(...page.rows.map(({ item }) => item.code ?? ''))
          cursor = page.cursor ?? undefined
          more = page.cursor !== null
        }
        expect(seen).toEqual(await codes(q))
      }),
      { numRuns: 25 },
    )
  })

  test('refuses a cursor that is not ours', async () => {
    await expect(codes('', { cursor: 'bm90IGpzb24' })).rejects.toMatchObject({ code: 'malformed' })
  })
})

describe('the door for the chat', () => {
  const idOf = (code: string) => shelf.find((one) => one.code === code)?.id

  test('answers only what fits exactly where something does, and never what is not sold', async () => {
    expect(await searchItemIds(db, 'hs-60')).toEqual([idOf('HS-60')])
    expect(await searchItemIds(db, '膨胀螺栓')).toEqual([idOf('PZ-08060'), idOf('PZ-10100')])
    expect(await searchItemIds(db, '螺丝')).toEqual([])
    expect(await searchItemIds(db, '  ')).toEqual([])
  })

  test('knows a barcode with its unit', async () => {
    const found = await itemByBarcode(db, ' 6901234500017 ')
    expect([found?.item.code, found?.unit]).toEqual(['PZ-10100', '支'])
    expect(await itemByBarcode(db, '1')).toBeUndefined()
  })

  test('gives the names of what is sold, with a version that moves on with every change', async () => {
    const before = await itemNamesVersion(db)
    expect((await itemNames(db)).map(({ code }) => code)).not.toContain('OLD-1')
    const [{ item } = { item: undefined }] = (await ask(seller(), catalogActions.items, { q: 'DC-26', limit: 1 })).rows
    await db.$transaction((tx) =>
      catalogActions.editItem(tx, keeper(), { id: item?.id ?? '', version: 1, aliases: ['冲击钻'], reason: '' }),
    )
    expect(await itemNamesVersion(db)).not.toBe(before)
    expect(await codes('冲击钻')).toEqual(['DC-26'])
  })
})
