import type { Invariant } from '#kernel/invariant'
import { followedStates } from '#server/engines/audit'
import { customerWithoutOwner, followedParties } from './invariant-store.ts'

/** What must hold of customers, whatever was done and in whatever order. */
export const partiesInvariants: Invariant[] = [
  {
    id: 'P1',
    name: { zh: '每个客户都有在册的负责人', en: 'Every customer belongs to somebody' },
    find: customerWithoutOwner,
  },
  followedStates(
    'I15.parties',
    { zh: '客户的状态与操作记录一致', en: 'The audit trail leads to where each customer stands' },
    followedParties,
  ),
]
