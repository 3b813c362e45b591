import { defineRefusals } from '#contract'

/** Why a quotation, an order or a delivery is refused, and the way out. */
export const salesRefusals = defineRefusals({
  price_below_floor: {
    status: 422,
    zh: '第 {line} 行 {item} 的单价 {price} 低于{floor}，请提高单价，或请有权限的同事调整底价',
    en: 'Line {line}, {item}: {price} is below {floor}; raise the price, or ask a colleague with the right to change the floor',
  },
  rule_blocked: {
    status: 409,
    zh: '按规则不能提交：{rules}。{ways}',
    en: 'A rule stands in the way: {rules}. {ways}',
  },
  item_inactive: {
    status: 422,
    zh: '第 {line} 行 {item} 已停售，请换一个商品',
    en: 'Line {line}, {item} is no longer sold; choose another item',
  },
  nothing_ordered: {
    status: 422,
    zh: '第 {line} 行的数量要大于 0，不需要就删掉这一行',
    en: 'The quantity of line {line} must be above 0; remove the line if it is not needed',
  },
  negative_price: { status: 422, zh: '第 {line} 行的单价不能小于 0', en: 'The price of line {line} cannot be below 0' },
  posted_already: {
    status: 409,
    zh: '订单 {number} 的金额已记入应收，请先请财务处理',
    en: 'What order {number} comes to is posted as receivable already; ask finance first',
  },
  id_taken: {
    status: 409,
    zh: '这个编号已用于另一张单据，请重新开单',
    en: 'This id belongs to another document; begin a new one',
  },
  being_picked: {
    status: 409,
    zh: '出库单 {delivery} 正在拣货，请先让仓库取消它',
    en: 'Delivery note {delivery} is being picked; ask the warehouse to cancel it first',
  },
  nothing_to_plan: {
    status: 409,
    zh: '没有可以安排出库的货：已占用的都已在出库单上',
    en: 'Nothing to plan: all that is held is already on a delivery note',
  },
  quotation_expired: {
    status: 409,
    zh: '报价已于 {day} 过期，请先改报价并更新有效期',
    en: 'The quotation expired on {day}; revise it with a new date first',
  },
  bad_hold: {
    status: 422,
    zh: '留货截止要晚于现在，且不晚于报价有效期 {day}',
    en: 'Stock can be held until a moment from now on, no later than {day}, when the quotation ends',
  },
  unknown_scan: {
    status: 422,
    zh: '没有认出「{scan}」，请对准条码再扫一次',
    en: '"{scan}" was not recognised; scan the code again',
  },
  wrong_item: {
    status: 422,
    zh: '扫到的是 {item}，不在这张出库单上',
    en: 'That is {item}, which is not on this delivery note',
  },
  wrong_lot: { status: 422, zh: '批次 {lot} 在本仓没有可发的数量', en: 'Lot {lot} has nothing left in this warehouse' },
  newer_lot: {
    status: 409,
    zh: '应先发批次 {older}（{expires} 到期，还有 {left}），要发 {lot} 请填写原因',
    en: 'Lot {older} goes first ({left} left, expires {expires}); to take {lot} give a reason',
  },
  bin_without_goods: {
    status: 422,
    zh: '库位 {bin} 没有这张出库单的货',
    en: 'Bin {bin} holds nothing of this delivery note',
  },
  scan_goods: { status: 422, zh: '到了库位 {bin}，请扫 {items}', en: 'At bin {bin}: scan {items}' },
  scan_lot: { status: 422, zh: '{item} 按批次管理，请扫批次码', en: '{item} is kept by lot; scan the lot' },
  scan_serials: {
    status: 422,
    zh: '{item} 按序列号管理，请逐件扫描：应发 {planned}，已扫 {picked}',
    en: '{item} is kept by serial number; scan each piece: {picked} of {planned} so far',
  },
  serial_picked: { status: 409, zh: '序列号 {serial} 已经扫过', en: 'Serial number {serial} is already picked' },
  too_many_picked: {
    status: 422,
    zh: '{item} 应发 {planned}，不能拣 {picked}',
    en: '{item}: {planned} planned, {picked} is too many',
  },
  picked_differs: {
    status: 409,
    zh: '{item} 实拣 {picked}，与要出库的 {quantity} 不一致，请重新拣货或按实拣出库',
    en: '{item}: {picked} picked, but {quantity} to ship; pick again, or ship what was picked',
  },
  nothing_to_ship: { status: 422, zh: '没有要出库的数量', en: 'There is nothing to ship' },
  not_delivered: {
    status: 422,
    zh: '要退的货不在这张订单已出库的明细里，请重新选择',
    en: 'What is to come back has not left for this order; choose again',
  },
  returned_too_much: {
    status: 409,
    zh: '{item} 只剩 {left} 可退，不能退 {quantity}，请改小数量',
    en: 'Only {left} of {item} can still come back, {quantity} is too many',
  },
  more_than_asked: {
    status: 422,
    zh: '{item} 申请退 {asked}，不能收 {quantity}；多出的请另开退货单',
    en: '{item}: {asked} are to come back, {quantity} is too many; enter another return for the rest',
  },
  not_of_delivery: {
    status: 422,
    zh: '{item} {piece} 不是这次发出的，或已经退过',
    en: '{item} {piece} did not leave with this delivery, or came back already',
  },
  tell_pieces: {
    status: 422,
    zh: '请写明退回的是 {item} 的哪些批次或序列号，合计 {quantity}',
    en: 'Say which lots or serial numbers of {item} come back, {quantity} in all',
  },
  nothing_returned: {
    status: 422,
    zh: '没有收到的数量；客户不退了请取消退货单',
    en: 'Nothing came back; cancel the return if nothing will',
  },
  returned_before_delivery: {
    status: 422,
    zh: '{delivery} 在 {day} 才出库，收货日期不能更早',
    en: '{delivery} left on {day}; it cannot have come back earlier',
  },
  not_shipped: { status: 409, zh: '出库后才能签收', en: 'It can be signed for once it is shipped' },
})
