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
export type Entry = Named & { forms: readonly string[]; whole: string; pinyin: string; initials: string }

const companyWords = /(股份)?有限(责任)?公司|商行|经营部|批发部|贸易|五金$/g

export function entryOf(named: Named): Entry {
  const forms = [named.name, ...named.others].map(compact).filter(Boolean)
  const stripped = named.kind === 'customer' ? compact(named.name.replace(companyWords, '')) : ''
  const all = [...new Set([...forms, stripped].filter((form) => form.length > 1))]
  return {
    ...named,
    forms: all,
    whole: [compact(named.name), compact(named.spec), compact(named.code), ...forms].join('|'),
    pinyin: all.map(toPinyin).join('|'),
    initials: all.map(toInitials).join('|'),
  }
}

export const compact = (text: string): string => normalise(text).replace(/\s+/g, '')
