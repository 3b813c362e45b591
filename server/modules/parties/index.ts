import { registerDocument } from '#server/engines/forms'
import { customer, supplier } from './contract.ts'

registerDocument(customer)
registerDocument(supplier)

export { partiesActions } from './actions.ts'
export { activeCustomerFor, customerFor, searchCustomerIds } from './customer-for.ts'
export {
  type CustomerFacts,
  customerIdsOf,
  type CustomerName,
  customerNames,
  customerNamesVersion,
  customersByIds,
} from './customer-facts-store.ts'
export { insertCustomers, type NewCustomer } from './customer-store.ts'
export { type Instalment, instalments, standardTerms } from './payment-term.model.ts'
export { insertPaymentTerms } from './payment-term-store.ts'
export { paymentTerm } from './payment-terms.ts'
export { insertSuppliers, type NewSupplier, suppliersByIds } from './supplier-store.ts'
