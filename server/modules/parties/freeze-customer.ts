import { canMove, type Input, Refusal } from '#contract'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { parties } from './contract.ts'
import { customerMoves, customerStates } from './customer.document.ts'
import { moveCustomer } from './customer-store.ts'
import { customerThere, rowOf, stateOf } from './customer-view.ts'
import { allowFreezing } from './policy.ts'
import { type CustomerAnswer, readCustomer } from './read-customer.ts'

type Freeze = Input<(typeof parties)['endpoints']['freezeCustomer']>

/** A frozen customer keeps its documents and debts, but gets no new quotation or order. */
export const freezeCustomer = (tx: Tx, caller: Caller, input: Freeze): Promise<CustomerAnswer> =>
  move(tx, caller, input, 'freeze')

export const unfreezeCustomer = (tx: Tx, caller: Caller, input: Freeze): Promise<CustomerAnswer> =>
  move(tx, caller, input, 'unfreeze')

async function move(
  tx: Tx,
  caller: Caller,
  { id, version }: Freeze,
  name: 'freeze' | 'unfreeze',
): Promise<CustomerAnswer> {
  const before = await customerThere(tx, caller, id)
  allowFreezing(caller)
  const { label, to } = customerMoves[name]
  const state = stateOf(before)
  if (!canMove(customerMoves, name, state))
    throw new Refusal('wrong_state', {
      document: before.shortName,
      state: customerStates[state].label,
      doing: label,
    })
  if (before.version !== version) throw new Refusal('stale')

  await moveCustomer(tx, before, { state: to })
  const document = await documentFor(tx, 'customer')
  await record(tx, caller, document, {
    id,
    action: name,
    before: rowOf(before),
    after: rowOf({ ...before, state: to }),
  })
  return readCustomer(tx, caller, { id })
}
