import type { Actions } from '#kernel/perform'
import { acceptQuotation } from './accept-quotation.ts'
import { cancelDelivery } from './cancel-delivery.ts'
import { cancelOrder, closeOrder } from './cancel-order.ts'
import type { sales } from './contract.ts'
import { createOrder } from './create-order.ts'
import { createQuotation } from './create-quotation.ts'
import { createReturn, editReturn, returnable } from './draft-return.ts'
import { editOrder } from './edit-order.ts'
import { editQuotation } from './edit-quotation.ts'
import { holdQuotation, releaseQuotation } from './hold-quotation.ts'
import { lastOrder, lastPrices } from './last-order.ts'
import { deliveries, orders, quotations, returns } from './list-documents.ts'
import { loseQuotation } from './lose-quotation.ts'
import { margins, orderMargin } from './margins.ts'
import { planDelivery } from './plan-delivery.ts'
import { previewOrder } from './preview-order.ts'
import { delivery, order, quotation, salesReturn } from './read-document.ts'
import { receiveReturn } from './receive-return.ts'
import { cancelReturn, reverseReturn } from './reverse-return.ts'
import { salesReport } from './sales-report.ts'
import { clearPicked, scan } from './scan.ts'
import { shipDelivery } from './ship-delivery.ts'
import { signDelivery } from './sign-delivery.ts'
import { startPicking } from './start-picking.ts'
import { submitOrder } from './submit-order.ts'
import { submitQuotation } from './submit-quotation.ts'
import { submitReturn, withdrawReturn } from './submit-return.ts'
import { salesTargets, setSalesTarget } from './targets.ts'
import { withdrawOrder } from './withdraw-order.ts'
import { withdrawQuotation } from './withdraw-quotation.ts'

export const salesActions: Actions<typeof sales> = {
  previewOrder,
  orders,
  order,
  orderMargin,
  salesReport,
  margins,
  salesTargets,
  setSalesTarget,
  createOrder,
  editOrder,
  submitOrder,
  withdrawOrder,
  cancelOrder,
  closeOrder,
  planDelivery,
  lastOrder,
  lastPrices,
  quotations,
  quotation,
  createQuotation,
  editQuotation,
  submitQuotation,
  withdrawQuotation,
  holdQuotation,
  releaseQuotation,
  acceptQuotation,
  loseQuotation,
  deliveries,
  delivery,
  startPicking,
  scan,
  clearPicked,
  shipDelivery,
  signDelivery,
  cancelDelivery,
  returns,
  returnable,
  salesReturn,
  createReturn,
  editReturn,
  submitReturn,
  withdrawReturn,
  receiveReturn,
  reverseReturn,
  cancelReturn,
}
