import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { z } from 'zod'
import { newId } from '#kernel/ids'
import { writeWorkbook } from '#kernel/workbooks'
import { type Benchmark, duration, rate } from './benchmark.ts'
import { importLimit } from './import-limit.ts'
import type { OpenCompany } from './open-company.ts'
import { addedEach, countRows } from './row-counts.ts'

const rows = 50_000
/** Looking costs the house something too; the page looks every second and a half. */
const lookMs = 500

/** A workbook of items from its upload to the last one imported, beside bare SQL that writes the same rows. */
export const importItems: Benchmark = {
  name: 'import-items',
  on: 'open company',
  run: async (company, report) => {
    const { database, house, size, log } = company
    const content = Buffer.from(await workbook()).toString('base64')
    const ours = await counted(database, () => imported(company, content))
    const { id, checkedInMs, importedInMs } = ours.answer
    const limit = await importLimit(company, id)
    await undone(company, id)
    // What the undoing left behind is cleared away, so that both begin on tables in the same order.
    await database.query('vacuum (analyze) item, item_unit, barcode, price_change, audit_entry, import_row')
    house.pause()
    const best = await counted(database, () => limit.run()).finally(house.resume)
    await limit.close()
    if (ours.added !== best.added)
      throw new Error(`The import writes ${ours.added}; what it is compared with writes ${best.added}.`)
    log(`An import of ${rows} items writes ${ours.added}.`)
    const name = `import-items/${size}`
    report(rate(name, (rows * 1000) / (checkedInMs + importedInMs), 'rows/s', (rows * 1000) / best.tookMs))
    report(duration(`${name}/uploaded-and-checked`, checkedInMs))
    report(duration(`${name}/imported`, importedInMs, best.tookMs))
  },
}

/** Work, how long it took, and what it added to each table. */
async function counted<T>(database: pg.Client, work: () => Promise<T>) {
  const before = await countRows(database)
  const begun = performance.now()
  const answer = await work()
  const tookMs = performance.now() - begun
  return { answer, tookMs, added: JSON.stringify(addedEach(before, await countRows(database), 1)) }
}

const names = ['膨胀螺栓', '外六角螺栓', '自攻螺丝', '耐候密封胶', '不锈钢合页', '三合一连接件']
const headings = ['编码', '名称', '规格', '单位', '辅助单位1', '换算1', '条码', '分类', '标准售价', '税率']

function workbook(): Promise<Uint8Array> {
  const items = Array.from({ length: rows }, (_, i) => [
    `IMP-${i}`,
    names[i % names.length]!,
    `M${4 + (i % 20)}x${i}`,
    '支',
    '盒',
    50,
    6_940_000_000_000 + i,
    '紧固件',
    (0.1 + i / 100).toFixed(2),
    13,
  ])
  return writeWorkbook([{ name: '商品', headings: headings.map((words) => ({ words, width: 12 })), rows: items }])
}

const Run = z.object({ state: z.string(), version: z.number(), imported: z.number() })

async function imported({ owner }: OpenCompany, content: string) {
  const id = newId()
  const begun = performance.now()
  await owner.post('/imports', { id, document: 'item', fileName: 'items.xlsx', content })
  const { version } = await settled({ owner }, id, 'checked')
  const checkedAt = performance.now()
  await owner.post(`/imports/${id}/run`, { version })
  const done = await settled({ owner }, id, 'done')
  if (done.imported !== rows) throw new Error(`${done.imported} of ${rows} rows were imported.`)
  return { id, checkedInMs: checkedAt - begun, importedInMs: performance.now() - checkedAt }
}

async function undone({ owner }: Pick<OpenCompany, 'owner'>, id: string): Promise<void> {
  const { version } = Run.parse(await owner.get(`/imports/${id}`))
  await owner.post(`/imports/${id}/undo`, { version })
  await settled({ owner }, id, 'undone')
}

/** Looks at the import as its page does, until it stands so. */
async function settled({ owner }: Pick<OpenCompany, 'owner'>, id: string, state: string) {
  for (;;) {
    const run = Run.parse(await owner.get(`/imports/${id}`))
    if (run.state === state) return run
    if (['unreadable', 'mapping', 'stopped'].includes(run.state)) throw new Error(`The import is ${run.state}.`)
    await pause(lookMs)
  }
}
