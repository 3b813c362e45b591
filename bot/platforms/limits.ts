import type { CardPart, TokenCard, Words } from '../card.ts'

/** How much of a card a platform takes. */
export type Room = { bytesMax: number; tablesMax: number }

const lineMax = 200
const textMax = 2000
const rowsMax = 10
const factsMax = 24
const columnsMax = 8

/** A line of text as long as a card can show. */
export const shortened = (text: string, most = lineMax): string => {
  const characters = [...text]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text
}

/** Draws a card, leaving parts out from the end until it fits: what is read first stays. */
export function withinLimits<Drawn>(
  card: TokenCard,
  { bytesMax, tablesMax }: Room,
  draw: (card: TokenCard) => Drawn,
): Drawn {
  const tables = card.parts.filter((part) => part.kind === 'table')
  let parts = card.parts.filter((part) => part.kind !== 'table' || tables.indexOf(part) < tablesMax).map(fitted)
  for (;;) {
    const drawn = draw({ ...card, parts })
    if (parts.length === 0 || Buffer.byteLength(JSON.stringify(drawn)) <= bytesMax) return drawn
    parts = parts.slice(0, -1)
  }
}

function fitted(part: CardPart): CardPart {
  switch (part.kind) {
    case 'figure':
      return { ...part, value: shortened(part.value), label: shortened(part.label) }
    case 'entry':
    case 'facts':
      return {
        ...part,
        facts: part.facts.slice(0, factsMax).map((fact) => ({ ...fact, value: fittedWords(fact.value) })),
      }
    case 'table':
      return {
        ...part,
        columns: part.columns.slice(0, columnsMax),
        rows: part.rows.slice(0, rowsMax).map((row) => row.slice(0, columnsMax).map(fittedWords)),
      }
    case 'reason':
      return {
        ...part,
        rule: shortened(part.rule),
        clauses: part.clauses.slice(0, rowsMax).map((one) => shortened(one)),
      }
    case 'list':
      return { ...part, title: shortened(part.title), items: part.items.slice(0, rowsMax).map((one) => shortened(one)) }
    case 'text':
    case 'note':
      return { ...part, text: shortened(part.text, textMax) }
  }
}

const fittedWords = (words: Words): Words =>
  typeof words === 'string'
    ? shortened(words)
    : words.slice(0, rowsMax).map((piece) => ({ ...piece, text: shortened(piece.text) }))
