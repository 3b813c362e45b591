import { z } from 'zod'
import { perform } from '#kernel/perform'
import { answer } from '../answers/answer.ts'
import { writeContext } from '../answers/context-store.ts'
import { BotQuery } from '../answers/query.ts'
import type { Act } from '../press.ts'

const Args = z.object({ query: BotQuery, lang: z.enum(['zh', 'en']) })

/** One of several readings, or the next question, was chosen: it is answered on the card that offered it, and what follows is about it. */
export const choose: Act = {
  run: async (caller, given, { chat }) => {
    const { query, lang } = Args.parse(given)
    const card = await answer(caller, query, lang)
    await perform(
      { ...caller, key: undefined },
      (tx) => writeContext(tx, caller.personId, chat, query, caller.at),
      undefined,
    )
    return { toast: { look: 'success', text: lang === 'en' ? 'Here it is' : '查到了' }, card }
  },
}
