const fillers =
  /帮我|帮忙|麻烦|请问|请|那个|查一下|查下|看一下|看下|看看|查查|查|一下|来着|呀|啊|哈|呢|吧|嘛|哦|please|tell me|the /g
const invisible = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/g
const pictures = /[\p{Extended_Pictographic}\uFE0F]/gu
const textMax = 1000

/**
 * One way to write what people type: half width, lower case, no invisible or pictorial characters, × x X ＊ as * between digits, Ø as φ, common units
 * by their short names. Longer texts keep their last thousand characters.
 */
export function normaliseMessage(text: string): string {
  return text
    .slice(-textMax)
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(pictures, ' ')
    .toLowerCase()
    .replace(/@\S+/g, ' ')
    .replace(/(?<=\d)\s*[×x✕＊]\s*(?=\d)/g, '*')
    .replace(/[∅ø]/g, 'φ')
    .replace(/公斤|千克/g, 'kg')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The same without politeness and filler words, for finding names in it. */
export const withoutFillers = (text: string): string => text.replace(fillers, ' ').replace(/\s+/g, ' ').trim()

/** English when it has no Chinese character and some Latin ones that are not just a code or pinyin of the interface's words. */
export const languageOfMessage = (text: string): 'zh' | 'en' =>
  !/\p{Script=Han}/u.test(text) &&
  /\b(how|what|stock|owe|owes|order|status|waiting|approve|approvals|left|credit|overdue|is|are|do|does|have|help|much|many)\b/i.test(
    text,
  )
    ? 'en'
    : 'zh'
