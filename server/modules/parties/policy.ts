import { canMove, Refusal } from '#contract'
import { allow, type Caller, canWrite, has } from '#kernel/caller'
import { customerMoves, type CustomerState } from './customer.document.ts'

const notFields = new Set(['id', 'version', 'evenIfAlike'])

/** Whoever keeps customers changes them; the credit limit alone is also for those who may only write credit. */
export function allowCustomerChange(caller: Caller, sent: object): void {
  const fields = Object.entries(sent).flatMap(([key, value]) => (value === undefined || notFields.has(key) ? [] : key))
  const isCreditAlone = fields.length === 1 && fields[0] === 'creditLimit' && canWrite(caller, 'credit')
  if (!isCreditAlone) allow(caller, 'customer.write', { zh: '修改客户', en: 'change customers' })
}

export const allowFreezing = (caller: Caller): void =>
  allow(caller, 'customer.freeze', { zh: '冻结或解冻客户', en: 'freeze customers' })
export const allowReassigning = (caller: Caller): void =>
  allow(caller, 'customer.reassign', { zh: '转交客户', en: 'reassign customers' })

/** What the caller may do with a customer that he sees. */
export function canOnCustomer(caller: Caller, state: CustomerState): string[] {
  const moves = (['freeze', 'unfreeze'] as const).filter(
    (move) => has(caller, 'customer.freeze') && canMove(customerMoves, move, state),
  )
  return [
    ...(has(caller, 'customer.write') ? ['edit'] : []),
    ...(canWrite(caller, 'credit') ? ['credit'] : []),
    ...(has(caller, 'customer.reassign') ? ['reassign'] : []),
    ...moves,
  ]
}

export const allowSupplierChange = (caller: Caller): void =>
  allow(caller, 'supplier.write', { zh: '修改供应商', en: 'change suppliers' })
export const canOnSupplier = (caller: Caller): string[] => (has(caller, 'supplier.write') ? ['edit'] : [])

export const customerMissing = (): Refusal => new Refusal('not_found', { what: { zh: '客户', en: 'customer' } })
