import type { CardFact, CardPart, TokenCard, Words } from '../../card.ts'
import { bold, escape, grey, large, lines, paragraphs, red, small, wordsMarkup } from './markup.ts'

/** DingTalk's colours by the names that its cards know them by. */
const colourTokens = {
  orange: 'common_orange1_color',
  green: 'common_green1_color',
  red: 'common_red1_color',
  grey: 'common_level2_base_color',
  blue: 'common_blue1_color',
} as const

/** What a card says, as one text in DingTalk's markdown. `appUrl` turns paths into links. */
export const bodyOf = ({ parts, colour }: Pick<TokenCard, 'parts' | 'colour'>, appUrl: string): string =>
  paragraphs(parts.map((part) => partText(part, colour, (words) => wordsMarkup(words, appUrl))))

function partText(part: CardPart, colour: TokenCard['colour'], words: (given: Words) => string): string {
  const fact = ({ label, value }: CardFact): string => `${grey(label)} ${words(value)}`
  switch (part.kind) {
    case 'figure':
      return lines([large(part.value, colourTokens[colour]), grey(part.label)])
    case 'facts':
      return lines(part.facts.map(fact))
    case 'entry':
      return lines([bold(words(part.title)), ...pairs(part.facts.map(fact))])
    case 'table':
      return lines(part.rows.flatMap((row) => rowLines(row, part.columns, words)))
    case 'reason':
      return lines([`${red('●')} ${bold(escape(part.rule))}`, grey(part.clauses.join(' · '))])
    case 'list':
      return lines([grey(part.title), ...part.items.map((item) => `• ${escape(item)}`)])
    case 'text':
      return lines(escape(part.text).split('\n'))
    case 'note':
      return small(part.text)
  }
}

/** Two to a line, so that on a phone no label stands apart from its value. */
const pairs = (facts: string[]): string[] =>
  facts.filter((_, i) => i % 2 === 0).map((fact, i) => [fact, facts[i * 2 + 1]].filter(Boolean).join('　'))

/** A phone is too narrow for a table: each row is its first cell, and below it the others with their columns' names. */
function rowLines([first = '', ...others]: Words[], columns: { label: string }[], words: (given: Words) => string) {
  return [bold(words(first)), ...pairs(others.map((cell, i) => `${grey(columns[i + 1]?.label ?? '')} ${words(cell)}`))]
}
