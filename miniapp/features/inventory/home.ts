import { ArrowLeftRight, Boxes, PackagePlus } from 'lucide-vue-next'
import type { HomeCard, QuickAction } from '../home/contribution.ts'

export const homeCards: HomeCard[] = [
  { key: 'expected-goods', place: 30, needs: 'goods_receipt.receive', view: () => import('./ExpectedHomeCard.vue') },
  { key: 'low-stock', place: 60, needs: 'goods_receipt.write', view: () => import('./LowStockHomeCard.vue') },
]

export const quickActions: QuickAction[] = [
  {
    key: 'stock',
    place: 40,
    needs: 'stock.read',
    label: { zh: '查库存', en: 'Stock' },
    icon: Boxes,
    to: { name: 'stock' },
  },
  {
    key: 'receive',
    place: 30,
    needs: 'goods_receipt.write',
    label: { zh: '收货', en: 'Receive' },
    icon: PackagePlus,
    to: { name: 'goods-receipts' },
  },
  {
    key: 'transfer',
    place: 50,
    needs: 'stock_transfer.write',
    label: { zh: '调拨', en: 'Transfer' },
    icon: ArrowLeftRight,
    to: { name: 'stock-transfers' },
  },
]
