import type { Lang } from '#contract'
import type { CardButton } from '../card.ts'
import type { BotQuery } from './query.ts'

/** A likely next question as a button: it is answered on the same card. */
export const nextStep = (name: string, label: string, query: BotQuery, lang: Lang): CardButton => ({
  name,
  label,
  look: 'plain',
  act: 'bot.choose',
  args: { query, lang },
})
