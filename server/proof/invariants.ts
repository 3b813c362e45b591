import type { Invariant } from '#kernel/invariant'
import { approvalInvariants } from '#server/engines/approvals'
import { financeInvariants } from '#server/modules/finance'
import { inventoryInvariants } from '#server/modules/inventory'
import { salesInvariants } from '#server/modules/sales'
import { houseInvariants } from './house-invariants-store.ts'

/** Everything that must always hold, ledgers first. */
export const invariants: Invariant[] = [
  ...inventoryInvariants,
  ...financeInvariants,
  ...salesInvariants,
  ...approvalInvariants,
  ...houseInvariants,
]
