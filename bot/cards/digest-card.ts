import type { Lang } from '#contract'
import type { Card, CardPart } from '../card.ts'

const linesMax = 50
const linesAtOnce = 10

/** Many messages as one: a line for each. */
export function digestCard(titles: string[], lang: Lang): Card {
  const en = lang === 'en'
  const shown = titles.slice(0, linesMax)
  const more = titles.length - shown.length
  const lists: CardPart[] = []
  for (let from = 0; from < shown.length; from += linesAtOnce) {
    const items = shown.slice(from, from + linesAtOnce)
    lists.push({ kind: 'list', title: `${from + 1}–${from + items.length}`, items })
  }
  return {
    colour: 'blue',
    title: en ? `${titles.length} messages` : `${titles.length} 条消息`,
    parts: [
      ...lists,
      ...(more > 0 ? [{ kind: 'note' as const, text: en ? `and ${more} more` : `另有 ${more} 条` }] : []),
    ],
    buttons: [],
    link: { label: en ? 'Open' : '打开一单', path: '/' },
  }
}
