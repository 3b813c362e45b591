import { normalise, toInitials, toPinyin } from '#kernel/search'

/** A name that a message may mean. Items are meant by name and spec, customers and warehouses by their names. */
export type Named = {
  kind: 'item' | 'customer' | 'warehouse'
  id: string
  name: string
  others: readonly string[]
  code: string
  spec: string
}

/** A name in all the ways people write it, made once when the lexicon is built. */
export type Entry = Named & {
  forms: readonly string[]
  whole: string
  /** Its spec by parts, and in one piece without spaces and hyphens. */
  specParts: readonly string[]
  specPiece: string
  pinyin: string
  /** The same as those write it who do not tell zh from z, or ing from in. */
  loosePinyin: string
  initials: string
}

const companyWords = /(股份)?有限(责任)?公司|商行|经营部|批发部|贸易|五金$/g
const latinCode = /^[a-z]{3,}$/

export function entryOf(named: Named): Entry {
  const forms = [named.name, ...named.others].map(compact).filter(Boolean)
  const stripped = named.kind === 'customer' ? compact(named.name.replace(companyWords, '')) : ''
  const code = compact(named.code)
  const spoken = named.kind === 'warehouse' && latinCode.test(code) ? [code] : []
  const all = [...new Set([...forms, stripped, ...spoken].filter((form) => form.length > 1))]
  const pinyin = all.map(toPinyin).join('|')
  return {
    ...named,
    forms: all,
    whole: [compact(named.name), compact(named.spec), code, ...forms].join('|'),
    specParts: normalise(named.spec).split(/\s+/).filter(Boolean).map(compact),
    specPiece: pieceOf(named.spec),
    pinyin,
    loosePinyin: loose(pinyin),
    initials: all.map(toInitials).join('|'),
  }
}

export const compact = (text: string): string => normalise(text).replace(/\s+/g, '')
/** A spec as it is said: 6204-2RS is 62042rs. */
export const pieceOf = (spec: string): string => compact(spec).replaceAll('-', '')
export const loose = (pinyin: string): string => pinyin.replace(/([zcs])h/g, '$1').replace(/(in|en|an)g/g, '$1')
