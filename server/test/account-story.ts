import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect } from 'vitest'
import { db } from '#kernel/db'
import type { Caller } from '#kernel/caller'
import { addDays, dayOf } from '#kernel/days'
import { newId } from '#kernel/ids'
import { ask, perform } from '#kernel/perform'
import { ageBuckets } from '#contract/modules/finance'
import { addOrdered, creditReturn, exposureOf, financeActions, takeCreditBack } from '#server/modules/finance'
import { accountantAt, noon, openBooks, sellerAt } from '../modules/finance/fixtures/books.ts'
import { owe, pay, refusal } from '../modules/finance/fixtures/deeds.ts'
import { Account, sum } from './account-model.ts'

const firstDay = '2026-01-10'

/** What may happen to a customer's account; days pass between. Amounts are in fen. */
type Deed = { days: number } & (
  | { does: 'owe'; fen: number; termCode: string; back: number }
  | { does: 'pay'; fen: number; allocate: 'oldest' | 'none'; back: number }
  | { does: 'payFor'; which: number; fen: number }
  | { does: 'giveBack'; which: number; fen: number }
  | { does: 'allocate'; which: number }
  | { does: 'reverse'; which: number }
)

const fen = fc.integer({ min: 1, max: 9_999 })
const which = fc.nat(20)
const days = fc.constantFrom(0, 0, 1, 9, 31)
const back = fc.constantFrom(0, 0, 0, 1, 5)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    does: fc.constant('owe' as const),
    fen,
    days,
    back,
    termCode: fc.constantFrom('on_delivery', 'net_30', 'parts_30_60_10'),
  }),
  fc.record({
    does: fc.constant('pay' as const),
    fen,
    days,
    back,
    allocate: fc.constantFrom('oldest' as const, 'none' as const),
  }),
  fc.record({ does: fc.constant('payFor' as const), which, fen, days }),
  fc.record({ does: fc.constant('giveBack' as const), which, fen, days }),
  fc.record({ does: fc.constant('allocate' as const), which, days }),
  fc.record({ does: fc.constant('reverse' as const), which, days }),
)

/** What may happen to a customer's account, in any order. */
export const accountStories = fc.array(deed, { minLength: 4, maxLength: 12 })

/** Tells a story to the product and to the model: after each deed the account must stand alike, and in the end on each of its days. */
export async function tellAccount(deeds: readonly Deed[]): Promise<void> {
  const { hongda, xiaoli } = await openBooks(db, noon('2026-01-01'))
  const model = new Account()
  let today = firstDay
  for (const one of deeds) {
    today = addDays(today, one.days)
    await act(model, hongda, today, one)
    await agreeInSum(model, hongda)
  }
  await agree(model, hongda)
  await agreeAtEveryDay(sellerAt(xiaoli, noon(addDays(today, 1))), hongda)
}

async function act(model: Account, customerId: string, today: string, deed: Deed): Promise<void> {
  const caller = accountantAt(newId(), noon(today))
  switch (deed.does) {
    case 'owe': {
      const order = { id: newId(), number: 'SO202601-00001' }
      await perform(caller, (tx) => addOrdered(tx, customerId, new Decimal(yuan(deed.fen))), undefined)
      const sourceId = await owe(customerId, yuan(deed.fen), {
        order,
        on: addDays(today, -deed.back),
        termCode: deed.termCode,
        at: today,
      })
      const rows = await db.receivable.findMany({ where: { sourceId }, orderBy: { id: 'asc' } })
      const debts = rows.map((row) => ({
        id: row.id,
        dueOn: dayOf(row.dueOn),
        orderId: order.id,
        amount: Math.round(Number(row.amount) * 100),
        paid: new Map<string, number>(),
      }))
      expect(sum(debts.map((debt) => debt.amount))).toBe(deed.fen)
      model.debts.push(...debts)
      const receipts = await db.receipt.findMany({
        where: { customerId },
        orderBy: [{ receivedOn: 'asc' }, { id: 'asc' }],
      })
      // Advances pass to the new debt, oldest money first.
      for (const debt of debts.sort((a, b) => (a.dueOn + a.id < b.dueOn + b.id ? -1 : 1)))
        for (const receipt of receipts) model.give(receipt.id, debt)
      return
    }
    case 'pay': {
      const { receipt } = await pay(caller, customerId, yuan(deed.fen), {
        on: addDays(today, -deed.back),
        allocations: deed.allocate,
      })
      model.money.push({ id: receipt.id, amount: deed.fen, isUndone: false })
      if (deed.allocate === 'oldest') model.giveOldest(receipt.id)
      return
    }
    case 'payFor': {
      const debt = model.debts[deed.which % Math.max(1, model.debts.length)]
      if (!debt) return
      const allocations = [{ receivableId: debt.id, amount: yuan(deed.fen) }]
      const id = newId()
      const answer = await refusal(pay(caller, customerId, yuan(deed.fen), { on: today, allocations, id }))
      const open = model.open(debt)
      expect(typeof answer === 'string' ? answer : 'posted').toBe(
        open === 0 ? 'not_found' : open < deed.fen ? 'over_allocated' : 'posted',
      )
      if (typeof answer === 'string') return
      model.money.push({ id, amount: deed.fen, isUndone: false })
      model.give(id, debt)
      return
    }
    case 'giveBack': {
      const { orderId = newId() } = model.debts[deed.which % Math.max(1, model.debts.length)] ?? {}
      const id = newId()
      const source = { document: 'sales_return', id, number: `RT-${id}` }
      const amount = new Decimal(yuan(deed.fen))
      await perform(caller, creditReturn, { customerId, source, orderId, amount, on: today })
      model.money.push({ id, amount: deed.fen, isUndone: false, isCredit: true })
      model.giveOldest(
        id,
        model.debts.filter((debt) => debt.orderId === orderId),
      )
      return
    }
    default:
      return change(model, customerId, today, deed)
  }
}

async function change(
  model: Account,
  customerId: string,
  today: string,
  deed: { does: 'allocate' | 'reverse'; which: number },
): Promise<void> {
  const receipt = model.money[deed.which % Math.max(1, model.money.length)]
  if (!receipt) return
  const { version } = await db.receipt.findUniqueOrThrow({ where: { id: receipt.id, customerId } })
  const caller = accountantAt(newId(), noon(today))
  const { id } = receipt
  if (deed.does === 'reverse' && receipt.isCredit) {
    if (receipt.isUndone) return
    const source = { document: 'sales_return', id, number: `RT-${id}` }
    await perform(caller, (tx, by) => takeCreditBack(tx, by, source, today), undefined)
    return model.undo(id)
  }
  if (deed.does === 'reverse') {
    const answer = await refusal(perform(caller, financeActions.reverseReceipt, { id, version }))
    expect(answer === 'wrong_state').toBe(receipt.isUndone)
    model.undo(id)
    return
  }
  const answer = await refusal(perform(caller, financeActions.allocateReceipt, { id, version, allocations: 'oldest' }))
  const refused = receipt.isUndone
    ? 'wrong_state'
    : model.left(id) === 0
      ? 'receipt_exhausted'
      : model.owed === 0
        ? 'nothing_open'
        : undefined
  expect(typeof answer === 'string' ? answer : undefined).toBe(refused)
  if (!refused) model.giveOldest(id)
}

async function agreeInSum(model: Account, customerId: string): Promise<void> {
  const exposure = (await exposureOf(db, [customerId])).get(customerId)
  expect([exposure?.owed.toFixed(2), exposure?.advance.toFixed(2)]).toEqual([yuan(model.owed), yuan(model.advance)])
}

async function agree(model: Account, customerId: string): Promise<void> {
  const stored = await db.receivable.findMany({ where: { customerId } })
  expect(new Map(stored.map((row) => [row.id, row.amount.minus(row.settled).toFixed(2)]))).toEqual(
    new Map(model.debts.map((debt) => [debt.id, yuan(model.open(debt))])),
  )
}

/** Read back from the ledger, the ageing of each day on which something happened adds up to the statement of that day. */
async function agreeAtEveryDay(seller: Caller, customerId: string): Promise<void> {
  const lines = await db.receivableEntry.findMany({ where: { customerId }, distinct: ['effectiveOn'] })
  for (const { effectiveOn } of lines) {
    const day = dayOf(effectiveOn)
    const { rows } = await ask(seller, financeActions.ageing, { asOf: day, by: 'customer', limit: 1 })
    const { closing } = await ask(seller, financeActions.statement, {
      id: customerId,
      from: addDays(day, -365),
      to: day,
    })
    expect(rows[0]?.balance ?? '0.00').toBe(closing)
    for (const { key } of rows[0] ? ageBuckets : []) expect(new Decimal(rows[0]?.[key] ?? 0).isNegative()).toBe(false)
  }
}

const yuan = (cents: number): string => new Decimal(cents).div(100).toFixed(2)
