import type { BotQuery, Intent } from './query.ts'
import type { Slots } from './slots.ts'
import type { Known } from './understanding.ts'

/** What a query is filled from: the message, also as it was said; who asks; and the question that it goes on from, if it does. */
export type Asked = {
  intent: Intent
  message: string
  said: string
  slots: Slots
  known: Known
  base: BotQuery | undefined
  /** 不对，是DN40: in place of what was said. */
  isCorrection?: boolean
}
