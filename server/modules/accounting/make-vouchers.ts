import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { log } from '#kernel/log'
import { nextNumbers } from '#kernel/numbers'
import { voucherPrefix } from './contract.ts'
import { moneyEvents, stockEvents } from './ledger-events.ts'
import { type Scope, waitingMonths } from './ledger-events-store.ts'
import { accountChooser } from './templates.ts'
import { type Undoing, undoes, type VoucherEvent } from './voucher-template.document.ts'
import { insertVouchers, linesOfSources, type NewVoucher } from './voucher-store.ts'
import { amountOf, inRed, type LedgerEvent, type Line, templatedLines } from './voucher.model.ts'

const eventsOf = { money: moneyEvents, stock: stockEvents }
export type Ledger = keyof typeof eventsOf

/**
 * Makes a voucher of each event that has none, on the day on which the event takes effect. The ledgers do not let that day lie in a
 * closed period, so a voucher never does either. Answers how many.
 */
export async function makeVouchers(
  tx: Tx,
  caller: Caller,
  scope: Scope,
  ledgers: readonly Ledger[] = ['money', 'stock'],
): Promise<number> {
  const events: LedgerEvent[] = []
  for (const ledger of ledgers) events.push(...(await eventsOf[ledger](tx, scope)))
  const accountOf = await accountChooser(tx)
  const made = await write(tx, caller, events, (event) =>
    isUndoing(event.event) ? [] : templatedLines(event.event, event.parts, accountOf),
  )
  return made + (await undo(tx, caller, events))
}

const isUndoing = (event: VoucherEvent): event is Undoing => event in undoes

/** What is undone is read when all that came before it is written. */
async function undo(tx: Tx, caller: Caller, events: readonly LedgerEvent[]): Promise<number> {
  const undoing = events.filter(({ event }) => isUndoing(event))
  const before = await linesOfSources(
    tx,
    undoing.map(({ source }) => source.id),
  )
  return write(tx, caller, undoing, ({ event, source }) => {
    const undone: readonly string[] = isUndoing(event) ? undoes[event] : []
    return inRed((before.get(source.id) ?? []).filter((line) => undone.includes(line.event)))
  })
}

async function write(
  tx: Tx,
  caller: Caller,
  events: readonly LedgerEvent[],
  linesFor: (event: LedgerEvent) => Line[],
): Promise<number> {
  const balanced = events.flatMap((event) => {
    const lines = linesFor(event)
    const amount = amountOf(lines)
    // It holds up no other; the proof names what has no voucher.
    if (amount === null)
      log.error({ event: event.event, source: event.source }, 'an event that does not balance has no voucher')
    return amount === null || lines.length === 0 ? [] : [{ ...event, lines, amount }]
  })
  if (balanced.length === 0) return 0
  const inOrder = balanced.sort(
    (a, b) => compare(a.on, b.on) || compare(a.recordedAt, b.recordedAt) || compare(a.source.number, b.source.number),
  )
  const vouchers: NewVoucher[] = []
  for (const month of new Set(inOrder.map(({ on }) => on.slice(0, 7)))) {
    const ofMonth = inOrder.filter(({ on }) => on.startsWith(month))
    const numbers = await nextNumbers(voucherPrefix, `${month}-01`, ofMonth.length)
    vouchers.push(...ofMonth.map((event, i) => ({ ...event, id: newId(), number: numbers[i]! })))
  }
  await insertVouchers(tx, caller.at, vouchers)
  return vouchers.length
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** Makes what vouchers are missing, month by month: for a company that kept none before, and in case one was left out. */
export async function catchUp(tx: Tx, caller: Caller): Promise<number> {
  let made = 0
  for (const month of await waitingMonths(tx)) made += await makeVouchers(tx, caller, { month })
  return made
}
