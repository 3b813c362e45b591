import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imports, type ImportView } from '#contract/engines/imports'
import { catalog } from '#contract/modules/catalog'
import { parties } from '#contract/modules/parties'
import { db } from '#kernel/db'
import { drain } from '#kernel/events'
import { newId } from '#kernel/ids'
import { writeWorkbook } from '#kernel/workbooks'
import { importListeners } from '#server/engines/imports'
import { insertPaymentTerms, standardTerms } from '#server/modules/parties'
import { messyHeadings, messyRows } from '../engines/imports/fixtures/messy-items.ts'
import { as, closeDoor, ids, openDoor, type Who } from '../test/door.ts'
import { anOrder, aWarehouse, stocked } from '../test/door-goods.ts'

const calls = imports.endpoints

beforeAll(async () => {
  await openDoor()
  await db.$transaction((tx) => insertPaymentTerms(tx, standardTerms))
})
afterAll(closeDoor)

const settled = () => drain(importListeners)
const look = (who: Who, id: string): Promise<ImportView> => as(who).call(calls.import, { id })

/** Brings a table and waits until it has been read and checked. */
async function brought(who: Who, document: string, sent: { text: string } | { content: string }): Promise<ImportView> {
  const id = newId()
  await as(who).call(calls.upload, { id, document, fileName: '客户资料.xlsx', ...sent })
  await settled()
  return look(who, id)
}
const pasted = (rows: (string | number)[][]) => ({ text: rows.map((cells) => cells.join('\t')).join('\n') })
const asWorkbook = async (headings: string[], rows: (string | number | null)[][]) => {
  const workbook = await writeWorkbook([
    { name: 'Sheet1', headings: headings.map((words) => ({ words, width: 12 })), rows },
  ])
  return { content: Buffer.from(workbook).toString('base64') }
}
async function imported(who: Who, run: ImportView): Promise<ImportView> {
  await as(who).call(calls.runImport, { id: run.id, version: run.version })
  await settled()
  return look(who, run.id)
}
async function undone(who: Who, run: ImportView): Promise<ImportView> {
  await as(who).call(calls.undoImport, { id: run.id, version: run.version })
  await settled()
  return look(who, run.id)
}
const rowsOf = async (who: Who, id: string, verdict?: 'doubtful' | 'wrong' | 'same' | 'new') =>
  (await as(who).call(calls.importRows, { id, verdict, limit: 100 })).rows

/** Every row of the tables that an import writes records into, to the byte. The trail of what was done is kept. */
async function tables(): Promise<string> {
  const [read] = await db.$queryRaw<{ rows: string }[]>`
    select jsonb_build_array(
      (select jsonb_agg(t order by id) from item t), (select jsonb_agg(t order by item_id, unit) from item_unit t),
      (select jsonb_agg(t order by code) from barcode t), (select jsonb_agg(t order by id) from price_change t),
      (select jsonb_agg(t order by id) from customer t), (select jsonb_agg(t order by id) from contact t),
      (select jsonb_agg(t order by prefix, month) from number_sequence t))::text as rows`
  return read?.rows ?? ''
}

describe('three hundred messy rows', () => {
  test('are read, reported without a trace in the tables, imported, and undone to the byte', async () => {
    const before = await tables()
    const sheet = [messyHeadings, ...messyRows(), ['合计', null, null, null, null, null, null, null, 182.28, null]]
    const run = await brought('admin', 'item', await asWorkbook(['商品资料表'], sheet))
    expect(run.mapping).toEqual([
      'code',
      'name',
      'spec',
      'baseUnit',
      'unit1',
      'holds1',
      'barcode',
      'category',
      'listPrice',
      'taxRate',
    ])
    expect([run.state, run.rowCount, run.counts]).toEqual([
      'checked',
      300,
      { new: 258, doubtful: 6, same: 6, wrong: 30 },
    ])
    // 294 prices that can be read, of 300: six say 面议.
    expect(run.totals.find(({ key }) => key === 'listPrice')).toMatchObject({
      sheet: '182.28',
      stated: '182.28',
      taken: '159.96',
      left: '22.32',
      unreadable: 6,
    })
    expect(await tables()).toBe(before)

    const report = (await as('admin').call(calls.importRows, { id: run.id, limit: 100 })).rows
    expect(report.slice(0, 7).map(({ verdict }) => verdict)).toEqual([...Array<string>(6).fill('doubtful'), 'wrong'])
    expect(report[0]?.findings[0]?.message.zh).toBe('可能就是第 3 行「膨胀螺栓 M0 × 100」')
    expect(report.slice(6, 11).map(({ findings: [first] }) => [first?.field, first?.message.zh])).toEqual([
      ['listPrice', '「面议」不是数字'],
      ['baseUnit', '请填写基本单位'],
      ['code', '编码已是第 3 行「膨胀螺栓 M0 × 100」'],
      ['barcode', '条码已是第 3 行「膨胀螺栓 M0 × 100」'],
      ['holds1', '有单位，没有写换算'],
    ])
    await as('admin').call(calls.decideRows, { id: run.id, positions: [report[0]?.position ?? 0], take: true })

    const done = await imported('admin', await look('admin', run.id))
    expect([done.state, done.imported, done.chosen]).toEqual(['done', 259, 1])
    const [item] = (await as('admin').call(catalog.endpoints.items, { q: 'pengzhangluoshuan M299' })).rows
    expect(item).toMatchObject({
      item: { code: 'LS-299', name: '膨胀螺栓', taxRate: '13.00', listPrice: '0.62', packing: '1 盒 = 50 支' },
    })
    const { entries } = await as('admin').call(catalog.endpoints.itemTimeline, { id: item?.item.id ?? '' })
    expect(entries.map(({ action, by }) => [action, by])).toEqual([['create', '员工 admin']])
    const prices = await as('admin').call(catalog.endpoints.priceHistory, { id: item?.item.id ?? '' })
    expect(prices.rows.map(({ priceBefore, priceAfter }) => [priceBefore, priceAfter])).toEqual([[null, '0.62']])

    const again = await brought('admin', 'item', await asWorkbook(messyHeadings, messyRows()))
    expect(again.counts).toEqual({ new: 0, doubtful: 5, same: 265, wrong: 30 })

    expect((await undone('admin', done)).state).toBe('undone')
    expect(await tables()).toBe(before)
  })
})

describe('what is done twice', () => {
  test('a repeated upload and a repeated start under their keys are one import, and a lost job goes on where it ended', async () => {
    const id = newId()
    const key = newId()
    const sent = {
      id,
      document: 'item',
      fileName: 'x.csv',
      ...pasted([
        ['编码', '名称', '单位'],
        ['TWICE', '两次', '个'],
      ]),
    }
    for (const _ of [1, 2]) expect((await as('admin').try(calls.upload, sent, { key })).status).toBe(200)
    await settled()
    const { version } = await look('admin', id)
    const start = newId()
    for (const _ of [1, 2])
      expect((await as('admin').try(calls.runImport, { id, version }, { key: start })).status).toBe(200)
    await settled()
    await settled()
    expect(await db.item.count({ where: { code: 'TWICE' } })).toBe(1)
    expect((await as('admin').try(calls.runImport, { id, version })).body.code).toBe('wrong_state')
  })

  test('what somebody created between the check and the import is told of, and not made again', async () => {
    const run = await brought(
      'admin',
      'item',
      pasted([
        ['编码', '名称', '单位'],
        ['RACE-1', '甲', '个'],
        ['RACE-2', '乙', '个'],
      ]),
    )
    await as('admin').call(catalog.endpoints.createItem, {
      id: newId(),
      code: 'RACE-1',
      name: '先来',
      category: 'x',
      baseUnit: '个',
      tracking: 'none',
      taxRate: '13',
    })
    const done = await imported('admin', run)
    expect([done.state, done.imported, done.counts]).toEqual(['done', 1, { new: 1, doubtful: 0, same: 0, wrong: 1 }])
    expect((await rowsOf('admin', run.id, 'wrong'))[0]?.findings[0]?.message.zh).toBe('编码已是「RACE-1 先来」')
  })
})

describe('customers', () => {
  const headings = ['客户名称', '客户等级', '账期', '信用额度', '业务员', '联系人', '手机']

  test('are compared with those that are there; a colleague’s is told of without its name', async () => {
    await as('stranger').call(parties.endpoints.createCustomer, {
      id: newId(),
      name: '云港秘密五金有限公司',
      shortName: '秘密五金',
      level: 'A',
      termCode: 'net_30',
    })
    await as('seller').call(parties.endpoints.createCustomer, {
      id: newId(),
      name: '云港宏达装饰有限公司',
      shortName: '宏达',
      level: 'A',
      termCode: 'net_30',
      phone: '0518-5550001',
    })
    const run = await brought(
      'sales_manager',
      'customer',
      pasted([
        headings,
        ['云港宏达装饰有限公司', 'A级', '货到30天', '10,000', '', '', ''],
        ['宏达装饰 分店', 'B', '月结30天', '5000', '员工 seller', '李经理', '0518-5550001'],
        ['云港秘密五金', 'B', '月结30天', '', '', '', ''],
        ['新客户一', '普通', '三个月', '-5', '员工 stranger', '', ''],
        ['新客户二', '零售', '月结', '2000.50', '员工 mate', '王工', '13800138000'],
      ]),
    )
    expect(run.counts).toEqual({ new: 1, doubtful: 2, same: 1, wrong: 1 })
    const [alike, hidden] = await rowsOf('sales_manager', run.id, 'doubtful')
    expect(alike?.findings[0]?.message.zh).toMatch(/^可能就是C\d{5}「宏达」$/)
    expect(hidden?.findings[0]?.message.zh).toBe('可能就是其他同事负责的客户')
    const [wrong] = await rowsOf('sales_manager', run.id, 'wrong')
    expect(wrong?.findings.map(({ field }) => field)).toEqual(['level'])

    const before = await tables()
    const done = await imported('sales_manager', run)
    expect(done.imported).toBe(1)
    const { rows } = await as('mate').call(parties.endpoints.customers, { q: 'xinkehu' })
    expect(rows[0]).toMatchObject({
      name: '新客户二',
      shortName: '新客户二',
      level: 'retail',
      termCode: 'month_end',
      creditLimit: '2000.50',
    })
    expect((await as('mate').call(parties.endpoints.customer, { id: rows[0]?.id ?? '' })).customer.lines).toMatchObject(
      [{ name: '王工', phone: '13800138000', isMain: true }],
    )
    await undone('sales_manager', done)
    expect(await tables()).toBe(before)
  })

  test('that have an order by now stay, and so does the whole import; it says which and why', async () => {
    const run = await brought(
      'seller',
      'customer',
      pasted([
        ['全称', '简称'],
        ['用上的客户有限公司', '用上的'],
        ['没用的客户有限公司', '没用的'],
      ]),
    )
    const done = await imported('seller', run)
    const [used] = (await as('seller').call(parties.endpoints.customers, { q: '用上的' })).rows
    const warehouseId = await aWarehouse('导入仓')
    const itemId = newId()
    await as('admin').call(catalog.endpoints.createItem, {
      id: itemId,
      code: itemId,
      name: 'x',
      category: 'x',
      baseUnit: '支',
      tracking: 'none',
      taxRate: '13',
      listPrice: '1',
    })
    await stocked(itemId, warehouseId, '100')
    await anOrder('seller', used?.id ?? '', { itemId, warehouseId })
    const before = await tables()
    const refused = await undone('seller', done)
    expect([refused.state, refused.usedCount]).toEqual(['done', 1])
    expect(refused.uses).toMatchObject([{ title: '用上的', page: `/customers/${used?.id}` }])
    expect(refused.uses[0]?.reasons).toContainEqual({ zh: '有销售订单', en: 'has sales orders' })
    expect(await tables()).toBe(before)
  })
})

describe('rights', () => {
  test('each is offered what he may create, with the columns that he may fill', async () => {
    const kinds = async (who: Who) =>
      Object.fromEntries(
        (await as(who).call(calls.importKinds, {})).kinds.map(({ document, columns }) => [
          document,
          columns.map(({ key }) => key),
        ]),
      )
    expect(Object.keys(await kinds('warehouse'))).toEqual([])
    expect(Object.keys(await kinds('owner')).sort()).toEqual(['customer', 'item'])
    expect((await kinds('buyer'))['item']).not.toContain('listPrice')
    expect((await kinds('seller'))['customer']).not.toContain('creditLimit')
    expect((await kinds('seller'))['customer']).not.toContain('owner')
  })

  test('a column that one may not fill is refused, and what one brought is nobody else’s', async () => {
    const run = await brought(
      'buyer',
      'item',
      pasted([
        ['编码', '名称', '单位', '单价'],
        ['P-1', '价', '个', 9],
      ]),
    )
    expect(run.mapping).toEqual(['code', 'name', 'baseUnit', ''])
    const mapping = ['code', 'name', 'baseUnit', 'listPrice']
    expect((await as('buyer').try(calls.mapColumns, { id: run.id, version: run.version, mapping })).status).toBe(400)
    expect((await as('admin').try(calls.import, { id: run.id })).body.code).toBe('not_found')
    expect(
      (await as('seller').try(calls.upload, { id: newId(), document: 'item', fileName: 'x', text: 'x' })).body.code,
    ).toBe('forbidden')
  })

  test('a right that is taken away before the job runs stops the import, and nothing is written', async () => {
    const run = await brought(
      'admin',
      'item',
      pasted([
        ['编码', '名称', '单位'],
        ['GONE', '没了', '个'],
      ]),
    )
    await as('admin').call(calls.runImport, { id: run.id, version: run.version })
    await db.personRole.deleteMany({ where: { personId: ids.admin } })
    await settled()
    await db.personRole.create({ data: { personId: ids.admin, roleKey: 'admin' } })
    const stopped = await look('admin', run.id)
    expect([stopped.state, stopped.problem?.zh]).toEqual(['stopped', '没有权限导入商品，如需开通请联系管理员'])
    expect(await db.item.count({ where: { code: 'GONE' } })).toBe(0)
    expect((await imported('admin', stopped)).imported).toBe(1)
  })
})

describe('files', () => {
  const why = async (content: Uint8Array | string) => {
    const run = await brought('admin', 'item', { content: Buffer.from(content).toString('base64') })
    return [run.state, run.problem?.en?.split(/[:;(]/)[0]?.trim()]
  }

  test('in GBK are read, and so is a table with commas; what is no table is told why', async () => {
    // 编码,名称,单位 and a row below, as a Chinese Excel saves them.
    const gbk = Buffer.from('b1e0c2eb2cc3fbb3c62cb5a5cebb0a47424b2d312cc2ddcbbf2cd6a7', 'hex')
    const run = await brought('admin', 'item', { content: gbk.toString('base64') })
    expect([run.state, run.headings, run.samples]).toEqual([
      'checked',
      ['编码', '名称', '单位'],
      [['GBK-1', '螺丝', '支']],
    ])
    expect(await why(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toEqual(['unreadable', 'This is an old Excel file'])
    expect(await why('PK\u0003\u0004 and no workbook')).toEqual(['unreadable', 'The file cannot be opened'])
    expect(await why('')).toEqual(['unreadable', 'There is nothing in the table'])
    expect(await why('编码,名称,单位\n')).toEqual(['unreadable', 'No headings with rows below'])
  })

  test('without a column that is needed wait until it is said which one it is', async () => {
    const run = await brought(
      'admin',
      'item',
      pasted([
        ['编码', '叫什么', '单位'],
        ['=1+1', '@cmd', '个'],
      ]),
    )
    expect([run.state, run.mapping]).toEqual(['mapping', ['code', '', 'baseUnit']])
    const { id, version } = run
    const lacking = await as('admin').try(calls.mapColumns, { id, version, mapping: ['code', '', 'baseUnit'] })
    expect(lacking.body.code).toBe('columns_missing')
    await as('admin').call(calls.mapColumns, { id, version, mapping: ['code', 'name', 'baseUnit'] })
    await settled()
    expect((await look('admin', id)).counts).toEqual({ new: 1, doubtful: 0, same: 0, wrong: 0 })
  })

  test('that are given out are read back: the template needs no matching, and the report holds what a formula would look like as text', async () => {
    const template = await as('owner').call(calls.importTemplate, { document: 'customer' })
    const run = await brought('owner', 'customer', { content: template.content })
    expect(run.mapping).toEqual(run.columns.map(({ key }) => key))
    expect(run.state).toBe('checked')
    const odd = await brought(
      'admin',
      'item',
      pasted([
        ['编码', '名称', '单位'],
        ['=HYPERLINK("http://x")', '名', ''],
      ]),
    )
    const { content } = await as('admin').call(calls.importReport, { id: odd.id })
    const read = await brought('admin', 'item', { content })
    expect(read.samples[0]).toEqual(['2', '有误', '基本单位：请填写基本单位', '=HYPERLINK("http://x")', '名', ''])
  })
})
