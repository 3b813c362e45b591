import type { Invariant } from '#kernel/invariant'
import { approvalInvariants } from '#server/engines/approvals'
import { accountingInvariants } from '#server/modules/accounting'
import { catalogInvariants } from '#server/modules/catalog'
import { financeInvariants } from '#server/modules/finance'
import { inventoryInvariants } from '#server/modules/inventory'
import { orgInvariants } from '#server/modules/org'
import { partiesInvariants } from '#server/modules/parties'
import { salesInvariants } from '#server/modules/sales'
import { houseInvariants } from './house-invariants.ts'

/** Everything that must always hold, ledgers first. */
export const invariants: Invariant[] = [
  ...inventoryInvariants,
  ...financeInvariants,
  ...salesInvariants,
  ...accountingInvariants,
  ...partiesInvariants,
  ...catalogInvariants,
  ...approvalInvariants,
  ...orgInvariants,
  ...houseInvariants,
]
