import { defineRefusals } from '#contract'

/** Why the stock says no, and the way out. */
export const inventoryRefusals = defineRefusals({
  out_of_stock: {
    status: 409,
    zh: '{item} 在{warehouse}可用 {available}，不够 {wanted}；请减少数量、换仓库或等到货',
    en: '{item}: {available} available in {warehouse}, {wanted} wanted; take less, another warehouse, or wait for what is coming',
  },
  negative_history: {
    status: 409,
    zh: '按 {day} 倒推，{item} 在{warehouse}会变成 {short}；请用更晚的日期',
    en: '{item} in {warehouse} would stand at {short} on {day}; use a later date',
  },
  future_day: {
    status: 422,
    zh: '库存日期不能晚于今天（{today}）',
    en: 'A stock date cannot lie after today ({today})',
  },
  quantity_not_positive: { status: 422, zh: '数量必须大于零', en: 'A quantity must be above zero' },
  quantity_not_changed: { status: 422, zh: '增减数量不能为零', en: 'A change cannot be zero' },
  no_stock_lines: { status: 422, zh: '请至少填写一行商品', en: 'Enter at least one line' },
  nothing_received: {
    status: 422,
    zh: '实收数量全部为零，请填写实收或取消单据',
    en: 'Nothing was received; enter what came or cancel the document',
  },
  same_warehouse: { status: 422, zh: '调出和调入不能是同一个仓库', en: 'The two warehouses must differ' },
  received_before_sent: {
    status: 422,
    zh: '收货日期不能早于发出日期 {day}',
    en: 'Goods cannot arrive before they were sent ({day})',
  },
  warehouse_not_yours: {
    status: 403,
    zh: '{warehouse}不归你管，请由那里的同事操作',
    en: '{warehouse} is not among your warehouses; a colleague there can do it',
  },
  bad_bin_pattern: {
    status: 422,
    zh: '看不懂「{pattern}」：一个编码如 A-01-01，或一段如 A-01-01..A-05-04，一次最多 500 个',
    en: '"{pattern}" is neither a code like A-01-01 nor a range like A-01-01..A-05-04; at most 500 at once',
  },
  bin_code_taken: {
    status: 409,
    zh: '库位 {code} 已经有了，请换一个编码',
    en: 'There is a bin {code} already; choose another code',
  },
  bins_elsewhere: {
    status: 422,
    zh: '库位不在这个仓库或已停用，请重新选择',
    en: 'These bins are not in this warehouse, or are switched off; choose again',
  },
  warehouse_closed: {
    status: 422,
    zh: '{warehouse}已停用，请选择其他仓库',
    en: '{warehouse} is closed; choose another warehouse',
  },
  warehouse_code_taken: {
    status: 409,
    zh: '编码 {code} 已被使用，请换一个',
    en: 'The code {code} is taken; choose another',
  },
  warehouse_in_use: {
    status: 409,
    zh: '{warehouse}还有库存，请先调出再停用',
    en: '{warehouse} still holds stock; transfer it before closing the warehouse',
  },
  warehouse_promised: {
    status: 409,
    zh: '{warehouse}里有已占用的货，请先发出或释放，再改为不可售',
    en: 'Something in {warehouse} is held for orders; ship or release it before taking the warehouse out of sale',
  },
  return_used: {
    status: 409,
    zh: '{item} 退回的货已再次出库，或成本已变，不能原样冲销；请重新开单出库',
    en: 'The {item} that came back has left again, or its cost has changed: this cannot be undone as it was; sell it anew instead',
  },
  lot_needed: { status: 422, zh: '{item} 按批次管理，请填写批次', en: '{item} is kept by lot; give its lot' },
  lots_do_not_add_up: {
    status: 422,
    zh: '{item} 的批次数量合计 {given}，应为 {wanted}',
    en: 'The lots of {item} add up to {given} instead of {wanted}',
  },
  lot_not_kept: {
    status: 422,
    zh: '{item} 不按批次管理，请去掉批次',
    en: '{item} is not kept by lot; leave the lot out',
  },
  lot_unknown: { status: 422, zh: '{item} 没有这个批次，请重新选择', en: '{item} has no such lot; choose again' },
  lot_short: {
    status: 409,
    zh: '{item} 批次 {lot} 在{warehouse}只有 {available}，请换批次',
    en: 'Lot {lot} of {item} has only {available} in {warehouse}; choose another lot',
  },
  lot_expiry_differs: {
    status: 422,
    zh: '批次 {lot} 已登记有效期 {known}，请核对批次号或有效期',
    en: 'Lot {lot} is known to expire on {known}; check its code or its date',
  },
  serials_do_not_match: {
    status: 422,
    zh: '{item} 需要 {wanted} 个序列号，填了 {given} 个',
    en: '{item} needs {wanted} serial numbers, {given} were given',
  },
  serials_not_kept: {
    status: 422,
    zh: '{item} 不按序列号管理，请去掉序列号',
    en: '{item} is not kept by serial number; leave them out',
  },
  serial_not_here: {
    status: 409,
    zh: '{item} 的序列号 {serial} 不在{warehouse}，请核对',
    en: 'Serial number {serial} of {item} is not in {warehouse}',
  },
  serial_unknown: {
    status: 422,
    zh: '{item} 没有序列号 {serial}；新的序列号请用入库单登记',
    en: '{item} has no serial number {serial}; bring new ones in by a goods receipt',
  },
  nothing_to_spread: { status: 422, zh: '费用金额不能为零', en: 'The amount cannot be zero' },
  nothing_to_spread_over: {
    status: 422,
    zh: '所选入库单的金额合计为零，请改为按数量分摊',
    en: 'The goods received are worth nothing; spread by quantity instead',
  },
  cost_before_goods: {
    status: 422,
    zh: '分摊日期不能早于 {receipt} 的入库日期 {day}',
    en: 'A cost cannot be spread before the goods of {receipt} came ({day})',
  },
  worth_below_nothing: {
    status: 409,
    zh: '冲减 {amount} 后 {item} 的库存金额会小于零，请减少金额',
    en: 'Taking {amount} off would make the stock of {item} worth less than nothing; enter less',
  },
  serial_in_stock: {
    status: 409,
    zh: '{item} 的序列号 {serial} 已经在库，请核对',
    en: 'Serial number {serial} of {item} is in stock already',
  },
})
