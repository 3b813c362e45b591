import { addDays, dayAt } from '#kernel/days'
import type { Job } from '#kernel/events'
import { perform } from '#kernel/perform'
import { forgetQuestions, keepDays } from './question-store.ts'

/** How long questions are kept, those that nobody asks any more, and the figures of days. */
const questionDays = 90
const missDays = 60
const figureDays = 400

/** Every night: the figures of the day are kept, old questions are forgotten. */
export const questionJobs: Job[] = [
  {
    name: 'bot.tidy-questions',
    cron: '50 2 * * *',
    run: (caller) =>
      perform(
        caller,
        async (tx) => {
          const today = dayAt(caller.at)
          const before = (days: number): Date => new Date(`${addDays(today, -days)}T00:00:00Z`)
          await keepDays(tx, today)
          await forgetQuestions(tx, {
            questions: before(questionDays),
            misses: before(missDays),
            days: before(figureDays),
          })
        },
        undefined,
      ),
  },
]
