import { Undo2 } from 'lucide-vue-next'
import type { HomeCard, QuickAction } from '../home/contribution.ts'

export const homeCards: HomeCard[] = [
  { key: 'returns', place: 24, needs: 'sales_return.receive', view: () => import('./ReturnsHomeCard.vue') },
]

export const quickActions: QuickAction[] = [
  {
    key: 'returns',
    place: 45,
    needs: 'sales_return.write',
    label: { zh: '退货', en: 'Returns' },
    icon: Undo2,
    to: { name: 'returns' },
  },
]
