import type { Input, Output } from '#contract'
import { documentFor } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import type { catalog } from './contract.ts'
import { findFamilies, findFamilyPage } from './family-store.ts'
import { familyView } from './read-family.ts'

type Families = (typeof catalog)['endpoints']['families']

export async function listFamilies(tx: Tx, caller: Caller, input: Input<Families>): Promise<Output<Families>> {
  const found = await findFamilyPage(tx, { ...input, after: keysOf(input.cursor, ['text']) })
  const page = pageFrom(found, input.limit, ({ code }) => [code])
  const families = await findFamilies(
    tx,
    page.rows.map(({ id }) => id),
  )
  const document = await documentFor(tx, 'item_family')
  const rows = page.rows.flatMap(({ id, items }) => {
    const family = families.get(id)
    return family ? [{ family: familyView(document, caller, family), items }] : []
  })
  return { rows, cursor: page.cursor }
}
