import { toMoney } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ChangedMeanwhile } from '#kernel/perform'
import { noReceivable } from './checkpoint-store.ts'
import { changeExposure } from './exposure-store.ts'
import { type Pair, total } from './allocation.model.ts'
import type { Entry, Source } from './ledger.model.ts'

/**
 * Appends lines to the ledger. Nothing else writes it, and nothing ever changes a line. What takes effect before a checkpoint is added to it:
 * whoever posts holds the period, so no checkpoint is taken meanwhile.
 */
export async function appendEntries(
  tx: Tx,
  caller: Caller,
  customerId: string,
  entries: readonly Entry[],
): Promise<void> {
  const rows = JSON.stringify(entries.map((entry) => ({ ...entry, id: newId(), amount: toMoney(entry.amount) })))
  await tx.$executeRaw`
    with line as (
      insert into receivable_entry (id, customer_id, receivable_id, receipt_id, kind, amount,
        source_document, source_id, source_number, effective_on, document_on, recorded_at, by)
      select id, ${customerId}::uuid, "receivableId", "receiptId", kind, amount,
        source ->> 'document', (source ->> 'id')::uuid, source ->> 'number', "on", "documentOn", ${caller.at}, ${caller.personId}::uuid
      from jsonb_to_recordset(${rows}::jsonb) as entry(id uuid, "receivableId" uuid, "receiptId" uuid, kind text, amount numeric,
        source jsonb, "on" date, "documentOn" date)
      returning customer_id, receivable_id, amount, effective_on)
    insert into receivable_checkpoint_line as kept (day, customer_id, receivable_id, due_on, amount)
    select c.day, line.customer_id, coalesce(receivable_id, ${noReceivable}::uuid), due_on, sum(line.amount)
    from line join receivable_checkpoint c on c.day >= effective_on left join receivable on receivable.id = receivable_id
    group by 1, 2, 3, 4
    on conflict (day, customer_id, receivable_id) do update set amount = kept.amount + excluded.amount`
}

/**
 * Lets money and debts meet: less is owed, less is paid in advance, and the ledger says so in two lines that cancel out.
 * The updates decide, not what was read before: neither side can be used beyond what it has.
 */
export async function allocatePairs(tx: Tx, caller: Caller, customerId: string, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return
  const amount = total(pairs.map((pair) => pair.amount))
  await settle(tx, customerId, pairs)
  await useUp(tx, customerId, pairs)
  await changeExposure(tx, customerId, { owed: amount.neg(), advance: amount.neg() })
  await appendEntries(
    tx,
    caller,
    customerId,
    pairs.flatMap((pair) => bothSides(pair, 'allocation')),
  )
}

/** Gives back what a receipt had settled. The receipt's own row is left to the caller, who takes it out of use. */
export async function releasePairs(tx: Tx, caller: Caller, customerId: string, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return
  const amount = total(pairs.map((pair) => pair.amount))
  const givenBack = pairs.map((pair) => ({ ...pair, amount: pair.amount.neg() }))
  await settle(tx, customerId, givenBack)
  await changeExposure(tx, customerId, { owed: amount, advance: amount })
  await appendEntries(
    tx,
    caller,
    customerId,
    givenBack.flatMap((pair) => bothSides(pair, 'release')),
  )
}

const bothSides = ({ receivableId, receipt, amount, on }: Pair, kind: 'allocation' | 'release'): Entry[] => {
  const source: Source = { document: 'receipt', id: receipt.id, number: receipt.number }
  return [
    { kind, receivableId, receiptId: receipt.id, amount: amount.neg(), source, on },
    { kind, receivableId: null, receiptId: receipt.id, amount, source, on },
  ]
}

async function settle(tx: Tx, customerId: string, pairs: readonly Pair[]): Promise<void> {
  const sums = sumsBy(pairs, (pair) => pair.receivableId)
  const changed = await tx.$executeRaw`
    update receivable r set settled = r.settled + part.amount
    from jsonb_to_recordset(${JSON.stringify(sums)}::jsonb) as part(id uuid, amount numeric)
    where r.id = part.id and r.customer_id = ${customerId}::uuid and r.settled + part.amount between 0 and r.amount`
  if (changed !== sums.length) throw new ChangedMeanwhile()
}

async function useUp(tx: Tx, customerId: string, pairs: readonly Pair[]): Promise<void> {
  const sums = sumsBy(pairs, (pair) => pair.receipt.id)
  const changed = await tx.$executeRaw`
    update receipt r set unallocated = r.unallocated - part.amount, version = r.version + 1
    from jsonb_to_recordset(${JSON.stringify(sums)}::jsonb) as part(id uuid, amount numeric)
    where r.id = part.id and r.customer_id = ${customerId}::uuid and r.state = 'posted' and r.unallocated >= part.amount`
  if (changed !== sums.length) throw new ChangedMeanwhile()
}

/** In the order of ids, so that rows are locked in one global order. */
function sumsBy(pairs: readonly Pair[], key: (pair: Pair) => string): { id: string; amount: string }[] {
  const ids = [...new Set(pairs.map(key))].sort()
  return ids.map((id) => ({
    id,
    amount: toMoney(total(pairs.filter((pair) => key(pair) === id).map((pair) => pair.amount))),
  }))
}
