import { HandCoins, Landmark, ShieldCheck } from 'lucide-vue-next'
import type { HomeCard, QuickAction } from '../home/contribution.ts'

export const homeCards: HomeCard[] = [
  { key: 'overdue', place: 15, needs: 'receivable.read', view: () => import('./OverdueHomeCard.vue') },
  { key: 'due-soon', place: 40, needs: 'receipt.post', view: () => import('./DueSoonHomeCard.vue') },
  { key: 'unallocated', place: 16, needs: 'receipt.post', view: () => import('./UnallocatedHomeCard.vue') },
]

export const quickActions: QuickAction[] = [
  {
    key: 'receipt-new',
    place: 15,
    needs: 'receipt.post',
    label: { zh: '登记收款', en: 'Post receipt' },
    icon: HandCoins,
    to: { name: 'receipt-new' },
  },
  {
    key: 'proof',
    place: 90,
    needs: 'reconcile.run',
    label: { zh: '账目核对', en: 'Proof' },
    icon: ShieldCheck,
    to: { name: 'proof' },
  },
  {
    key: 'finance-settings',
    place: 95,
    needs: 'period.close',
    label: { zh: '结账设置', en: 'Closing' },
    icon: Landmark,
    to: { name: 'finance-settings' },
  },
]
