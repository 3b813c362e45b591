import type { Actions } from '#kernel/perform'
import { decideAlias, suggestedAliases } from './aliases.ts'
import type { questions } from './contract.ts'
import { missedQuestions, questionUse, settleMissed } from './questions.ts'

export const questionsActions: Actions<typeof questions> = {
  questionUse,
  missedQuestions,
  settleMissed,
  suggestedAliases,
  decideAlias,
}
