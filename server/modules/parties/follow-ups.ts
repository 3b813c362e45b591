import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller, has } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { namesOf } from '#server/modules/org'
import { FollowUpKind, type FollowUpView, type parties } from './contract.ts'
import { customerFor } from './customer-for.ts'
import { findFollowUp, type FollowUp, followUpsOf, insertFollowUp, removeFollowUp } from './follow-up-store.ts'

type Endpoints = (typeof parties)['endpoints']

/** Whoever keeps customers reads all that was said; whoever collects money reads what was said about money. */
function kindsRead(caller: Caller): readonly FollowUpKind[] {
  if (has(caller, 'customer.write')) return FollowUpKind.options
  return has(caller, 'receivable.read') ? ['collection'] : []
}

/** What was said and done with a customer, newest first. */
export async function followUps(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['followUps']>,
): Promise<Output<Endpoints['followUps']>> {
  await customerFor(tx, caller, id)
  return { rows: await viewsOf(tx, caller, await followUpsOf(tx, id, kindsRead(caller))) }
}

/** Writes down what was said or done; by whoever keeps customers, or collects their money. */
export async function logFollowUp(
  tx: Tx,
  caller: Caller,
  { id: customerId, followUpId: id, kind, text, nextOn }: Input<Endpoints['logFollowUp']>,
): Promise<Output<Endpoints['logFollowUp']>> {
  await customerFor(tx, caller, customerId)
  if (!kindsRead(caller).includes(kind)) allow(caller, 'customer.write', { zh: '记跟进', en: 'log follow-ups' })
  const today = dayAt(caller.at)
  if (nextOn && nextOn < today) throw new Refusal('planned_in_the_past', { today })
  const followUp = { id, customerId, personId: caller.personId, kind, text, at: caller.at, nextOn: nextOn ?? null }
  if (!(await insertFollowUp(tx, followUp))) throw new Refusal('stale')
  const [view] = await viewsOf(tx, caller, [followUp])
  return { followUp: view! }
}

/** Takes back what one wrote oneself. */
export async function unlogFollowUp(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['removeFollowUp']>,
): Promise<Output<Endpoints['removeFollowUp']>> {
  const followUp = await findFollowUp(tx, id)
  const missing = new Refusal('not_found', { what: { zh: '跟进', en: 'follow-up' } })
  if (!followUp || followUp.personId !== caller.personId) throw missing
  await customerFor(tx, caller, followUp.customerId)
  await removeFollowUp(tx, id, caller.at)
  return { removed: true }
}

async function viewsOf(tx: Tx, caller: Caller, followUps: readonly FollowUp[]): Promise<FollowUpView[]> {
  const names = await namesOf(
    tx,
    followUps.map(({ personId }) => personId),
  )
  return followUps.map(({ personId, at, ...followUp }) => ({
    ...followUp,
    at: at.toISOString(),
    by: names.get(personId) ?? '—',
    isMine: personId === caller.personId,
  }))
}
