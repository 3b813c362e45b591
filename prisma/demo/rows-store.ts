import type { Tx } from '#kernel/db'
import { Prisma } from '#kernel/prisma/client'

const rowsAtOnce = 5000

/** Inserts rows whose keys are the columns of a table. The names come from this folder, never from outside. */
export async function insertRows(tx: Tx, table: string, rows: Record<string, unknown>[]): Promise<void> {
  const columns = Prisma.raw(
    Object.keys(rows[0] ?? {})
      .map(quoted)
      .join(', '),
  )
  const name = Prisma.raw(quoted(table))
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    const part = JSON.stringify(rows.slice(i, i + rowsAtOnce))
    await tx.$executeRaw`insert into ${name} (${columns}) select ${columns} from jsonb_populate_recordset(null::${name}, ${part}::jsonb)`
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
