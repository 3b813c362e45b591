import { describe, expect, test } from 'vitest'
import type { Field } from '#contract'
import { figure, readCell } from './read-cell.model.ts'
import { guessColumns, type ImportColumn, sheetOf } from './sheet.model.ts'
import { Holders, judge } from './verdict.model.ts'

const text = (key: string, zh: string, en: string, synonyms: string[] = []): ImportColumn => ({
  key,
  field: { kind: 'text', max: 10, label: { zh, en } },
  synonyms,
})
const columns = [
  text('code', '编码', 'Code', ['货号', '编号']),
  text('name', '名称', 'Name', ['品名']),
  text('unit', '基本单位', 'Base unit', ['单位']),
  text('pack', '辅助单位', 'Pack unit', ['包装单位']),
  text('price', '标准售价', 'List price', ['单价', '售价']),
]

describe('the columns of a sheet', () => {
  test('are guessed from their titles in either language, from other words for them, and past stars, spaces and brackets', () => {
    expect(guessColumns(['* 货号', '品 名', '单位（最小）', '单价(元)', '备注'], columns)).toEqual([
      'code',
      'name',
      'unit',
      'price',
      '',
    ])
    expect(guessColumns(['List Price', 'CODE', 'name:'], columns)).toEqual(['price', 'code', 'name'])
  })

  test('go to the heading that is their very word before one that only holds it, and to no two', () => {
    expect(guessColumns(['商品包装单位', '单位'], columns)).toEqual(['pack', 'unit'])
    expect(guessColumns(['含税单价', '单价', '促销单价'], columns)).toEqual(['', 'price', ''])
    expect(guessColumns(['编号', '货号'], columns)).toEqual(['code', ''])
  })
})

describe('a sheet', () => {
  test('begins below its title, ends above its totals, and keeps the numbers of its rows', () => {
    const sheet = sheetOf(
      [['商品表'], [], ['编码', '名称', '单价'], ['A', '甲', '1'], ['', '', ''], ['B', '乙'], ['合计', '', '1']],
      columns,
    )
    expect(sheet).toEqual({
      headings: ['编码', '名称', '单价'],
      rows: [
        { position: 4, cells: ['A', '甲', '1'] },
        { position: 6, cells: ['B', '乙', ''] },
      ],
      stated: ['合计', '', '1'],
    })
  })

  test('without any heading that is known begins with its first row of several cells; with nothing below it is none', () => {
    expect(sheetOf([['题目'], ['甲', '乙'], ['1', '2']], columns)?.headings).toEqual(['甲', '乙'])
    expect(sheetOf([['编码', '名称']], columns)).toBeNull()
  })
})

describe('a cell', () => {
  const label = { zh: '值', en: 'Value' }
  const read = (field: Field, cell: string) => {
    const reading = readCell(field, cell)
    return 'value' in reading ? reading.value : reading.problem.en
  }

  test('is read as its field’s kind, however people write it', () => {
    expect(read({ kind: 'money', label }, '￥1,234.50 元')).toBe('1234.5')
    expect(read({ kind: 'money', label }, '（12）')).toBe('-12')
    expect(read({ kind: 'price', label }, '１２．５')).toBe('12.5')
    expect(['13%', '13', '0.13'].map((cell) => read({ kind: 'percent', label }, cell))).toEqual(['13', '13', '13'])
    expect(read({ kind: 'percent', label }, '0.5%')).toBe('0.5')
    expect(read({ kind: 'integer', label }, '1,000')).toBe(1000)
    expect(read({ kind: 'day', label }, '2026年1月2日')).toBe('2026-01-02')
    expect(['是', '√', 'Y', '否'].map((cell) => read({ kind: 'yesNo', label }, cell))).toEqual([
      true,
      true,
      true,
      false,
    ])
    const choice: Field = { kind: 'choice', label, options: [{ value: 'A', label: { zh: 'A 级', en: 'Level A' } }] }
    expect(['A', 'a级', 'A类客户', 'level a'].map((cell) => read(choice, cell))).toEqual(['A', 'A', 'A', 'A'])
  })

  test('that cannot be its kind says why', () => {
    expect(read({ kind: 'money', label }, '面议')).toBe('"面议" is not a number')
    expect(read({ kind: 'money', label }, '1.005')).toBe('"1.005": at most 2 decimals')
    expect(read({ kind: 'text', max: 3, label }, 'abcd')).toBe('Too long: at most 3 characters')
    expect(read({ kind: 'integer', min: 1, max: 9, label }, '0')).toBe('"0" is no whole number from 1 to 9')
    expect(read({ kind: 'phone', label }, '电话')).toBe('not a phone number')
    expect(read({ kind: 'day', label }, '2026-02-30')).toBe('a date looks like YYYY-MM-DD')
    expect(figure('1e400')).toBeNull()
  })
})

describe('a row', () => {
  const keys = [
    { key: 'code:A', unique: { field: 'code', label: { zh: '编码', en: 'Code' } }, defines: true },
    { key: 'name:甲', defines: true },
    { key: 'phone:1' },
  ]
  const holder = (id: string, held: string[]) => ({ id, keys: held, words: { zh: id } })
  const verdictOf = (...held: string[][]) =>
    judge(
      keys,
      held.map((one, i) => holder(`记录${i}`, one)),
    ).verdict

  test('is new, the same, doubtful or wrong by what it shares with whom', () => {
    expect(verdictOf()).toBe('new')
    expect(verdictOf(['code:A', 'name:甲'])).toBe('same')
    expect(verdictOf(['code:A'], ['name:甲'])).toBe('wrong')
    expect(verdictOf(['name:甲'])).toBe('doubtful')
    expect(verdictOf(['phone:1', 'code:B'])).toBe('doubtful')
    expect(verdictOf(['code:A', 'name:乙'], ['code:A', 'name:甲'])).toBe('same')
  })

  test('is held against each who has one of its keys, once', () => {
    const holders = new Holders()
    holders.add(holder('一', ['code:A', 'phone:1']))
    holders.add(holder('二', ['phone:1', 'phone:2']))
    holders.add(holder('三', ['phone:2']))
    expect(holders.of(keys).map(({ id }) => id)).toEqual(['一', '二'])
  })
})
