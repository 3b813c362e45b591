import { Decimal, toMoney } from '#contract'
import { sendAlong, type Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import { newId } from '#kernel/ids'

export type Expected = { id: string; customerId: string; orderedOn: Day; remaining: Decimal }
export type NewExpected = { part: number; amount: Decimal; dueOn: Day }
export type ExpectedRow = {
  orderId: string
  orderNumber: string
  part: number
  dueOn: Day
  amount: string
  remaining: string
}

/** Puts an order's instalments in place of what was expected of it before. */
export async function replaceExpected(
  tx: Tx,
  order: { customerId: string; orderId: string; orderNumber: string; orderedOn: Day },
  instalments: readonly NewExpected[],
): Promise<void> {
  const { customerId, orderId, orderNumber, orderedOn } = order
  const rows = instalments.map(({ part, amount, dueOn }) => ({ id: newId(), part, amount: toMoney(amount), dueOn }))
  await sendAlong(
    tx,
    tx.$executeRaw`
      with left_over as (delete from expected_receivable where order_id = ${orderId}::uuid and part > ${rows.length})
      insert into expected_receivable (id, customer_id, order_id, order_number, ordered_on, part, amount, remaining, due_on)
      select id, ${customerId}::uuid, ${orderId}::uuid, ${orderNumber}, ${orderedOn}::date, part, amount, amount, "dueOn"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as instalment(id uuid, part int, amount numeric, "dueOn" date)
      on conflict (order_id, part) do update set customer_id = excluded.customer_id, order_number = excluded.order_number,
        ordered_on = excluded.ordered_on, amount = excluded.amount, remaining = excluded.remaining, due_on = excluded.due_on`,
  )
}

/** An order's instalments, for whoever holds the customer's exposure. */
export async function expectedOfOrder(tx: Tx, orderId: string): Promise<Expected[]> {
  const rows = await tx.$queryRaw<{ id: string; customerId: string; orderedOn: Day; remaining: string }[]>`
    select id, customer_id as "customerId", ordered_on::text as "orderedOn", remaining::text
    from expected_receivable where order_id = ${orderId}::uuid order by part`
  return rows.map((row) => ({ ...row, remaining: new Decimal(row.remaining) }))
}

export async function cutExpected(tx: Tx, cuts: readonly { id: string; amount: Decimal }[]): Promise<void> {
  const rows = JSON.stringify(cuts.map(({ id, amount }) => ({ id, amount: toMoney(amount) })))
  await tx.$executeRaw`
    update expected_receivable set remaining = remaining - cut.amount
    from jsonb_to_recordset(${rows}::jsonb) as cut(id uuid, amount numeric)
    where expected_receivable.id = cut.id and cut.amount > 0`
}

export const expectedOfCustomer = (tx: Tx, customerId: string): Promise<ExpectedRow[]> => tx.$queryRaw<ExpectedRow[]>`
  select order_id as "orderId", order_number as "orderNumber", part, due_on::text as "dueOn", amount::text, remaining::text
  from expected_receivable where customer_id = ${customerId}::uuid and remaining > 0
  order by due_on, order_number, part`
