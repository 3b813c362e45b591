import { BookOpenText, Scale } from 'lucide-vue-next'
import type { QuickAction } from '../home/contribution.ts'

export const quickActions: QuickAction[] = [
  {
    key: 'vouchers',
    place: 30,
    needs: 'voucher.read',
    label: { zh: '凭证', en: 'Vouchers' },
    icon: BookOpenText,
    to: { name: 'vouchers' },
  },
  {
    key: 'trial-balance',
    place: 31,
    needs: 'voucher.read',
    label: { zh: '科目余额', en: 'Trial balance' },
    icon: Scale,
    to: { name: 'trial-balance' },
  },
]
