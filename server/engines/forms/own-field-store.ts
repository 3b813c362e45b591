import { OwnField } from '#contract'
import type { Tx } from '#kernel/db'

export async function readOwnFields(tx: Tx, document: string): Promise<OwnField[]> {
  const rows = await tx.ownField.findMany({
    where: { document, active: true },
    orderBy: [{ position: 'asc' }, { key: 'asc' }],
  })
  return rows.map((row) => OwnField.parse(row.field))
}

export async function insertOwnField(tx: Tx, document: string, field: OwnField): Promise<boolean> {
  const position = await tx.ownField.count({ where: { document } })
  const { count } = await tx.ownField.createMany({
    data: [{ document, key: field.key, field, position }],
    skipDuplicates: true,
  })
  return count === 1
}
