import { Decimal, type Input, type Output, Refusal, toMoney } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { handovers as contract, HandoverView, LeftKind } from './contract.ts'
import { findHandover, type Handover, listHandovers, type Passed } from './handover-store.ts'
import { type BelongingKind, belongingKinds } from './left-behind.ts'
import { namesOf } from './person-store.ts'
import { mayHandOver } from './policy.ts'

type Endpoints = (typeof contract)['endpoints']
const rowsShown = 100

export const noHandover = () => new Refusal('not_found', { what: { zh: '离职交接', en: 'handover' } })

/** Those that are the caller's task, the open ones first. */
export async function handovers(tx: Tx, caller: Caller): Promise<Output<Endpoints['handovers']>> {
  const rows = (await listHandovers(tx)).filter((row) => mayHandOver(caller, row))
  const names = await namesAround(tx, rows)
  return { handovers: rows.map((row) => headOf(row, names)) }
}

export async function handover(tx: Tx, caller: Caller, { id }: Input<Endpoints['handover']>): Promise<HandoverView> {
  const row = await findHandover(tx, id)
  if (!row || !mayHandOver(caller, row)) throw noHandover()
  return handoverView(tx, caller, row)
}

/** What is there to pass on, or where it has gone. */
export async function handoverView(tx: Tx, caller: Caller, row: Handover): Promise<HandoverView> {
  const passed = row.passed as Passed[] // written by finishHandover
  const names = await namesAround(tx, [row], passed)
  const kinds: LeftKind[] = []
  if (row.state === 'open')
    for (const kind of belongingKinds()) kinds.push(await leftOf(tx, caller, kind, row.personId))
  return {
    ...headOf(row, names),
    kinds: kinds.filter(({ count }) => count > 0),
    passed: passed.map(({ kind, heirId, ids }) => ({
      kind,
      label: belongingKinds().find((one) => one.kind === kind)?.label ?? { zh: kind },
      heir: named(heirId, names),
      count: ids.length,
    })),
  }
}

async function leftOf(tx: Tx, caller: Caller, kind: BelongingKind, personId: string): Promise<LeftKind> {
  const rows = await kind.find(tx, caller, personId)
  const maySee = canRead(caller, 'amount')
  const amounts = rows.flatMap(({ amount }) => amount ?? [])
  const sum = amounts.reduce((total, amount) => total.plus(amount), new Decimal(0))
  return {
    kind: kind.kind,
    label: kind.label,
    count: rows.length,
    amount: maySee && amounts.length > 0 ? toMoney(sum) : null,
    follows: 'follows' in kind ? kind.follows : null,
    rows: rows.slice(0, rowsShown).map((row) => ({ ...row, amount: maySee ? row.amount : null })),
  }
}

const namesAround = (tx: Tx, rows: readonly Handover[], passed: readonly Passed[] = []): Promise<Map<string, string>> =>
  namesOf(tx, [
    ...rows.flatMap((row) => [row.personId, row.holderId, row.doneBy].filter((id) => id !== null)),
    ...passed.map(({ heirId }) => heirId),
  ])

const named = (id: string, names: ReadonlyMap<string, string>) => ({ id, name: names.get(id) ?? '—' })

const headOf = (row: Handover, names: ReadonlyMap<string, string>) => ({
  id: row.id,
  person: named(row.personId, names),
  holder: row.holderId ? named(row.holderId, names) : null,
  platform: row.platform,
  state: row.state as 'open' | 'done' | 'void', // a CHECK of the table holds it to these
  openedAt: row.openedAt.toISOString(),
  doneAt: row.doneAt?.toISOString() ?? null,
  doneBy: row.doneBy ? (names.get(row.doneBy) ?? '—') : null,
})
