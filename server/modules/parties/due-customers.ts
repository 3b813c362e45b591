import type { Input, Output } from '#contract'
import { allow, type Caller, seesOwner, visibleOwners } from '#kernel/caller'
import { addDays, dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { namesOf } from '#server/modules/org'
import type { parties } from './contract.ts'
import { lastDealings } from './dealings.ts'
import { type LastContact, lastContacts } from './follow-up-store.ts'

type DueCustomers = (typeof parties)['endpoints']['dueCustomers']
type Row = LastContact & { orderedOn: string | null; silentSince: string }

/** Whom to get in touch with: those with a plan for these days, or those that nothing was heard of for so long. */
export async function dueCustomers(tx: Tx, caller: Caller, input: Input<DueCustomers>): Promise<Output<DueCustomers>> {
  allow(caller, 'customer.write', { zh: '查看跟进', en: 'see follow-ups' })
  const { isMine, ownerId, from, to, silentDays, since, limit } = input
  const owners = ownersAsked(caller, isMine ? caller.personId : ownerId)
  const today = dayAt(caller.at)
  const isPlan = silentDays === undefined
  const contacts = await lastContacts(tx, owners, isPlan ? { from, to: to ?? today } : undefined)
  const dealt = await lastDealings(
    tx,
    contacts.map(({ customerId }) => customerId),
  )
  const rows = contacts.map((contact) => withSilence(contact, dealt.get(contact.customerId) ?? null, since))
  const found = isPlan ? planned(rows, today) : silent(rows, addDays(today, -silentDays), since)
  const shown = found.slice(0, limit)
  const names = await namesOf(
    tx,
    shown.map(({ ownerId }) => ownerId),
  )
  return {
    count: found.length,
    rows: shown.map(({ createdAt: _createdAt, at, ...row }) => ({
      ...row,
      lastAt: at?.toISOString() ?? null,
      owner: names.get(row.ownerId) ?? '—',
    })),
  }
}

/** Whose customers are looked at: one colleague's where they are his to see, else all that are. */
function ownersAsked(caller: Caller, ownerId: string | undefined): readonly string[] | null {
  if (!ownerId) return visibleOwners(caller, 'customer')
  return ownerId === caller.personId || seesOwner(caller, 'customer', ownerId) ? [ownerId] : []
}

/** Whoever orders is heard of; one of whom nothing was heard yet counts from the day he became a customer. */
function withSilence(contact: LastContact, orderedOn: string | null, since: 'any' | 'order'): Row {
  const spokeOn = since === 'any' && contact.at ? dayAt(contact.at) : ''
  const heard = [spokeOn, orderedOn ?? ''].toSorted().at(-1)
  return { ...contact, orderedOn, silentSince: heard || dayAt(contact.createdAt) }
}

/** What is planned from today on comes first, in its order; then what was left undone, the latest of it first. */
function planned(rows: readonly Row[], today: string): Row[] {
  const isLate = ({ nextOn }: Row): boolean => nextOn !== null && nextOn < today
  return [...rows.filter((row) => !isLate(row)), ...rows.filter(isLate).toReversed()]
}

/** Those who stopped ordering have ordered before. */
const silent = (rows: readonly Row[], before: string, since: 'any' | 'order'): Row[] =>
  rows
    .filter((row) => row.silentSince <= before && (since === 'any' || row.orderedOn !== null))
    .toSorted((a, b) => (a.silentSince < b.silentSince ? -1 : 1))
