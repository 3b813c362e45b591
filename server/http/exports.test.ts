import { readXlsx } from 'hucre/xlsx'
import type { Response } from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '#contract'
import { exports, type ExportView } from '#contract/engines/exports'
import { forms } from '#contract/engines/forms'
import { org } from '#contract/modules/org'
import { sales } from '#contract/modules/sales'
import { systemCaller } from '#kernel/caller'
import { db } from '#kernel/db'
import { drain } from '#kernel/events'
import { newId } from '#kernel/ids'
import { exportJobs, exportListeners } from '#server/engines/exports'
import { as, closeDoor, ids, openDoor, type Visitor, type Who } from '../test/door.ts'
import { aCustomer, anOrder, aWarehouse, today } from '../test/door-goods.ts'
import { type InputFor, rowsOfTheSeller, told } from '../test/every-call.ts'
import { served } from './contracts.ts'

const calls = exports.endpoints
let inputFor: InputFor
let made: Awaited<ReturnType<typeof rowsOfTheSeller>>
let foreign: string

beforeAll(async () => {
  await openDoor()
  made = await rowsOfTheSeller()
  inputFor = made.inputFor
  const { order } = await as('owner').call(sales.endpoints.order, { id: made.order })
  foreign = await aCustomer('stranger', { shortName: '别家五金' })
  await anOrder('stranger', foreign, { itemId: order.lines[0]!.itemId!, warehouseId: order.warehouseId! })
})
afterAll(closeDoor)

type Filter = Record<string, string>
type Headers = Record<string, string>

const ask = (who: Who, list: string, filter: Filter = {}, headers: Headers = {}, id = newId()): Promise<Response> =>
  as(who).try(calls.createExport, { id, list, filter }, { headers })
const look = (who: Who, id: string): Promise<ExportView> => as(who).call(calls.export, { id })

async function exported(who: Who, list: string, filter: Filter = {}, headers: Headers = {}): Promise<ExportView> {
  const { status, body, text } = await ask(who, list, filter, headers)
  if (status !== 200) throw new Error(text)
  await drain(exportListeners)
  return look(who, (body as ExportView).id)
}

const fileOf = (who: Who | Visitor, id: string): Promise<Response> =>
  (typeof who === 'string' ? as(who) : who)
    .send('GET', `/api/exports/${id}/file`)
    .buffer(true)
    .parse((stream, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => done(null, Buffer.concat(parts)))
    })

type Cell = string | number | Date | null
type Row = Record<string, Cell>
/** The sheets of a workbook, each row by its headings. */
async function workbook(who: Who, list: string, filter: Filter = {}, headers: Headers = {}): Promise<Row[][]> {
  const run = await exported(who, list, filter, headers)
  expect(run).toMatchObject({ state: 'ready', problem: null })
  const answer = await fileOf(who, run.id)
  const { sheets } = await readXlsx(answer.body as Buffer) // gathered by fileOf
  return sheets.map(({ rows, freezePane }) => {
    expect(freezePane).toEqual({ rows: 1 })
    const [heading, ...below] = rows as Cell[][] // what the reader makes of cells without formulas
    return below.map((row) => Object.fromEntries((heading ?? []).map((words, i) => [String(words), row[i] ?? null])))
  })
}
const columns = (rows: Row[] | undefined, heading: string): Cell[] => (rows ?? []).map((row) => row[heading] ?? null)

describe('the workbook of a list', () => {
  test('has the rows of the list, in its order, and the lines of its documents on a second sheet', async () => {
    const { rows } = await as('owner').call(sales.endpoints.orders, { limit: 100 })
    const [orders, lines] = await workbook('owner', 'sales.orders')
    expect(columns(orders, '订单号')).toEqual(rows.map(({ number }) => number))
    expect(orders?.[0]).toMatchObject({
      客户: rows[0]!.names['customerId'],
      状态: '已确认',
      价税合计: Number(rows[0]!.grossTotal),
      毛利率: Number(rows[0]!.marginPercent) / 100,
      下单日期: new Date(`${today()}T00:00:00Z`),
      缺货先发有货部分: '否',
      备注: null,
    })
    const { order } = await as('owner').call(sales.endpoints.order, { id: made.order })
    expect(lines).toContainEqual(
      expect.objectContaining({
        订单号: order.number,
        客户: order.names['customerId'],
        商品编码: expect.stringMatching(/^I/),
        商品: '膨胀螺栓',
        数量: '10 支',
        '单价（含税）': Number(told.price),
        单位成本: Number(told.cost),
      }),
    )
    expect(lines?.length).toBe(rows.length)
  })

  test('is named by the list and the day, for every program that fetches it', async () => {
    const { id, fileName } = await exported('owner', 'sales.orders')
    expect(fileName).toBe(`销售订单-${today()}.xlsx`)
    const { headers } = await fileOf('owner', id)
    expect(headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    expect(headers['content-disposition']).toBe(
      `attachment; filename="yidan.xlsx"; filename*=UTF-8''${encodeURIComponent(fileName!)}`,
    )
  })

  test('speaks the language of whoever reads it', async () => {
    const [orders] = await workbook('owner', 'sales.orders', {}, { 'Accept-Language': 'en' })
    expect(orders?.[0]).toMatchObject({ State: 'Confirmed', Payment: 'Unpaid' })
  })

  test('is narrowed as the list is, wherever somebody stands in it', async () => {
    const asked = { customerId: made.customer, cursor: 'of some page', limit: '1' }
    const [orders] = await workbook('owner', 'sales.orders', asked)
    const { rows } = await as('owner').call(sales.endpoints.orders, { customerId: made.customer })
    expect(columns(orders, '订单号')).toEqual(rows.map(({ number }) => number))
    const [drafts] = await workbook('owner', 'sales.orders', { state: 'draft' })
    expect(drafts).toEqual([])
    const [found] = await workbook('owner', 'parties.customers', { q: '别家五金' })
    expect(columns(found, '简称')).toEqual(['别家五金'])
  })

  test('has a column for a field of the company’s own', async () => {
    const field = { key: 'site', kind: 'text' as const, label: { zh: '工地' }, place: 'document' as const }
    await as('admin').call(forms.endpoints.addField, { name: 'sales_order', field })
    await db.$executeRaw`update sales_order set custom = '{"site": "三号楼"}' where id = ${made.order}::uuid`
    const [orders] = await workbook('owner', 'sales.orders', { customerId: made.customer })
    expect(columns(orders, '工地')).toEqual(['三号楼'])
  })

  test('keeps as text what begins like a formula', async () => {
    const names = ['=1+1', '+86', '-2', '@SUM(A1)', '=HYPERLINK("http://evil.test","x")']
    for (const shortName of names) await aCustomer('mate', { shortName })
    const [customers] = await workbook('mate', 'parties.customers')
    expect(new Set(columns(customers, '简称'))).toEqual(new Set(names))
    const { id } = await exported('mate', 'parties.customers')
    const { sheets } = await readXlsx((await fileOf('mate', id)).body as Buffer) // gathered by fileOf
    expect([...(sheets[0]?.cells?.values() ?? [])].filter(({ formula }) => formula !== undefined)).toEqual([])
  })

  test('has all pages of a long list, and none of a list that is too long', async () => {
    const id = await aWarehouse('长仓')
    const more = (from: number, to: number) => db.$executeRaw`
      insert into bin (id, warehouse_id, code) select gen_random_uuid(), ${id}::uuid, 'B' || lpad(n::text, 6, '0')
      from generate_series(${from}::int, ${to}::int) n`
    await more(1, 1201)
    const [bins] = await workbook('warehouse', 'inventory.bins', { id })
    const { rows } = await db.bin
      .findMany({ where: { warehouseId: id }, orderBy: { code: 'asc' } })
      .then((found) => ({ rows: found.map(({ code }) => code) }))
    expect(columns(bins, '库位')).toEqual(rows)

    await more(1202, 50_001)
    const run = await exported('warehouse', 'inventory.bins', { id })
    expect(run).toMatchObject({ state: 'refused', fileName: null })
    expect(run.problem?.zh).toContain('超过 50,000 行')
    expect(run.problem?.zh).toContain('缩小范围')
    expect((await fileOf('warehouse', run.id)).status).toBe(404)
  })
})

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

describe('every list that can be exported', () => {
  /** A list is called by the contract and the endpoint that it is. */
  const endpointOf = (list: string): Endpoint => {
    const [contract, name] = list.split('.')
    return served.find((one) => one.contract.name === contract)!.contract.endpoints[name!]!
  }
  const filterFor = (list: string): Filter => {
    const endpoint = endpointOf(list)
    const input = inputFor(`${endpoint.method} ${endpoint.path}`, endpoint)
    return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, String(value)]))
  }
  const lists = async (who: Who) => (await as(who).call(calls.exportLists, {})).lists.map(({ list }) => list)

  test('has the rows of its list: for a seller his own and no cost, for a keeper no amount', async () => {
    const { order } = await as('owner').call(sales.endpoints.order, { id: made.order })
    const costs = [told.cost, told.freight, told.floor, order.costTotal!].map(Number)
    const amounts = [told.price, told.credit, order.grossTotal!, order.netTotal!].map(Number)
    const hidden = {
      owner: [],
      seller: [...costs, '别家五金'],
      warehouse: [...costs, ...amounts, told.phone],
    }
    const seen = { owner: new Set<Cell>(), seller: new Set<Cell>(), warehouse: new Set<Cell>() }
    for (const who of ['owner', 'seller', 'warehouse'] as const)
      for (const list of await lists(who)) {
        const { status, body } = await as(who).try(endpointOf(list), { ...filterFor(list), limit: 100 })
        const { length } = (body as { rows?: unknown[] }).rows ?? []
        if (status !== 200) expect((await ask(who, list, filterFor(list))).status, list).toBe(status)
        if (length === 0) continue
        const sheets = await workbook(who, list, filterFor(list))
        expect(sheets[0]?.length, list).toBe(length)
        for (const cell of sheets.flat().flatMap((row) => Object.values(row))) seen[who].add(cell)
      }
    expect([...seen.owner].filter((cell) => typeof cell === 'string' && isId.test(cell))).toEqual([])
    // They are there to be found.
    expect([...costs, ...amounts, '别家五金'].filter((secret) => !seen.owner.has(secret))).toEqual([])
    for (const who of ['seller', 'warehouse'] as const)
      expect(hidden[who].filter((secret) => seen[who].has(secret))).toEqual([])
    expect(seen.seller).toContain(order.number)
  })
})

describe('taking a list along', () => {
  test('is written down: who, which list, how it was narrowed, how many rows', async () => {
    const { id } = await exported('seller', 'sales.orders', { customerId: made.customer, limit: '30' })
    const entries = await db.auditEntry.findMany({ where: { document: 'export', documentId: id } })
    expect(entries).toMatchObject([
      {
        by: ids.seller,
        via: 'h5',
        action: 'export',
        changes: [
          { field: 'list', after: 'sales.orders' },
          { field: 'filter', after: { customerId: made.customer } },
          { field: 'rows', after: 1 },
        ],
      },
    ])
  })

  test('is for those who hold the right to it, and for lists that can be exported', async () => {
    expect((await as('service').call(calls.exportLists, {})).lists).toEqual([])
    expect((await ask('service', 'sales.orders')).body).toMatchObject({ code: 'forbidden' })
    expect((await ask('owner', 'org.roles')).body).toMatchObject({ code: 'not_exportable' })
    expect((await ask('owner', 'inventory.bins', { id: 'nowhere' })).body).toMatchObject({
      code: 'malformed',
      errors: [{ field: 'filter.id' }],
    })
  })

  test('happens one at a time for each person; the same one asked for twice is one', async () => {
    const id = newId()
    const asked = await Promise.all([
      ask('seller', 'sales.orders', {}, {}, id),
      ask('seller', 'sales.orders', {}, {}, id),
      ask('mate', 'sales.orders'),
    ])
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await ask('seller', 'parties.customers')).body).toMatchObject({ code: 'export_under_way' })
    await drain(exportListeners)
    expect(await look('seller', id)).toMatchObject({ state: 'ready' })
    expect((await ask('seller', 'parties.customers')).status).toBe(200)
    await drain(exportListeners)
  })

  test('ends where a right was taken away before it was made', async () => {
    const { body } = await ask('buyer', 'parties.suppliers')
    const { roles } = await as('admin').call(org.endpoints.roles, {})
    const { rights, version } = roles.find(({ key }) => key === 'buyer')!
    const without = { ...rights, actions: rights.actions.filter((action) => action !== 'exports.create') }
    await as('admin').call(org.endpoints.changeRole, { key: 'buyer', rights: without, version })
    await drain(exportListeners)
    const run = await look('buyer', (body as ExportView).id)
    expect(run).toMatchObject({ state: 'refused', problem: { zh: expect.stringContaining('没有权限导出列表') } })
  })

  test('gives the file to whoever asked for it and to nobody else, for a day', async () => {
    const { id } = await exported('seller', 'sales.orders')
    expect((await fileOf('owner', id)).status).toBe(404)
    expect((await as('owner').try(calls.export, { id })).status).toBe(404)
    expect((await fileOf('seller', id)).status).toBe(200)
    for (const { run } of exportJobs) await run(systemCaller(new Date(Date.now() + 25 * 3_600_000)))
    expect(await look('seller', id)).toMatchObject({ state: 'gone' })
    expect((await as('seller').try(calls.exportFile, { id })).body).toMatchObject({ code: 'export_gone' })
  })

  test('that a process left behind does not keep a person from the next', async () => {
    await ask('accountant', 'finance.receivables')
    await db.$executeRaw`update export_run set created_at = created_at - interval '16 minutes' where created_by = ${ids.accountant}::uuid`
    expect((await ask('accountant', 'finance.receivables')).status).toBe(200)
    await drain(exportListeners)
  })
})
