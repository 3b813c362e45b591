import { z } from 'zod'
import { Id } from '#contract'
import { perform } from '#kernel/perform'
import { answer } from '../answers/answer.ts'
import { writeContext } from '../answers/context-store.ts'
import { BotQuery } from '../answers/query.ts'
import { noteChoice } from '../answers/question-store.ts'
import type { Act } from '../press.ts'

const Args = z.object({
  query: BotQuery,
  lang: z.enum(['zh', 'en']),
  named: z.object({ kind: z.enum(['item', 'customer']), words: z.string(), id: Id }).optional(),
})

/** A question that was put on a button before questions changed their form is not guessed at. */
const outdated = { zh: '这张卡片是旧版的，请重新问一次', en: 'This card is from an older version; please ask again' }

/** One of several readings, or the next question, was chosen: it is answered on the card that offered it, and what follows is about it. */
export const choose: Act = {
  run: async (caller, given, { chat }) => {
    const args = Args.safeParse(given)
    if (!args.success) return { toast: { look: 'error', text: outdated[caller.lang] } }
    const { query, lang, named } = args.data
    const card = await answer(caller, query, lang)
    await perform(
      { ...caller, key: undefined },
      async (tx) => {
        await writeContext(tx, caller.personId, chat, query, caller.at)
        if (named) await noteChoice(tx, caller.personId, named, caller.at)
      },
      undefined,
    )
    return { toast: { look: 'success', text: lang === 'en' ? 'Here it is' : '查到了' }, card }
  },
}
