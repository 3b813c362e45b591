import { pinyin } from 'pinyin-pro'

/** One way to write what people type: full width to half, × x X ＊ to *, lower case. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\d)\s*[×x*✕]\s*(?=\d)/g, '*')
    .trim()

/** 膨胀螺栓 -> pengzhangluoshuan. */
export const toPinyin = (text: string): string =>
  pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
/** 膨胀螺栓 -> pzls. */
export const toInitials = (text: string): string =>
  pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

/** The one- and two-character pieces of texts, for an indexed `grams @> …`. */
export function grams(texts: readonly string[]): string[] {
  const pieces = new Set<string>()
  for (const text of texts) {
    const characters = [...normalise(text).replace(/\s+/g, '')]
    characters.forEach((character, i) => {
      pieces.add(character)
      const next = characters[i + 1]
      if (next) pieces.add(character + next)
    })
  }
  return [...pieces]
}

/** What is stored beside a name so that Chinese, pinyin, initials and codes find it. */
export function searchColumns(
  name: string,
  others: readonly string[] = [],
): { pinyin: string; initials: string; grams: string[] } {
  const columns = { pinyin: toPinyin(name), initials: toInitials(name) }
  return { ...columns, grams: grams([name, columns.pinyin, columns.initials, ...others]) }
}

/** The words of a search; each must be found. */
export const searchWords = (q: string): string[] =>
  normalise(q)
    .split(/[\s,，、]+/)
    .filter(Boolean)

/** The pieces that a row must have to be a candidate: two-character ones where the word is long enough. */
export function searchGrams(q: string): string[] {
  return searchWords(q).flatMap((word) => {
    const characters = [...word]
    return characters.length === 1
      ? characters
      : characters.slice(0, -1).map((character, i) => character + characters[i + 1]!)
  })
}
