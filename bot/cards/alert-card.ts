import type { Lang } from '#contract'
import type { Card, CardFact } from '../card.ts'

type Told = { words: string; name: string; page: string; facts: CardFact[] }

/** Something has happened that somebody wanted to be told of. */
export const alertCard = ({ words, name, page, facts }: Told, lang: Lang): Card => ({
  colour: 'orange',
  title: words,
  parts: [
    ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []),
    {
      kind: 'note',
      text:
        lang === 'en'
          ? `You asked to be told. Say "cancel the alert for ${name}" to end it.`
          : `你订过这个提醒；说「取消${name}的提醒」就不再发。`,
    },
  ],
  buttons: [],
  link: { label: lang === 'en' ? 'Open' : '查看', path: page },
})
