import { type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { note } from '#server/engines/audit'
import { callerOf } from './caller-of.ts'
import type { handovers, HandoverView } from './contract.ts'
import type { HandedOver } from './facts.ts'
import { finishHandover, lockHandover, type Passed } from './handover-store.ts'
import { handoverView, noHandover } from './handovers.ts'
import { type BelongingKind, belongingKinds } from './left-behind.ts'
import { findPersonRow } from './person-store.ts'
import { mayHandOver } from './policy.ts'

/** Passes everything that somebody left behind to the heirs named, each kind to one: all of it, or nothing. */
export async function handOver(
  tx: Tx,
  caller: Caller,
  { id, heirs }: Input<(typeof handovers)['endpoints']['handOver']>,
): Promise<HandoverView> {
  const held = await lockHandover(tx, id)
  if (!held || !mayHandOver(caller, held)) throw noHandover()
  if (held.state !== 'open') throw new Refusal('handover_settled')
  const { personId } = held

  const chosen = new Map(heirs.map(({ kind, heirId }) => [kind, heirId]))
  const passed: Passed[] = []
  for (const kind of belongingKinds()) {
    if (!('pass' in kind) || (await kind.find(tx, caller, personId)).length === 0) continue
    const heir = await heirOf(tx, caller, kind, chosen.get(kind.kind), personId)
    const ids = await kind.pass(tx, caller, { fromId: personId, toId: heir.personId })
    const rest = await kind.find(tx, caller, personId)
    if (rest.length > 0)
      throw new Refusal('left_ownerless', { count: rest.length, kind: kind.label, heir: heir.name }, [
        { field: kind.kind, message: heir.name },
      ])
    passed.push({ kind: kind.kind, heirId: heir.personId, ids })
  }
  await finishHandover(tx, id, { passed, by: caller.personId, at: caller.at })
  await note(tx, caller, {
    document: 'person',
    id: personId,
    action: 'hand_over',
    changes: passed.map(({ kind, heirId, ids }) => ({ field: kind, before: ids, after: heirId })),
  })
  const told = passed.map(({ kind, heirId, ids }) => ({ kind, heirId, count: ids.length }))
  const body = { handoverId: id, personId, by: caller.personId, passed: told }
  await publish(tx, caller, [{ name: 'org.handed-over', body } satisfies HandedOver])
  return handoverView(tx, caller, { ...held, state: 'done', doneAt: caller.at, doneBy: caller.personId, passed })
}

/** The one who was chosen for a kind, if he works here and would see what he is given. */
async function heirOf(
  tx: Tx,
  caller: Caller,
  kind: BelongingKind,
  heirId: string | undefined,
  personId: string,
): Promise<Caller> {
  const at = { field: kind.kind, message: kind.label.zh }
  if (!heirId) throw new Refusal('heir_missing', { kind: kind.label }, [at])
  const person = heirId === personId ? null : await findPersonRow(tx, heirId)
  if (!person?.active) throw new Refusal('heir_gone', {}, [at])
  const heir = await callerOf(tx, heirId, { via: caller.via, at: caller.at })
  if (kind.scope && !heir.rights.scopes[kind.scope])
    throw new Refusal('heir_without_right', { heir: heir.name, kind: kind.label }, [at])
  return heir
}
