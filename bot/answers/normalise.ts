import { readNumeral } from './numerals.ts'
import { simplify } from './simplify.ts'

const invisible = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/g
const pictures = /[\p{Extended_Pictographic}\uFE0F]/gu
const textMax = 1000
const digitWords = '零一二三四五六七八九'

const before =
  /^(?:(?:客户|老板|领导|人家|[老小阿]\p{Script=Han}|\p{Script=Han}[总姐哥工])(?:打?(?:来)?电话(?:里|来)?)?(?:在|要|又|来|刚)?(?:问|打听)(?:我)?(?:一?下)?|(?:老板|领导|经理|[老小阿]\p{Script=Han}|\p{Script=Han}[总姐哥工])(?:让|叫|喊)我(?:查|数|问|看|算|了解|盘)(?:一下|下|一?[查数看算])?(?!他|她)|麻烦|请问|请|帮我|帮忙|帮(?!助)|那个|查一下|查下|查查|看一下|看下|看看|please|could you|can you|tell me(?! (?:when|if|once))|hi|hello|你好|您好|[\s,，.。!！~、:：])+/u
/** Where he is, or who waits, before what he asks: 我在车上呢,…; 客户在电话那头等着,…. */
const aside =
  /^(?:我(?:正|现在|人)?在[^,，。]{0,6}(?:车上|路上|高速上|开会|外面|外头|工地|现场|饭局|机场|车站|飞机上|吃饭|医院|家)|(?:客户|人家|对方|老板娘?|采购|工地上?|师傅|司机|那边|电话)[^,，。]{0,10}(?:等着?|催得?[紧急]?|急|没挂|在线|堵着|追着|候着))(?:呢|了|我|要|用|的)*[,，。\s]+(?=.{4})/u
const after = /(?:[\s哈呢呀啊吧嘛哦噢.。!！~、]|谢谢|多谢|thanks|thank you|please)+$/u

/**
 * One way to write what people type and say: half width, lower case, simplified characters, no invisible or pictorial ones, × x X ＊ 乘 as *
 * between digits, Ø as φ, common units by their short names, spoken digits as digits; no politeness around it. Longer texts keep their last
 * thousand characters.
 */
export function normaliseMessage(text: string): string {
  const written = simplify(
    text.slice(-textMax).normalize('NFKC').replace(invisible, '').replace(pictures, ' ').toLowerCase(),
  )
    .replace(/@(?!一?下|\s*\d)\S+/g, ' ')
    .replace(/(?<=\d)\s*[×x✕＊乘]\s*(?=\d)/g, '*')
    .replace(startedAgain, '')
    .replace(/[∅ø]/g, 'φ')
    .replace(/(?<![a-z])fai(?=\d)/g, 'φ')
    .replace(/(so\d{6})\s+(\d{3,6})(?!\d)/g, '$1-$2')
    .replace(/公斤|千克/g, 'kg')
    .replace(/帐(?!篷)/g, '账')
    .replace(/纪录/g, '记录')
    .replace(
      /几多|得几(?=[个只支盒箱])|好多(?=[个只支盒箱包把条卷袋件套双瓶桶台张副片根钱家单])|多小(?=[个只支盒箱钱])/g,
      '多少',
    )
    .replace(/[零一二三四五六七八九幺]{4,}/g, spokenDigits)
    .replace(
      spokenSize,
      (_, kind: string, first: string, next = '') => kind + sizeOf(first) + (next && `*${sizeOf(next)}`),
    )
    .replace(/\b(?:tmr|tmrw)\b/g, 'tomorrow')
    .replace(/\byr\b/g, 'year')
    .replace(/\bhalf a year\b/g, '6 months')
    .replace(/\s+/g, ' ')
    .trim()
  const bare = written.replace(before, '').replace(aside, '').replace(after, '').replace(whatFor, '').trim()
  // A greeting alone is not politeness around something.
  return bare === '' ? written : bare
}

/** 我好腾地方: what he wants it for. */
const whatFor = /[\s,，。]+我好(?!几|多|像)\p{Script=Han}{2,8}$/u
/** 昌…海昌钢构: who begins a name again means the second one. */
const startedAgain = /(\p{Script=Han}{1,6})(?:…+|\.{2,}|—{2,})\s*(?=\p{Script=Han}{0,4}\1)/gu
/** m十乘一百 is M10*100, dn二十五 is DN25. */
const spokenSize = /(?<![a-z])(m|dn|φ)\s*([二两三四五六七八九十百]+)(?:\s*[乘*]\s*([一二两三四五六七八九十百\d]+))?/g
const sizeOf = (said: string): string => String(/\d/.test(said) ? said : (readNumeral(said) ?? said))

const spokenDigits = (said: string): string =>
  [...said].map((digit) => (digit === '幺' ? '1' : digitWords.indexOf(digit))).join('')

const englishWords =
  /\b(how|what|what's|whats|who|which|where|when|stock|owe|owes|us|order|orders|status|waiting|approve|approval|approvals|left|credit|overdue|is|are|do|does|has|have|help|much|many|for|of|in|the|list|show|any|anything|me|my|price|margin|sales|sold|quote|draft|alert|ping|log|ageing|aging|statement|collections|movements|top|card|pipeline|target|below|coming|due|can|we|should|today|joke|tell)\b/gi

/** English by its words: names stay as they are stored, so that Chinese names may stand among them. */
export function languageOfMessage(text: string): 'zh' | 'en' {
  const words = new Set(text.toLowerCase().match(englishWords))
  const hasChinese = /\p{Script=Han}/u.test(text)
  return words.size >= (hasChinese ? 2 : 1) ? 'en' : 'zh'
}
