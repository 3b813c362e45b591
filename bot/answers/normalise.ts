const fillers =
  /帮我|帮忙|麻烦|请问|请|那个|那边|这边|查一下|查下|看一下|看下|看看|查查|查|一下|来着|cha(?=一下|下|$)|呀|啊|哈|呢|吧|嘛|哦|噢|please|tell me|can you|could you|the /g
const invisible = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/g
const pictures = /[\p{Extended_Pictographic}\uFE0F]/gu
const textMax = 1000
const digitWords = '零一二三四五六七八九'

const before =
  /^(?:麻烦|请问|请|帮我|帮忙|那个|查一下|查下|查查|看一下|看下|看看|please|could you|can you|tell me|[\s,，.。!！~、])+/
const after = /[\s哈呢呀啊吧嘛哦噢.。!！~、]+$/

/**
 * One way to write what people type and say: half width, lower case, no invisible or pictorial characters, × x X ＊ 乘 as * between digits,
 * Ø as φ, common units by their short names, spoken digits as digits; no politeness around it. Longer texts keep their last thousand characters.
 */
export function normaliseMessage(text: string): string {
  return text
    .slice(-textMax)
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(pictures, ' ')
    .toLowerCase()
    .replace(/@\S+/g, ' ')
    .replace(/(?<=\d)\s*[×x✕＊乘]\s*(?=\d)/g, '*')
    .replace(/[∅ø]/g, 'φ')
    .replace(/公斤|千克/g, 'kg')
    .replace(/[零一二三四五六七八九幺]{4,}/g, (said) =>
      [...said].map((digit) => (digit === '幺' ? '1' : digitWords.indexOf(digit))).join(''),
    )
    .replace(/\s+/g, ' ')
    .replace(before, '')
    .replace(after, '')
    .trim()
}

/** The same without politeness and filler words, for finding names in it. */
export const withoutFillers = (text: string): string => text.replace(fillers, ' ').replace(/\s+/g, ' ').trim()

const englishWords =
  /\b(how|what|whats|who|which|where|when|stock|owe|owes|us|order|orders|status|waiting|approve|approval|approvals|left|credit|overdue|is|are|do|does|have|has|help|much|many|for|of|in|the|list|show|any|me|my)\b/gi

/** English by its words: names stay as they are stored, so that Chinese names may stand among them. */
export function languageOfMessage(text: string): 'zh' | 'en' {
  const words = new Set(text.toLowerCase().match(englishWords))
  const hasChinese = /\p{Script=Han}/u.test(text)
  return words.size >= (hasChinese ? 2 : 1) ? 'en' : 'zh'
}
