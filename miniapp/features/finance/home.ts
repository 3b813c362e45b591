import { HandCoins, ShieldCheck } from 'lucide-vue-next'
import type { HomeCard, QuickAction } from '../home/contribution.ts'

export const homeCards: HomeCard[] = [
  { key: 'dues', place: 15, needs: 'receipt.post', view: () => import('./DuesHomeCard.vue') },
]

export const quickActions: QuickAction[] = [
  {
    key: 'receipt',
    place: 10,
    needs: 'receipt.post',
    label: { zh: '登记收款', en: 'Post receipt' },
    icon: HandCoins,
    to: { name: 'receipt-new' },
  },
  {
    key: 'proof',
    place: 90,
    needs: 'reconcile.run',
    label: { zh: '账目核对', en: 'Prove books' },
    icon: ShieldCheck,
    to: { name: 'proof' },
  },
]
