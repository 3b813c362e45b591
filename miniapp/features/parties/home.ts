import { UsersRound } from 'lucide-vue-next'
import type { QuickAction } from '../home/contribution.ts'

export const quickActions: QuickAction[] = [
  {
    key: 'customers',
    place: 30,
    needs: 'customer.write',
    label: { zh: '客户', en: 'Customers' },
    icon: UsersRound,
    to: { name: 'customers' },
  },
]
