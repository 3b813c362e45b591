import { toMoney } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { AllocationRow } from './allocation-store.ts'
import type { Allocation } from './contract.ts'

/** Allocations are amounts: who may not read amounts is shown none. */
export const shownAllocations = (caller: Caller, rows: readonly AllocationRow[]): Allocation[] =>
  canRead(caller, 'amount') ? rows.map((row) => ({ ...row, amount: toMoney(row.amount) })) : []
