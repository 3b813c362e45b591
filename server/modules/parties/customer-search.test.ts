import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ask } from '#kernel/perform'
import type { NewCustomer } from './customer-store.ts'
import { callerWith, director, openOffice, people, today, wangjie, xiaoli } from './fixtures/people.ts'
import {
  customerNames,
  customerNamesVersion,
  insertCustomers,
  partiesActions as actions,
  searchCustomerIds,
} from './index.ts'

const known = (name: string, shortName: string, changes: Partial<NewCustomer> = {}): NewCustomer => ({
  id: newId(),
  name,
  shortName,
  level: 'A',
  state: 'active',
  ownerId: people.xiaoli,
  region: '深圳',
  industry: '',
  address: '',
  phone: null,
  taxNumber: '',
  termCode: 'month_end_30',
  creditLimit: '0',
  note: '',
  aliases: [],
  custom: {},
  createdAt: today,
  createdBy: people.wangjie,
  contacts: [],
  ...changes,
})
const book = [
  known('深圳市宏达装饰工程有限公司', '宏达装饰', { aliases: ['老宏'], phone: '0755-83216688' }),
  known('宏达五金（东莞）有限公司', '宏达五金', { region: '东莞', level: 'B', ownerId: people.xiaohe }),
  known('重庆长江门业有限公司', '长江门业', { region: '重庆', state: 'frozen' }),
  known('Bright Hardware Ltd.', 'Bright', { level: 'retail' }),
  known('佛山市南海区宏图建材店', '宏图建材', {
    region: '佛山',
    contacts: [
      { id: newId(), name: '何老板', role: 'boss', phone: '13900002222', email: null, isMain: true, custom: {} },
    ],
  }),
]
const idOf = (shortName: string) => book.find((one) => one.shortName === shortName)?.id

beforeAll(async () => {
  await openOffice(db)
  await insertCustomers(db, book)
})

const found = async (q: string, filter: object = {}, caller = director): Promise<string[]> =>
  (await ask(caller, actions.customers, { q, limit: 50, ...filter })).rows.map(({ shortName }) => shortName ?? '')

describe('a search', () => {
  test.each([
    ['the short name', '宏达装饰', ['宏达装饰']],
    ['a part of it', '宏达', ['宏达五金', '宏达装饰']],
    ['a part of the full name', '装饰工程', ['宏达装饰']],
    ['initials of the short name', 'hdzs', ['宏达装饰']],
    ['initials of the full name', 'szshdzs', ['宏达装饰']],
    ['pinyin', 'hongtu', ['宏图建材']],
    ['pinyin with a character of two readings', 'chongqing', ['长江门业']],
    ['English, small or capital', 'bright h', ['Bright']],
    ['another name', '老宏', ['宏达装饰']],
    ['the number', 'c00003', ['长江门业']],
    ['the end of the number', '0003', ['长江门业']],
    ['two words', '宏达 东莞', ['宏达五金']],
    ['what is nowhere', '宏大', []],
  ])('finds by %s', async (_by, q, names) => {
    expect(await found(q)).toEqual(names)
  })

  test('finds by phone, also of a contact, only for those who may see phones', async () => {
    const service = callerWith(newId(), { reads: ['contact'], scopes: { customer: 'all' } })
    expect(await found('0755 83216688', {}, service)).toEqual(['宏达装饰'])
    expect(await found('13900002222', {}, service)).toEqual(['宏图建材'])
    expect(await found('13900002222')).toEqual([])
  })

  test('puts whole names first, then names that begin so, then the rest', async () => {
    expect(await found('hong')).toEqual(['宏达五金', '宏达装饰', '宏图建材', '长江门业'])
    expect(await found('hdwj')).toEqual(['宏达五金'])
    expect(await searchCustomerIds(db, director, '老宏')).toEqual([idOf('宏达装饰')])
    expect(await searchCustomerIds(db, director, '宏达')).toEqual([idOf('宏达五金'), idOf('宏达装饰')])
    expect(await searchCustomerIds(db, xiaoli, '宏达')).toEqual([idOf('宏达装饰')])
  })

  test('is narrowed by level, owner, state and region, of which only those that occur are offered', async () => {
    expect(await found('', { level: 'B' })).toEqual(['宏达五金'])
    expect(await found('', { ownerId: people.xiaohe })).toEqual(['宏达五金'])
    expect(await found('', { state: 'frozen' })).toEqual(['长江门业'])
    expect(await found('', { region: '佛山' })).toEqual(['宏图建材'])
    expect(await found('', { ownerId: people.xiaohe }, xiaoli)).toEqual([])
    const offered = await ask(xiaoli, actions.customerFilters, {})
    expect(offered.owners).toEqual([{ id: people.xiaoli, name: '小李' }])
    expect([...offered.regions].sort()).toEqual(['佛山', '深圳', '重庆'].sort())
    expect((await ask(wangjie, actions.customerFilters, {})).regions).toContain('东莞')
  })

  test('shows each hit once, whatever the size of the pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('', '宏', 'h', 'c0'), fc.integer({ min: 1, max: 4 }), async (q, limit) => {
        const seen: string[] = []
        for (let cursor: string | undefined, more = true; more;) {
          const page = await ask(director, actions.customers, { q, limit, cursor })
          seen.push(...page.rows.map(({ shortName }) => shortName ?? ''))
          cursor = page.cursor ?? undefined
          more = page.cursor !== null
        }
        expect(seen).toEqual(await found(q))
      }),
      { numRuns: 20 },
    )
  })
})

test('the names of all customers have a version that moves on with every change', async () => {
  const before = await customerNamesVersion(db)
  expect((await customerNames(db)).map(({ number }) => number)).toEqual([
    'C00001',
    'C00002',
    'C00003',
    'C00004',
    'C00005',
  ])
  await insertCustomers(db, [known('新客户有限公司', '新客户')])
  expect(await customerNamesVersion(db)).not.toBe(before)
})
