import { TrendingUp } from 'lucide-vue-next'
import type { QuickAction } from '../home/contribution.ts'

export const quickActions: QuickAction[] = [
  {
    key: 'margins',
    place: 45,
    sees: 'margin',
    label: { zh: '毛利', en: 'Margins' },
    icon: TrendingUp,
    to: { name: 'margins' },
  },
]
