/** How a test reads what somebody has before him, and how it names what he presses. */
export type CardReading = {
  /** All that a card says, in reading order; what is a link or a figure reads as its words. */
  words: (card: unknown) => string
  /** The names of its buttons. */
  buttons: (card: unknown) => string[]
  /** What the platform calls a button of this name. */
  buttonNamed: (name: string) => string
  /** What makes two copies alike. */
  shown: (card: unknown) => unknown
  /** Whether words can be typed on it. */
  takesWords: boolean
  /** Whether all that a card has to say has room on it. */
  isRoomy: boolean
}

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const feishuCard: CardReading = {
  words: wordsOn,
  buttons: buttonsOn,
  buttonNamed: (name) => name,
  shown: (card) => card,
  takesWords: true,
  isRoomy: true,
}

function wordsOn(card: unknown): string {
  if (Array.isArray(card)) return card.map(wordsOn).filter(Boolean).join('\n')
  if (!isFields(card)) return ''
  const { content, rows, columns, elements, title, subtitle, text, text_tag_list, header, body, placeholder } = card
  const own = typeof content === 'string' ? plainWords(content) : ''
  const cells = Array.isArray(rows)
    ? rows.map((row) =>
        Object.values(row as object)
          .map(String)
          .map(plainWords)
          .join(' | '),
      )
    : []
  const heads =
    Array.isArray(rows) && Array.isArray(columns) ? columns.map((one) => String(one.display_name)).join(' | ') : ''
  const inner = [header, title, text_tag_list, subtitle, text, placeholder, body, elements, rows ? undefined : columns]
  return [own, heads, ...cells, ...inner.map(wordsOn)].filter(Boolean).join('\n')
}

const plainWords = (markdown: string): string =>
  markdown
    .replace(/<\/?font[^>]*>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|^#+ /gm, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))

function buttonsOn(card: unknown): string[] {
  if (Array.isArray(card)) return card.flatMap(buttonsOn)
  if (!isFields(card)) return []
  const { tag, name, body, elements, columns } = card
  return [...(tag === 'button' ? [String(name)] : []), ...[body, elements, columns].flatMap(buttonsOn)]
}

/** The buttons of an approval, where a platform calls them by their words. */
const labels: Record<string, string> = { approve: '同意', reject: '拒绝', return: '退回' }
const nameOf = (label: string): string => Object.keys(labels).find((name) => labels[name] === label) ?? label

/** What stands on a card of DingTalk, block by block. */
const blocksOf = (value: unknown): Fields[] => {
  if (Array.isArray(value)) return value.flatMap(blocksOf)
  if (!isFields(value)) return []
  return [value, ...blocksOf(value['columns']), ...blocksOf(value['fields'])]
}
const blocksOn = (card: unknown): Fields[] => (isFields(card) ? blocksOf(card['blocks']) : [])
const buttonsIn = (block: Fields): Fields[] =>
  Array.isArray(block['buttons']) ? block['buttons'].filter(isFields) : []

/** What DingTalk might take for markup is written with signs that look like it. */
const lookalikes: Record<string, string> = {
  '∗': '*',
  '＿': '_',
  '＜': '<',
  '＞': '>',
  '［': '[',
  '］': ']',
  '｜': '|',
}
const lookalike = new RegExp(`[${Object.keys(lookalikes).join('')}]`, 'g')

export const dingtalkCard: CardReading = {
  words: (card) =>
    blocksOn(card)
      .flatMap(({ title, tags, text }) => [title, ...(Array.isArray(tags) ? tags.map((tag) => tag.text) : []), text])
      .filter((text) => typeof text === 'string' && text !== '')
      .map((text) => plainWords(String(text)).replaceAll(lookalike, (sign) => lookalikes[sign] ?? sign))
      .join('\n'),
  buttons: (card) =>
    blocksOn(card)
      .flatMap(buttonsIn)
      .filter(({ does }) => isFields(does) && does['kind'] === 'request')
      .map(({ text }) => nameOf(String(text))),
  buttonNamed: (name) => labels[name] ?? name,
  // What somebody was told when he pressed stands on his copy alone.
  shown: (card) => blocksOn(card).filter(({ kind }) => kind === 'markdown' || kind === 'header'),
  takesWords: true,
  isRoomy: true,
}

const unread = ['url', 'key', 'task_id', 'card_type']

export const wecomCard: CardReading = {
  words: texts,
  buttons: (card) => {
    if (!isFields(card) || card['replace_text'] || !Array.isArray(card['button_list'])) return []
    return card['button_list']
      .filter((one) => isFields(one) && one['type'] !== 1)
      .map((one) => nameOf(String(one.text)))
  },
  buttonNamed: (name) => labels[name] ?? name,
  // Who has just pressed reads on his card what a toast would have told him.
  shown: (card) => isFields(card) && [card['main_title'], card['source'], card['horizontal_content_list']],
  takesWords: false,
  isRoomy: false,
}

function texts(card: unknown): string {
  if (typeof card === 'string') return card
  if (Array.isArray(card)) return card.map(texts).filter(Boolean).join('\n')
  if (!isFields(card)) return ''
  const read = Object.entries(card).filter(([key]) => !unread.includes(key))
  return read
    .map(([, value]) => texts(value))
    .filter(Boolean)
    .join('\n')
}
