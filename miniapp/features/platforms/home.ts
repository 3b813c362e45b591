import { SendHorizontal } from 'lucide-vue-next'
import type { HomeCard, QuickAction } from '../home/contribution.ts'

export const homeCards: HomeCard[] = [
  { key: 'undelivered', place: 5, needs: 'org.admin', view: () => import('./UndeliveredHomeCard.vue') },
]

export const quickActions: QuickAction[] = [
  {
    key: 'undelivered',
    place: 96,
    needs: 'org.admin',
    label: { zh: '消息投递', en: 'Deliveries to chat' },
    icon: SendHorizontal,
    to: { name: 'undelivered' },
  },
]
