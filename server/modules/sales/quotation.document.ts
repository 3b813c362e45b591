import { defineDocument, type Moves } from '#contract'
import { bandField, lineFields, totalFields } from './sold-goods.document.ts'

const states = {
  draft: { label: { zh: '草稿', en: 'Draft' }, colour: 'grey' },
  submitted: { label: { zh: '审批中', en: 'In approval' }, colour: 'orange' },
  approved: { label: { zh: '可发客户', en: 'Ready to send' }, colour: 'blue' },
  ordered: { label: { zh: '已成单', en: 'Ordered' }, colour: 'green' },
  rejected: { label: { zh: '已驳回', en: 'Rejected' }, colour: 'red' },
  lost: { label: { zh: '未成交', en: 'Lost' }, colour: 'grey' },
  expired: { label: { zh: '已过期', en: 'Expired' }, colour: 'grey' },
} as const

export type QuotationState = keyof typeof states

/**
 * draft ─submit─▶ submitted ─approve─▶ approved ─accept─▶ ordered
 *   ▲──withdraw, return──┘ └─reject─▶ rejected  ├─lose─▶ lost
 *   ▲─────────────revise───────────────────┴────┴─expire─▶ expired
 */
export const quotationMoves = {
  submit: { from: ['draft'], to: 'submitted', label: { zh: '提交', en: 'Submit' }, done: 'Submitted' },
  withdraw: { from: ['submitted'], to: 'draft', label: { zh: '撤回', en: 'Withdraw' }, done: 'Withdrawn' },
  return: {
    from: ['submitted'],
    to: 'draft',
    label: { zh: '退回修改', en: 'Return for changes' },
    done: 'Returned for changes',
  },
  approve: { from: ['submitted'], to: 'approved', label: { zh: '通过', en: 'Approve' }, done: 'Approved' },
  reject: { from: ['submitted'], to: 'rejected', label: { zh: '驳回', en: 'Reject' }, done: 'Rejected' },
  revise: {
    from: ['approved', 'rejected', 'expired'],
    to: 'draft',
    label: { zh: '改报价', en: 'Revise' },
    done: 'Revised',
  },
  accept: { from: ['approved'], to: 'ordered', label: { zh: '转订单', en: 'Make the order' }, done: 'Order made' },
  lose: {
    from: ['draft', 'approved', 'expired'],
    to: 'lost',
    label: { zh: '标记未成交', en: 'Mark as lost' },
    done: 'Marked as lost',
  },
  expire: { from: ['draft', 'approved'], to: 'expired', label: { zh: '过期', en: 'Expire' }, done: 'Expired' },
} as const satisfies Moves<QuotationState>

export const quotation = defineDocument({
  name: 'quotation',
  label: { zh: '报价单', en: 'Quotation' },
  page: '/quotations/:id',
  numbers: 'QT',
  title: 'number',
  summary: ['customerId', 'grossTotal', 'state', 'marginBand', 'validUntil'],
  states,
  moves: quotationMoves,
  fields: {
    number: { kind: 'text', label: { zh: '报价单号', en: 'Quotation no.' }, readOnly: true, inList: true },
    customerId: { kind: 'link', to: 'customer', label: { zh: '客户', en: 'Customer' }, required: true, inList: true },
    state: {
      kind: 'choice',
      label: { zh: '状态', en: 'State' },
      options: Object.entries(states).map(([value, state]) => ({ value, ...state })),
      readOnly: true,
      inList: true,
    },
    revision: { kind: 'integer', label: { zh: '版次', en: 'Revision' }, readOnly: true, inList: true },
    ownerId: { kind: 'person', label: { zh: '销售', en: 'Seller' }, readOnly: true, inList: true },
    warehouseId: { kind: 'link', to: 'warehouse', label: { zh: '发货仓库', en: 'Warehouse' }, required: true },
    validUntil: { kind: 'day', label: { zh: '有效期至', en: 'Valid until' }, required: true, inList: true },
    heldUntil: { kind: 'instant', label: { zh: '留货至', en: 'Stock held until' }, readOnly: true },
    ...totalFields,
    marginBand: bandField,
    note: { kind: 'longText', label: { zh: '备注', en: 'Note' } },
    orderId: { kind: 'link', to: 'sales_order', label: { zh: '成单', en: 'Order' }, readOnly: true },
  },
  lines: { label: { zh: '商品明细', en: 'Lines' }, fields: lineFields },
})
