import type { Text } from '#contract'
import type { MoveRow } from '#contract/modules/inventory'

/** What moved the goods, in words. */
export const moveWords: Record<MoveRow['kind'], Text> = {
  opening: { zh: '期初', en: 'Opening' },
  receipt: { zh: '入库', en: 'Received' },
  delivery: { zh: '销售出库', en: 'Delivered' },
  transfer_out: { zh: '调出', en: 'Sent' },
  transfer_in: { zh: '调入', en: 'Transferred in' },
  adjustment: { zh: '调整', en: 'Adjusted' },
  return: { zh: '退货', en: 'Returned' },
  revaluation: { zh: '成本调整', en: 'Revalued' },
}
