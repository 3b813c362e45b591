import { z } from 'zod'
import { answer } from '../answers/answer.ts'
import { BotQuery } from '../answers/query.ts'
import type { Act } from '../press.ts'

const Args = z.object({ query: BotQuery })

/** One of several readings was chosen: it is answered on the card that asked. */
export const choose: Act = {
  run: async (caller, given) => {
    const { query } = Args.parse(given)
    return {
      toast: { look: 'success', text: caller.lang === 'en' ? 'Here it is' : '查到了' },
      card: await answer(caller, query, caller.lang),
    }
  },
}
