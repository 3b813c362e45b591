import type { Input, Output } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import type { imports, ImportKind } from './contract.ts'
import { columnView, importThere, summaries } from './import-view.ts'
import { findImports, reportRows } from './import-store.ts'
import { importablesFor, openImportable } from './registry.ts'

type Endpoints = (typeof imports)['endpoints']

/** What the caller may import, with the columns that he may fill. */
export async function importKinds(tx: Tx, caller: Caller): Promise<{ kinds: ImportKind[] }> {
  const kinds: ImportKind[] = []
  for (const { document: name } of importablesFor(caller)) {
    const { document, columns } = await openImportable(tx, caller, name)
    kinds.push({ document: name, label: document.label, columns: columns.map(columnView) })
  }
  return { kinds }
}

export async function listImports(
  tx: Tx,
  caller: Caller,
  { cursor, limit }: Input<Endpoints['imports']>,
): Promise<Output<Endpoints['imports']>> {
  const [before] = keysOf(cursor, ['id']) ?? []
  const page = pageFrom(await findImports(tx, caller.personId, before, limit + 1), limit, ({ id }) => [id])
  return { rows: await summaries(tx, page.rows), cursor: page.cursor }
}

export async function importRows(
  tx: Tx,
  caller: Caller,
  { id, verdict, cursor, limit }: Input<Endpoints['importRows']>,
): Promise<Output<Endpoints['importRows']>> {
  const after = keysOf(cursor, ['rank', 'rank'])
  await importThere(tx, caller, id)
  const rows = await reportRows(tx, id, { verdict, after, limit: limit + 1 })
  const page = pageFrom(rows, limit, ({ rank, position }) => [rank, position])
  return page
}
