import { FilePlus2, SquarePen, Target } from 'lucide-vue-next'
import type { HomeCard, QuickAction } from '../home/contribution.ts'

export const quickActions: QuickAction[] = [
  {
    key: 'order-new',
    place: 10,
    needs: 'sales_order.write',
    label: { zh: '开单', en: 'New order' },
    icon: SquarePen,
    to: { name: 'order-new' },
  },
  {
    key: 'quotation-new',
    place: 20,
    needs: 'quotation.write',
    label: { zh: '报价', en: 'Quote' },
    icon: FilePlus2,
    to: { name: 'quotation-new' },
  },
  {
    key: 'targets',
    place: 60,
    needs: 'sales_order.write',
    label: { zh: '目标', en: 'Targets' },
    icon: Target,
    to: { name: 'targets' },
  },
]

export const homeCards: HomeCard[] = [
  { key: 'unfinished-sale', place: 5, needs: 'sales_order.write', view: () => import('./UnfinishedHomeCard.vue') },
  { key: 'open-orders', place: 20, needs: 'sales_order.write', view: () => import('./OrdersHomeCard.vue') },
  { key: 'open-quotations', place: 30, needs: 'quotation.write', view: () => import('./QuotationsHomeCard.vue') },
]
