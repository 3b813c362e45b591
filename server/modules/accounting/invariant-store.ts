import { type Sql, sql, type Tx } from '#kernel/db'
import { type Broken, firstFound } from '#kernel/invariant'
import { receivableLedger } from '#server/modules/finance'
import { landedCosts, stockLedger } from '#server/modules/inventory'

type Found = Promise<Broken | null>

/** A voucher whose debits or credits are not what it says, or whose lines lie on another day. */
export const voucherOffBalance = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with line as (
      select voucher_id, sum(debit) as debit, sum(credit) as credit, min("on") as first_on, max("on") as last_on from voucher_line group by 1)
    select 'voucher' as document, v.id, v.number,
      format('¥%s: %s = %s (%s – %s)', v.amount, coalesce(l.debit, 0), coalesce(l.credit, 0), l.first_on, l.last_on) as detail
    from voucher v left join line l on l.voucher_id = v.id
    where (l.debit, l.credit, l.first_on, l.last_on) is distinct from (v.amount, v.amount, v."on", v."on")
    order by v.number`

/** The moment at which an id was made, in milliseconds: ids are made in the order of time. */
const madeMs = (id: Sql): Sql => sql`('x' || left(replace(${id}::text, '-', ''), 12))::bit(48)::bigint`

/** A line of a ledger that no voucher tells of, though one that was written an hour later has its own: what is under way takes moments. */
export const lineWithoutVoucher = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with last_vouched as (select ${madeMs(sql`max(line_id::text)`)} as ms from vouched_line),
    line as (
      select id, source_document, source_id, source_number, amount from (${receivableLedger}) money
      union all
      select id, source_document, source_id, source_number, cost from (${stockLedger}) stock
      union all
      select id, 'landed_cost', id, number, in_stock + expensed from (${landedCosts}) landed)
    select l.source_document as document, l.source_id as id, l.source_number as number, format('¥%s: no voucher', l.amount) as detail
    from line l, last_vouched
    where not exists (select from vouched_line v where v.line_id = l.id) and ${madeMs(sql`l.id`)} < last_vouched.ms - 3600000
    order by l.source_number`

/** A voucher that no line of a ledger is in. */
export const voucherOfNothing = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'voucher' as document, v.id, v.number, 'made of nothing' as detail
    from voucher v where not exists (select from vouched_line one where one.voucher_id = v.id) order by v.number`

/** What a voucher puts into the accounts of a control, below what its lines of the ledger say. */
const onControl = (control: string): Sql => sql`
  select l.voucher_id, l.customer_id, l.debit - l.credit as booked, 0 as ledger
  from voucher_line l join ledger_account a on a.code = l.account where a.control = ${control}`

/** A voucher that tells of a customer's debts, or of what he paid in advance, otherwise than the receivables ledger. */
export const customerOffLedger = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with side as (
      select voucher_id, customer_id, booked as owed, 0 as advance, 0 as owed_ledger, 0 as advance_ledger from (${onControl('receivable')}) r
      union all
      select voucher_id, customer_id, 0, -booked, 0, 0 from (${onControl('advance')}) a
      union all
      select v.voucher_id, m.customer_id, 0, 0, case when m.receivable_id is not null then m.amount else 0 end,
        case when m.receivable_id is null then -m.amount else 0 end
      from (${receivableLedger}) m join vouched_line v on v.line_id = m.id),
    off as (
      select voucher_id, sum(owed) as owed, sum(advance) as advance, sum(owed_ledger) as owed_ledger, sum(advance_ledger) as advance_ledger
      from side group by voucher_id, customer_id
      having sum(owed) <> sum(owed_ledger) or sum(advance) <> sum(advance_ledger))
    select 'voucher' as document, v.id, v.number,
      format('¥%s / ¥%s ≠ ¥%s / ¥%s', off.owed, off.advance, off.owed_ledger, off.advance_ledger) as detail
    from off join voucher v on v.id = off.voucher_id order by v.number`

/** A voucher that tells of the value of the stock otherwise than the stock ledger. */
export const stockOffLedger = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with side as (
      select voucher_id, booked, ledger from (${onControl('stock')}) s
      union all
      select v.voucher_id, 0, m.cost from stock_move m join vouched_line v on v.line_id = m.id),
    off as (select voucher_id, sum(booked) as booked, sum(ledger) as ledger from side group by 1 having sum(booked) <> sum(ledger))
    select 'voucher' as document, v.id, v.number, format('¥%s ≠ ¥%s', off.booked, off.ledger) as detail
    from off join voucher v on v.id = off.voucher_id order by v.number`

/** A month in which the debits of all accounts are not their credits. */
export const trialOffZero = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'trial_balance' as document, '00000000-0000-0000-0000-000000000000' as id, to_char("on", 'YYYY-MM') as number,
      format('%s ≠ %s', sum(debit), sum(credit)) as detail
    from voucher_line group by 3 having sum(debit) <> sum(credit) order by 3`
