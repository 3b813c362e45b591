import type { CardFact, CardPart, TokenCard, Words } from '../../card.ts'
import { shortened, withinLimits } from '../limits.ts'
import { escape, grey, link } from './markup.ts'

type Element = Record<string, unknown>

const templates = { orange: 'orange', green: 'green', red: 'red', grey: 'grey', blue: 'blue' } as const
const looks = { primary: 'primary_filled', danger: 'danger', plain: 'default' } as const
const tablePageSize = 10
/** Feishu takes 30 KB, 200 elements and 5 tables; a card stays clear of them. */
const room = { bytesMax: 28 * 1024, tablesMax: 4 }
const elementsMax = 40

/** Draws a card as Feishu card JSON 2.0, within its limits. `appUrl` turns paths into links. */
export const renderCard = (card: TokenCard, appUrl: string): object =>
  withinLimits(card, room, (fitting) => draw(fitting, appUrl))

function draw(card: TokenCard, appUrl: string): object {
  const elements = card.parts.flatMap((part) => renderPart(part, appUrl)).slice(0, elementsMax)
  if (card.buttons.length > 0) elements.push(...(card.input ? [form(card)] : buttonRows(card.buttons)))
  if (card.link) elements.push(markdown(link(card.link.label, appUrl + card.link.path)))
  return {
    schema: '2.0',
    config: { update_multi: true, enable_forward: false },
    header: {
      template: templates[card.colour],
      title: plain(shortened(card.title)),
      ...(card.subtitle ? { subtitle: plain(shortened(card.subtitle)) } : {}),
      ...(card.tag
        ? { text_tag_list: [{ tag: 'text_tag', text: plain(card.tag), color: templates[card.colour] }] }
        : {}),
    },
    body: { elements },
  }
}

function renderPart(part: CardPart, appUrl: string): Element[] {
  const words = (given: Words): string => wordsMarkup(given, appUrl)
  switch (part.kind) {
    case 'figure':
      return [markdown(`## ${escape(part.value)}\n${grey(part.label)}`)]
    case 'facts':
      return factRows(part.facts, part.boxed ?? false, words)
    case 'entry': {
      const facts = part.facts.map(({ label, value }) => `${grey(label)} ${words(value)}`)
      // Two to a line, so that on a phone no label stands apart from its value.
      const lines = facts
        .filter((_, i) => i % 2 === 0)
        .map((fact, i) => [fact, facts[i * 2 + 1]].filter(Boolean).join('　'))
      return [markdown([`**${words(part.title)}**`, ...lines].join('\n'))]
    }
    case 'table':
      return [table(part, words)]
    case 'reason':
      return [markdown(`<font color='red'>●</font> **${escape(part.rule)}**　${grey(part.clauses.join(' · '))}`)]
    case 'list':
      return [markdown([grey(part.title), ...bullets(part.items)].join('\n'))]
    case 'text':
      return [markdown(escape(part.text))]
    case 'note':
      return [markdown(grey(part.text), 'notation')]
  }
}

const plain = (content: string): Element => ({ tag: 'plain_text', content })
const markdown = (content: string, size: 'normal' | 'notation' = 'normal'): Element => ({
  tag: 'markdown',
  content,
  text_size: size,
})
const bullets = (lines: readonly string[]): string[] => lines.map((line) => `- ${escape(line)}`)

const wordsMarkup = (words: Words, appUrl: string): string =>
  typeof words === 'string'
    ? escape(words)
    : words.map(({ text, path }) => (path ? link(text, appUrl + path) : escape(text))).join(' / ')

/** Three beside each other. Every row has three columns, so that they stand below each other. */
function factRows(facts: CardFact[], boxed: boolean, words: (given: Words) => string): Element[] {
  const perRow = Math.min(facts.length, 3)
  const rows = Array.from({ length: Math.ceil(facts.length / perRow) }, (_, i) =>
    facts.slice(i * perRow, (i + 1) * perRow),
  )
  return rows.map((row) => ({
    tag: 'column_set',
    ...(boxed ? { background_style: 'grey' } : {}),
    columns: Array.from({ length: perRow }, (_, i) => row[i]).map((fact) =>
      fact ? column(markdown(`${grey(fact.label)}\n${words(fact.value)}`)) : column(),
    ),
  }))
}

const column = (...elements: Element[]): Element => ({ tag: 'column', width: 'weighted', weight: 1, elements })

function table({ columns, rows }: Extract<CardPart, { kind: 'table' }>, words: (given: Words) => string): Element {
  const hasLinks = columns.map((_, i) => rows.some((row) => typeof row[i] !== 'string'))
  return {
    tag: 'table',
    page_size: Math.min(Math.max(rows.length, 1), tablePageSize),
    columns: columns.map(({ label, isNumber }, i) => ({
      name: `c${i}`,
      display_name: label,
      data_type: hasLinks[i] ? 'lark_md' : 'text',
      horizontal_align: isNumber ? 'right' : 'left',
    })),
    rows: rows.map((row) =>
      Object.fromEntries(row.map((cell, i) => [`c${i}`, hasLinks[i] ? words(cell) : String(cell)])),
    ),
  }
}

/** With a comment the buttons stand in a form, so that the comment travels with the press. */
const form = ({ input, buttons }: TokenCard): Element => ({
  tag: 'form',
  name: 'decision',
  elements: [
    {
      tag: 'input',
      name: input?.name,
      required: false,
      input_type: 'multiline_text',
      rows: 2,
      max_length: input?.maxLength,
      placeholder: plain(input?.placeholder ?? ''),
    },
    {
      tag: 'column_set',
      columns: buttons.map((one) => column({ ...button(one), form_action_type: 'submit' })),
    },
  ],
})

/** Short labels stand in one row; long ones, such as names to choose from, each have their own. */
function buttonRows(buttons: TokenCard['buttons']): Element[] {
  const areShort = buttons.length <= 3 && buttons.every((one) => [...one.label].length <= 8)
  return areShort ? [{ tag: 'column_set', columns: buttons.map((one) => column(button(one))) }] : buttons.map(button)
}

const button = (one: TokenCard['buttons'][number]): Element => ({
  tag: 'button',
  name: one.name,
  type: looks[one.look],
  width: 'fill',
  text: plain(shortened(one.label)),
  behaviors: [{ type: 'callback', value: { token: one.token } }],
  ...(one.confirm ? { confirm: { title: plain(one.label), text: plain(one.confirm) } } : {}),
})
