import { defineDocument, type Moves } from '#contract'

const states = {
  planned: { label: { zh: '待拣货', en: 'Planned' }, colour: 'orange' },
  picking: { label: { zh: '拣货中', en: 'Picking' }, colour: 'blue' },
  shipped: { label: { zh: '已出库', en: 'Shipped' }, colour: 'green' },
  cancelled: { label: { zh: '已取消', en: 'Cancelled' }, colour: 'grey' },
} as const

export type DeliveryState = keyof typeof states

/** planned ─pick─▶ picking ─ship─▶ shipped; planned and picking ─cancel─▶ cancelled. What is not shipped gets a new note. */
export const deliveryMoves = {
  pick: { from: ['planned'], to: 'picking', label: { zh: '开始拣货', en: 'Start picking' }, done: 'Picking started' },
  ship: { from: ['planned', 'picking'], to: 'shipped', label: { zh: '确认出库', en: 'Ship' }, done: 'Shipped' },
  cancel: { from: ['planned', 'picking'], to: 'cancelled', label: { zh: '取消', en: 'Cancel' }, done: 'Cancelled' },
} as const satisfies Moves<DeliveryState>

export const delivery = defineDocument({
  name: 'delivery',
  label: { zh: '出库单', en: 'Delivery note' },
  page: '/deliveries/:id',
  numbers: 'DN',
  title: 'number',
  summary: ['customerId', 'orderId', 'state', 'plannedOn'],
  states,
  moves: deliveryMoves,
  fields: {
    number: { kind: 'text', label: { zh: '出库单号', en: 'Delivery no.' }, readOnly: true, inList: true },
    orderId: { kind: 'link', to: 'sales_order', label: { zh: '订单', en: 'Order' }, readOnly: true, inList: true },
    customerId: { kind: 'link', to: 'customer', label: { zh: '客户', en: 'Customer' }, readOnly: true, inList: true },
    state: {
      kind: 'choice',
      label: { zh: '状态', en: 'State' },
      options: Object.entries(states).map(([value, state]) => ({ value, ...state })),
      readOnly: true,
      inList: true,
    },
    ownerId: { kind: 'person', label: { zh: '销售', en: 'Seller' }, readOnly: true },
    warehouseId: {
      kind: 'link',
      to: 'warehouse',
      label: { zh: '仓库', en: 'Warehouse' },
      readOnly: true,
      inList: true,
    },
    plannedOn: { kind: 'day', label: { zh: '计划日期', en: 'Planned on' }, readOnly: true, inList: true },
    shippedOn: { kind: 'day', label: { zh: '出库日期', en: 'Shipped on' }, readOnly: true, inList: true },
    pickerId: { kind: 'person', label: { zh: '拣货人', en: 'Picker' }, readOnly: true },
    grossTotal: { kind: 'money', label: { zh: '金额', en: 'Amount' }, group: 'amount', readOnly: true },
    costTotal: { kind: 'money', label: { zh: '出库成本', en: 'Cost of goods' }, group: 'cost', readOnly: true },
    address: { kind: 'text', max: 300, label: { zh: '收货地址', en: 'Delivery address' }, stored: 'computed' },
    carrier: { kind: 'text', max: 60, label: { zh: '承运', en: 'Carrier' } },
    trackingNo: { kind: 'text', max: 60, label: { zh: '运单号', en: 'Tracking no.' } },
    signedBy: { kind: 'text', max: 60, label: { zh: '签收人', en: 'Signed by' }, readOnly: true, inList: true },
    signedAt: { kind: 'instant', label: { zh: '签收时间', en: 'Signed at' }, readOnly: true },
    note: { kind: 'longText', label: { zh: '备注', en: 'Note' } },
  },
  lines: {
    label: { zh: '出库明细', en: 'Lines' },
    fields: {
      itemId: { kind: 'link', to: 'item', label: { zh: '商品', en: 'Item' }, readOnly: true },
      planned: { kind: 'quantity', label: { zh: '应发', en: 'Planned' }, readOnly: true },
      plannedText: { kind: 'text', label: { zh: '应发（整件）', en: 'Planned, in units' }, stored: 'computed' },
      picked: { kind: 'quantity', label: { zh: '实拣', en: 'Picked' }, readOnly: true },
      returned: { kind: 'quantity', label: { zh: '已退', en: 'Returned' }, readOnly: true },
      gross: { kind: 'money', label: { zh: '金额', en: 'Amount' }, group: 'amount', readOnly: true },
      cost: { kind: 'money', label: { zh: '出库成本', en: 'Cost of goods' }, group: 'cost', readOnly: true },
    },
  },
})
