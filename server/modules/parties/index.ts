import { registerExport } from '#server/engines/exports'
import { registerDocument, registerNames } from '#server/engines/forms'
import { customer, parties, supplier } from './contract.ts'
import { namesOfSeen } from './customer-names.ts'
import { registerCustomerBelonging } from './hand-over-customers.ts'
import { registerCustomerImport } from './import-customers.ts'
import { listCustomers } from './list-customers.ts'
import { listSuppliers } from './list-suppliers.ts'
import { supplierNames } from './supplier-store.ts'

registerDocument(customer)
registerDocument(supplier)
registerNames('customer', namesOfSeen)
registerNames('supplier', (tx, _caller, ids) => supplierNames(tx, ids))
registerCustomerBelonging()
registerCustomerImport()
registerExport(parties, 'customers', { read: listCustomers, of: 'customer' })
registerExport(parties, 'suppliers', { read: listSuppliers, of: 'supplier' })

export { partiesActions } from './actions.ts'
export { activeCustomerFor, customerFor, searchCustomerIds } from './customer-for.ts'
export { type CustomerFacts, customerIdsOf, customersByIds } from './customer-facts-store.ts'
export { type CustomerName, customerNameMarks, customerNames, customerNamesVersion } from './customer-names-store.ts'
export { namesOfSeen } from './customer-names.ts'
export { registerDealings } from './dealings.ts'
export { insertCustomers } from './customer-store.ts'
export { partiesInvariants } from './invariants.ts'
export { instalments, standardTerms } from './payment-term.model.ts'
export { findPaymentTerms, insertPaymentTerms } from './payment-term-store.ts'
export { paymentTerm } from './payment-terms.ts'
export { insertSuppliers, suppliersByIds } from './supplier-store.ts'
