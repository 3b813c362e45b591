import type { Text } from '#contract'
import { joinSql, type Sql, sql, type Tx } from '#kernel/db'
import { Prisma } from '#kernel/prisma/client'
import type { Finding, ImportState, RecordUse, Verdict } from './contract.ts'
import type { Use } from './registry.ts'

const withoutContent = { content: true } as const
export type StoredImport = Prisma.ImportRunGetPayload<{ omit: typeof withoutContent }>

/** The import of whoever brought it; nobody else has one of this id. */
export const findImport = (tx: Tx, id: string, createdBy: string): Promise<StoredImport | null> =>
  tx.importRun.findFirst({ where: { id, createdBy }, omit: withoutContent })

/** Whoever it belongs to: for its steps, which are done in his name. */
export const findAnyImport = (tx: Tx, id: string): Promise<StoredImport | null> =>
  tx.importRun.findUnique({ where: { id }, omit: withoutContent })

/** The import, kept from every other step until this transaction ends. */
export async function holdImport(tx: Tx, id: string): Promise<StoredImport> {
  await tx.$queryRaw`select id from import_run where id = ${id}::uuid for update`
  return tx.importRun.findUniqueOrThrow({ where: { id }, omit: withoutContent })
}

export async function contentOf(tx: Tx, id: string): Promise<Uint8Array | null> {
  const run = await tx.importRun.findUnique({ where: { id }, select: { content: true } })
  return run?.content ?? null
}

type NewImport = Pick<StoredImport, 'id' | 'document' | 'fileName' | 'createdBy' | 'createdAt'> & {
  content: Uint8Array
}

/** False when there is one of this id already. */
export async function insertImport(tx: Tx, run: NewImport): Promise<boolean> {
  const content = new Uint8Array(run.content)
  const { count } = await tx.importRun.createMany({
    data: [{ ...run, content, state: 'reading' satisfies ImportState }],
    skipDuplicates: true,
  })
  return count === 1
}

export type ImportChanges = Omit<Prisma.ImportRunUncheckedUpdateManyInput, 'version' | 'state' | 'problem'> & {
  state?: ImportState
  /** Null: what stood in the way is forgotten. */
  problem?: Text | null
}

export async function updateImport(tx: Tx, id: string, { problem, ...changes }: ImportChanges): Promise<void> {
  const kept = problem === undefined ? {} : { problem: problem ?? Prisma.DbNull }
  await tx.importRun.updateMany({ where: { id }, data: { ...changes, ...kept, version: { increment: 1 } } })
}

/** The imports of a person, the latest first. */
export const findImports = (
  tx: Tx,
  createdBy: string,
  before: string | undefined,
  take: number,
): Promise<StoredImport[]> =>
  tx.importRun.findMany({
    where: { createdBy, ...(before && { id: { lt: before } }) },
    omit: withoutContent,
    orderBy: { id: 'desc' },
    take,
  })

type NewRow = { position: number; cells: readonly string[] }

export async function insertRows(tx: Tx, importId: string, rows: readonly NewRow[]): Promise<void> {
  await tx.$executeRaw`
    insert into import_row (import_id, position, cells)
    select ${importId}::uuid, position, cells
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as sheet_row(position int, cells text[])`
}

export type SheetRow = {
  position: number
  cells: string[]
  verdict: Verdict | null
  taken: boolean
  recordId: string | null
}

const columns = sql`position, cells, verdict, taken, record_id as "recordId"`

/** The next rows of the sheet. */
export const nextRows = (tx: Tx, importId: string, after: number, limit: number): Promise<SheetRow[]> =>
  tx.$queryRaw`
    select ${columns} from import_row where import_id = ${importId}::uuid and position > ${after} order by position limit ${limit}`

const isTaken = sql`(verdict = 'new' or (verdict = 'doubtful' and taken))`

/** The next rows that are to be imported. */
export const nextTaken = (tx: Tx, importId: string, after: number, limit: number): Promise<SheetRow[]> =>
  tx.$queryRaw`
    select ${columns} from import_row
    where import_id = ${importId}::uuid and position > ${after} and ${isTaken} order by position limit ${limit}`

export type Checked = {
  position: number
  verdict: Verdict
  findings: Finding[]
  title: string
  recordId: string
  figures: Record<string, string | null>
}

export async function saveVerdicts(tx: Tx, importId: string, rows: readonly Checked[]): Promise<void> {
  await tx.$executeRaw`
    update import_row r set verdict = c.verdict, findings = c.findings, title = c.title, record_id = c."recordId",
      figures = c.figures, taken = false
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(
      position int, verdict text, findings jsonb, title text, "recordId" uuid, figures jsonb)
    where r.import_id = ${importId}::uuid and r.position = c.position
      -- Said once more as a range, so that only this part of a long sheet is looked through.
      and r.position between ${rows[0]?.position ?? 0} and ${rows.at(-1)?.position ?? 0}`
}

/** What has come between the check and the import. */
export async function keepOut(
  tx: Tx,
  importId: string,
  rows: readonly Pick<Checked, 'position' | 'verdict' | 'findings'>[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.$executeRaw`
    update import_row r set verdict = c.verdict, findings = c.findings, taken = false
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(position int, verdict text, findings jsonb)
    where r.import_id = ${importId}::uuid and r.position = c.position`
}

export type RowCount = { verdict: Verdict; taken: boolean; rows: number; imported: number }

export const countRows = (tx: Tx, importId: string, doneTo: number): Promise<RowCount[]> =>
  tx.$queryRaw`
    select verdict, taken, count(*)::int as rows, (count(*) filter (where position <= ${doneTo} and ${isTaken}))::int as imported
    from import_row where import_id = ${importId}::uuid and verdict is not null group by verdict, taken`

export type FigureSum = { key: string; sheet: string; taken: string; unreadable: number }

/** What the numeric columns add up to, and how much of it is imported. */
export const sumFigures = (tx: Tx, importId: string): Promise<FigureSum[]> =>
  tx.$queryRaw`
    select figure.key, trim_scale(coalesce(sum(figure.value::numeric), 0))::text as sheet,
      trim_scale(coalesce(sum(figure.value::numeric) filter (where ${isTaken}), 0))::text as taken,
      (count(*) filter (where figure.value is null))::int as unreadable
    from import_row, jsonb_each_text(figures) as figure
    where import_id = ${importId}::uuid group by figure.key`

/** Doubtful first, then wrong, new, same; each in the order of the sheet. */
const rank = sql`array_position(array['doubtful', 'wrong', 'new', 'same'], verdict)`
export type ReportRow = Pick<Checked, 'position' | 'verdict' | 'findings' | 'title'> & {
  cells: string[]
  taken: boolean
  rank: number
}

export function reportRows(
  tx: Tx,
  importId: string,
  filter: { verdict?: Verdict; after?: readonly [number, number]; limit: number },
): Promise<ReportRow[]> {
  const { verdict, after, limit } = filter
  const conditions: Sql[] = [
    sql`import_id = ${importId}::uuid and verdict is not null`,
    ...(verdict ? [sql`verdict = ${verdict}`] : []),
    ...(after ? [sql`(${rank}, position) > (${after[0]}::int, ${after[1]}::int)`] : []),
  ]
  return tx.$queryRaw`
    select position, cells, verdict, title, findings, taken, ${rank} as rank from import_row
    where ${joinSql(conditions, ' and ')} order by rank, position limit ${limit}`
}

export async function takeRows(
  tx: Tx,
  importId: string,
  positions: readonly number[] | undefined,
  take: boolean,
): Promise<void> {
  await tx.importRow.updateMany({
    where: { importId, verdict: 'doubtful', ...(positions && { position: { in: [...positions] } }) },
    data: { taken: take },
  })
}

export const countTaken = (tx: Tx, importId: string): Promise<number> =>
  tx.importRow.count({ where: { importId, OR: [{ verdict: 'new' }, { verdict: 'doubtful', taken: true }] } })
export const countChosen = (tx: Tx, importId: string): Promise<number> =>
  tx.importRow.count({ where: { importId, verdict: 'doubtful', taken: true } })

export type ImportedRecord = { id: string; title: string }

/** The records that the import has made. */
export const recordsOf = (tx: Tx, importId: string, doneTo: number): Promise<ImportedRecord[]> =>
  tx.$queryRaw`
    select record_id as id, title from import_row
    where import_id = ${importId}::uuid and position <= ${doneTo} and ${isTaken} order by position`

/** Which of these records rows of other kinds use, and how. */
export async function findUses(
  tx: Tx,
  uses: readonly Use[],
  ids: readonly string[],
): Promise<Map<string, RecordUse['reasons']>> {
  const found = new Map<string, RecordUse['reasons']>()
  for (const { what, ids: used } of uses) {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select distinct used.id from (${used}) as used join unnest(${ids}::uuid[]) as imported(id) on imported.id = used.id`
    for (const { id } of rows) found.set(id, [...(found.get(id) ?? []), what])
  }
  return found
}
