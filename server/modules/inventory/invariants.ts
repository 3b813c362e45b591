import type { Invariant } from '#kernel/invariant'
export const inventoryInvariants: Invariant[] = []
