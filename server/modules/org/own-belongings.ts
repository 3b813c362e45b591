import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { approvalsAwaiting, passOnApprovals } from '#server/engines/approvals'
import { delegationsAround, endDelegationsFrom, passDelegations } from './delegation-store.ts'
import { type Belonging, type Passing, registerBelonging } from './left-behind.ts'
import { passReports, reportsOf } from './manager-store.ts'
import { namesOf } from './person-store.ts'

/** What people have that is nobody else's to register: approvals that wait for them, those whom they lead, those for whom they stand in. */
export function registerOwnBelongings(): void {
  registerBelonging({
    kind: 'approval',
    label: { zh: '待办审批', en: 'Approvals that wait for him' },
    position: 60,
    find: async (tx, _, personId) =>
      (await approvalsAwaiting(tx, personId)).map(({ id, documentNumber }) => ({
        id,
        title: documentNumber,
        path: `/approvals/${id}`,
        amount: null,
      })),
    pass: passOnApprovals,
  })
  registerBelonging({
    kind: 'report',
    label: { zh: '直属下属', en: 'Direct reports' },
    position: 70,
    find: async (tx, _, personId) =>
      (await reportsOf(tx, personId)).map(({ id, name, title }) => ({
        id,
        title: [name, title].filter(Boolean).join(' · '),
        path: null,
        amount: null,
      })),
    pass: (tx, _, passing) => passReports(tx, passing),
  })
  registerBelonging({
    kind: 'delegation',
    label: { zh: '他人委托', en: 'Delegations to him' },
    position: 80,
    find: delegatedTo,
    pass: passDelegated,
  })
}

async function delegatedTo(tx: Tx, caller: Caller, personId: string): Promise<Belonging[]> {
  const rows = (await delegationsAround(tx, personId, caller.at)).filter(({ toId }) => toId === personId)
  const names = await namesOf(
    tx,
    rows.map(({ fromId }) => fromId),
  )
  return rows.map(({ id, fromId }) => ({ id, title: names.get(fromId) ?? '', path: null, amount: null }))
}

/** What he had delegated himself ends with him, unless he goes on as another. */
async function passDelegated(tx: Tx, caller: Caller, passing: Passing): Promise<string[]> {
  if (!passing.withSettled) await endDelegationsFrom(tx, passing.fromId, caller.at)
  return passDelegations(tx, { ...passing, at: caller.at })
}
