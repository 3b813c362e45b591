import type { CardPart, TokenCard } from '../../card.ts'

type Element = Record<string, unknown>

const templates = { orange: 'orange', green: 'green', red: 'red', grey: 'grey', blue: 'blue' } as const
const looks = { primary: 'primary', danger: 'danger', plain: 'default' } as const

/** Draws a card as Feishu card JSON 2.0 (platforms: 30 KB, 200 elements, forms at the root only). `appUrl` turns paths into links. */
export function renderCard(card: TokenCard, appUrl: string): object {
  const elements = card.parts.flatMap(renderPart)
  if (card.buttons.length > 0) elements.push(...(card.input ? [form(card)] : [buttonRow(card)]))
  if (card.link) elements.push(linkLine(card.link.label, appUrl + card.link.path))
  return {
    schema: '2.0',
    config: { update_multi: true, enable_forward: false },
    header: { template: templates[card.colour], title: { tag: 'plain_text', content: card.title } },
    body: { elements },
  }
}

function renderPart(part: CardPart): Element[] {
  switch (part.kind) {
    case 'figure':
      return [markdown(`**${escape(part.value)}**\n${grey(part.label)}`, 'heading')]
    case 'facts':
      return pairs(part.facts).map(factRow)
    case 'table':
      return [table(part)]
    case 'reason':
      return [markdown([`**${escape(part.rule)}**`, ...part.clauses.map((clause) => `- ${escape(clause)}`)].join('\n'))]
    case 'text':
      return [markdown(escape(part.text))]
    case 'note':
      return [markdown(grey(part.text), 'notation')]
  }
}

const markdown = (content: string, size: 'normal' | 'heading' | 'notation' = 'normal'): Element => ({
  tag: 'markdown',
  content,
  text_size: size,
})
const grey = (text: string): string => `<font color='grey'>${escape(text)}</font>`

/** Text from people and data is never markup: neither mentions nor links nor emphasis. */
export const escape = (text: string): string =>
  text
    .replaceAll('&', '&#38;')
    .replaceAll('<', '&#60;')
    .replaceAll('>', '&#62;')
    .replaceAll('*', '&#42;')
    .replaceAll('[', '&#91;')
    .replaceAll(']', '&#93;')
    .replaceAll('_', '&#95;')
    .replaceAll('~', '&#126;')
    .replaceAll('`', '&#96;')

type FactPair = { label: string; value: string }
const pairs = (facts: FactPair[]): FactPair[][] =>
  facts.filter((_, i) => i % 2 === 0).map((fact, i) => [fact, facts[i * 2 + 1]].filter((one) => one !== undefined))

const factRow = (facts: FactPair[]): Element => ({
  tag: 'column_set',
  columns: facts.map((fact) => ({
    tag: 'column',
    width: 'weighted',
    weight: 1,
    elements: [markdown(`${grey(fact.label)}\n${escape(fact.value)}`)],
  })),
})

const table = ({ columns, rows }: Extract<CardPart, { kind: 'table' }>): Element => ({
  tag: 'table',
  page_size: Math.min(Math.max(rows.length, 1), 10),
  columns: columns.map((name, i) => ({ name: `c${i}`, display_name: name, data_type: 'text' })),
  rows: rows.map((row) => Object.fromEntries(row.map((value, i) => [`c${i}`, value]))),
})

/** With a comment the buttons stand in a form, so that the comment travels with the press. */
const form = (card: TokenCard): Element => ({
  tag: 'form',
  name: 'decision',
  elements: [
    {
      tag: 'input',
      name: card.input?.name,
      required: false,
      input_type: 'multiline_text',
      rows: 2,
      max_length: card.input?.maxLength,
      placeholder: { tag: 'plain_text', content: card.input?.placeholder },
    },
    {
      tag: 'column_set',
      columns: card.buttons.map((one) => ({
        tag: 'column',
        width: 'weighted',
        weight: 1,
        elements: [{ ...button(one), form_action_type: 'submit' }],
      })),
    },
  ],
})

const buttonRow = (card: TokenCard): Element => ({
  tag: 'column_set',
  columns: card.buttons.map((one) => ({ tag: 'column', width: 'weighted', weight: 1, elements: [button(one)] })),
})

const button = (one: TokenCard['buttons'][number]): Element => ({
  tag: 'button',
  name: one.name,
  type: looks[one.look],
  width: 'fill',
  text: { tag: 'plain_text', content: one.label },
  behaviors: [{ type: 'callback', value: { token: one.token } }],
  ...(one.confirm
    ? {
        confirm: {
          title: { tag: 'plain_text', content: one.label },
          text: { tag: 'plain_text', content: one.confirm },
        },
      }
    : {}),
})

const linkLine = (label: string, url: string): Element => markdown(`[${escape(label)}](${url})`)
