import { Decimal, toMoney } from '#contract'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ChangedMeanwhile } from '#kernel/perform'
import type { VoucherEvent } from './voucher-template.document.ts'
import type { LedgerEvent, Line } from './voucher.model.ts'

export type NewVoucher = LedgerEvent & { id: string; number: string; amount: Decimal; lines: readonly Line[] }

/**
 * Writes vouchers, and which lines of the ledgers are in them. Nothing else writes them, and nothing ever changes one. A line that somebody else
 * has put into a voucher meanwhile undoes it all.
 */
export async function insertVouchers(tx: Tx, madeAt: Date, vouchers: readonly NewVoucher[]): Promise<void> {
  const rows = vouchers.map(({ id, number, on, documentOn, event, source, customerId, amount, by }) => ({
    ...{ id, number, on, documentOn, event, customerId, by, amount: toMoney(amount) },
    ...{ document: source.document, sourceId: source.id, sourceNumber: source.number },
  }))
  await tx.$executeRaw`
    insert into voucher (id, number, "on", document_on, event, source_document, source_id, source_number, customer_id, amount, made_at, by)
    select id, number, "on", "documentOn", event, document, "sourceId", "sourceNumber", "customerId", amount, ${madeAt}, by
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v(id uuid, number text, "on" date, "documentOn" date, event text, document text,
      "sourceId" uuid, "sourceNumber" text, "customerId" uuid, amount numeric, by uuid)`
  const lines = vouchers.flatMap(({ id: voucherId, on, lines: of }) =>
    of.map(({ account, side, amount, customerId, category }, i) => {
      const [debit, credit] = side === 'debit' ? [amount, 0] : [0, amount]
      return {
        ...{ id: newId(), voucherId, position: i + 1, account, on, customerId, category },
        ...{ debit: toMoney(debit), credit: toMoney(credit) },
      }
    }),
  )
  await tx.$executeRaw`
    insert into voucher_line (id, voucher_id, position, account, "on", debit, credit, customer_id, category)
    select id, "voucherId", position, account, "on", debit, credit, "customerId", category
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(id uuid, "voucherId" uuid, position int, account text, "on" date, debit numeric,
      credit numeric, "customerId" uuid, category text)`
  const vouched = vouchers.flatMap(({ id: voucherId, lineIds }) => lineIds.map((lineId) => ({ lineId, voucherId })))
  const taken = await tx.$executeRaw`
    insert into vouched_line (line_id, voucher_id)
    select "lineId", "voucherId" from jsonb_to_recordset(${JSON.stringify(vouched)}::jsonb) as l("lineId" uuid, "voucherId" uuid) order by 1
    on conflict do nothing`
  if (taken !== vouched.length) throw new ChangedMeanwhile()
}

export type WrittenLine = Line & { event: VoucherEvent }

/** The lines of all vouchers of some documents, by document. */
export async function linesOfSources(tx: Tx, sourceIds: readonly string[]): Promise<Map<string, WrittenLine[]>> {
  const rows = await tx.$queryRaw<(Omit<WrittenLine, 'amount'> & { amount: string; sourceId: string })[]>`
    select v.source_id as "sourceId", v.event, l.account, case when l.debit <> 0 then 'debit' else 'credit' end as side, (l.debit + l.credit)::text as amount,
      l.customer_id as "customerId", l.category
    from voucher v join voucher_line l on l.voucher_id = v.id
    where v.source_id = any(${[...sourceIds]}::uuid[]) order by v."on", v.number, l.position`
  const found = new Map<string, WrittenLine[]>()
  for (const { sourceId, amount, ...line } of rows) {
    const one = { ...line, amount: new Decimal(amount) }
    found.set(sourceId, [...(found.get(sourceId) ?? []), one])
  }
  return found
}
