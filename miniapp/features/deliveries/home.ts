import { PackageCheck } from 'lucide-vue-next'
import type { HomeCard, QuickAction } from '../home/contribution.ts'

export const homeCards: HomeCard[] = [
  { key: 'deliveries', place: 20, needs: 'delivery.pick', view: () => import('./DeliveriesHomeCard.vue') },
]

export const quickActions: QuickAction[] = [
  {
    key: 'pick',
    place: 20,
    needs: 'delivery.pick',
    label: { zh: '拣货出库', en: 'Pick & ship' },
    icon: PackageCheck,
    to: { name: 'deliveries' },
  },
]
