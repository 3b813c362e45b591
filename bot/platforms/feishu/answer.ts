import type { PressAnswer } from '../platform.ts'
import { renderCard } from './render.ts'

const looks = { success: 'success', info: 'info', error: 'error' } as const

/** The answer to a press as Feishu takes it: a toast, and the card as it is now. */
export const answerJson = (answer: PressAnswer, appUrl: string): object => ({
  toast: { type: looks[answer.toast.look], content: answer.toast.text },
  ...(answer.card ? { card: { type: 'raw', data: renderCard(answer.card, appUrl) } } : {}),
})
