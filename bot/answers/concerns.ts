import { type Concern, concerns } from './concern-list.ts'
import type { BotQuery } from './query.ts'

const tells = ({ toldBy }: Concern, query: Pick<BotQuery, 'intent'>): boolean => {
  const { intent } = query
  const by = 'by' in query && typeof query.by === 'string' ? `${intent}:${query.by}` : intent
  return toldBy.some((one) => (one.endsWith('.') ? intent.startsWith(one) : one === intent || one === by))
}

/** What a message is concerned with and a query does not tell of. */
export const unheeded = (query: Pick<BotQuery, 'intent'>, asking: string): readonly Concern[] =>
  concerns.filter((one) => one.words.test(asking) && !tells(one, query))

/** Whether a message is concerned with what nothing that can be asked here tells of. */
export const isUntold = (asking: string): boolean =>
  concerns.some(({ words, toldBy }) => toldBy.length === 0 && words.test(asking))
