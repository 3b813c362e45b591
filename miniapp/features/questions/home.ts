import { MessageCircleQuestionMark } from 'lucide-vue-next'
import type { QuickAction } from '../home/contribution.ts'

export const quickActions: QuickAction[] = [
  {
    key: 'questions',
    place: 97,
    needs: 'org.admin',
    label: { zh: '机器人问答', en: 'Bot answers' },
    icon: MessageCircleQuestionMark,
    to: { name: 'questions' },
  },
]
