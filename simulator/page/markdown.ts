/** The markdown of Feishu cards, as a tree. Nothing here is HTML: what is not known stays text. */

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; inner: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; url: string; inner: Inline[] }
  | { kind: 'font'; color: string; inner: Inline[] }
  | { kind: 'tag'; color: string; text: string }
  | { kind: 'at'; id: string }
  | { kind: 'break' }

export type Block =
  | { kind: 'paragraph'; inner: Inline[] }
  | { kind: 'heading'; level: number; inner: Inline[] }
  | { kind: 'list'; isOrdered: boolean; items: Inline[][] }
  | { kind: 'quote'; inner: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'rule' }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }

const inlinePatterns: { pattern: RegExp; make: (groups: string[]) => Inline }[] = [
  { pattern: /`([^`]+)`/, make: ([text = '']) => ({ kind: 'code', text }) },
  { pattern: /\*\*(.+?)\*\*/, make: ([inner = '']) => ({ kind: 'bold', inner: inlines(inner) }) },
  { pattern: /~~(.+?)~~/, make: ([inner = '']) => ({ kind: 'strike', inner: inlines(inner) }) },
  {
    pattern: /\[([^\]]+)\]\(([^)\s]+)\)/,
    make: ([inner = '', url = '']) => ({ kind: 'link', url, inner: inlines(inner) }),
  },
  {
    pattern: /<font color=['"]?([^'">]+)['"]?>([\s\S]*?)<\/font>/,
    make: ([color = '', inner = '']) => ({ kind: 'font', color, inner: inlines(inner) }),
  },
  {
    pattern: /<text_tag color=['"]?([^'">]+)['"]?>(.*?)<\/text_tag>/,
    make: ([color = '', text = '']) => ({ kind: 'tag', color, text }),
  },
  { pattern: /<at id=['"]?([^'">\s]+)['"]?\s*>(?:.*?<\/at>)?/, make: ([id = '']) => ({ kind: 'at', id }) },
  { pattern: /<br\s*\/?>|\n/, make: () => ({ kind: 'break' }) },
  { pattern: /\*([^*\s][^*]*?)\*/, make: ([inner = '']) => ({ kind: 'italic', inner: inlines(inner) }) },
]

export function inlines(text: string): Inline[] {
  if (text === '') return []
  const found = inlinePatterns
    .map(({ pattern, make }) => ({ match: pattern.exec(text), make }))
    .filter((each) => each.match !== null)
    .sort((a, b) => (a.match?.index ?? 0) - (b.match?.index ?? 0))[0]
  if (!found?.match) return [{ kind: 'text', text: unescaped(text) }]
  const { match, make } = found
  const before = text.slice(0, match.index)
  const after = text.slice(match.index + match[0].length)
  return [...inlines(before), make(match.slice(1)), ...inlines(after)]
}

/** Cards write the signs that markdown would take as their HTML entities. */
function unescaped(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
    .replace(/\\([*_~`[\]()<>#|-])/g, '$1')
}

type Reader = { starts: RegExp; read: (lines: string[]) => { block: Block; taken: number } }

const readers: Reader[] = [
  {
    starts: /^```/,
    read: (lines) => {
      const end = lines.findIndex((line, index) => index > 0 && line.startsWith('```'))
      const last = end < 0 ? lines.length : end
      return { block: { kind: 'code', text: lines.slice(1, last).join('\n') }, taken: last + 1 }
    },
  },
  {
    starts: /^#{1,6} /,
    read: ([line = '']) => {
      const level = line.indexOf(' ')
      return { block: { kind: 'heading', level, inner: inlines(line.slice(level + 1)) }, taken: 1 }
    },
  },
  { starts: /^\s*(-{3,}|\*{3,})\s*$/, read: () => ({ block: { kind: 'rule' }, taken: 1 }) },
  { starts: /^\|.*\|\s*$/, read: readTable },
  { starts: /^\s*[-*] /, read: (lines) => readList(lines, /^\s*[-*] /, false) },
  { starts: /^\s*\d+\. /, read: (lines) => readList(lines, /^\s*\d+\. /, true) },
  {
    starts: /^> ?/,
    read: (lines) => {
      const quoted = takeWhile(lines, (line) => line.startsWith('>'))
      return {
        block: { kind: 'quote', inner: inlines(quoted.map((line) => line.replace(/^> ?/, '')).join('\n')) },
        taken: quoted.length,
      }
    },
  },
]

export function blocks(text: string): Block[] {
  const found: Block[] = []
  let lines = text.split('\n')
  while (lines.length > 0) {
    const reader = readers.find((each) => each.starts.test(lines[0] ?? ''))
    const { block, taken } = reader ? reader.read(lines) : readParagraph(lines)
    if (block.kind !== 'paragraph' || block.inner.length > 0) found.push(block)
    lines = lines.slice(taken)
  }
  return found
}

function readParagraph(lines: string[]): { block: Block; taken: number } {
  const own = takeWhile(
    lines,
    (line, index) => index === 0 || (line !== '' && !readers.some((each) => each.starts.test(line))),
  )
  return { block: { kind: 'paragraph', inner: inlines(own.join('\n').trim()) }, taken: own.length }
}

function readList(lines: string[], mark: RegExp, isOrdered: boolean): { block: Block; taken: number } {
  const own = takeWhile(lines, (line) => mark.test(line))
  return {
    block: { kind: 'list', isOrdered, items: own.map((line) => inlines(line.replace(mark, ''))) },
    taken: own.length,
  }
}

function readTable(lines: string[]): { block: Block; taken: number } {
  const own = takeWhile(lines, (line) => /^\|.*\|\s*$/.test(line))
  const cells = own.map((line) =>
    line
      .trim()
      .slice(1, -1)
      .split('|')
      .map((cell) => inlines(cell.trim())),
  )
  const isRuled = /^\|[\s:|-]+\|\s*$/.test(own[1] ?? '')
  return { block: { kind: 'table', head: cells[0] ?? [], rows: cells.slice(isRuled ? 2 : 1) }, taken: own.length }
}

function takeWhile(lines: string[], holds: (line: string, index: number) => boolean): string[] {
  const end = lines.findIndex((line, index) => !holds(line, index))
  return end < 0 ? lines : lines.slice(0, Math.max(end, 1))
}
