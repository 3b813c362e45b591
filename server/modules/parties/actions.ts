import type { Actions } from '#kernel/perform'
import type { parties } from './contract.ts'
import { createCustomer } from './create-customer.ts'
import { createSupplier } from './create-supplier.ts'
import { customerFilters } from './customer-filters.ts'
import { customerTimeline } from './customer-timeline.ts'
import { dueCustomers } from './due-customers.ts'
import { editCustomer } from './edit-customer.ts'
import { editSupplier } from './edit-supplier.ts'
import { followUps, logFollowUp, unlogFollowUp } from './follow-ups.ts'
import { freezeCustomer, unfreezeCustomer } from './freeze-customer.ts'
import { listCustomers } from './list-customers.ts'
import { listSuppliers } from './list-suppliers.ts'
import { listPaymentTerms } from './payment-terms.ts'
import { readCustomer } from './read-customer.ts'
import { readSupplier } from './read-supplier.ts'
import { reassignCustomer } from './reassign-customer.ts'

export const partiesActions: Actions<typeof parties> = {
  customers: listCustomers,
  customerFilters,
  customer: readCustomer,
  createCustomer,
  editCustomer,
  freezeCustomer,
  unfreezeCustomer,
  reassignCustomer,
  customerTimeline,
  followUps,
  logFollowUp,
  removeFollowUp: unlogFollowUp,
  dueCustomers,
  paymentTerms: listPaymentTerms,
  suppliers: listSuppliers,
  supplier: readSupplier,
  createSupplier,
  editSupplier,
}
