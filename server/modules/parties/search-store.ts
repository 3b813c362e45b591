import { joinSql, type Sql, sql } from '#kernel/db'
import { grams, normalise, searchGrams, searchWords, toInitials, toPinyin } from '#kernel/search'

type Named = { number: string; name: string; shortName: string; aliases?: readonly string[] }

/** What is stored so that a party is found: by number, short and full names, their pinyin and initials. Lists stand in the order of the short name's pinyin. */
export function searchColumns({ number, name, shortName, aliases = [] }: Named) {
  const names = [shortName, name, ...aliases].flatMap((one) => [one, toPinyin(one), toInitials(one)])
  const texts = [...new Set([number, ...names].map(compact).filter(Boolean))]
  return {
    pinyin: toPinyin(shortName),
    initials: toInitials(shortName),
    grams: grams(texts),
    searchText: texts.join('\n'),
  }
}

const compact = (text: string): string => normalise(text).replace(/\s+/g, '')

/** The words of a search all stand in the row's texts; the pieces find the candidates by their index. */
export function foundBy(q: string): Sql {
  const inTexts = searchWords(q).map((word) => sql`position(${word} in search_text) > 0`)
  return sql`(${joinSql([sql`grams @> ${searchGrams(q)}::text[]`, ...inTexts], ' and ')})`
}

/** 0 the number itself, 1 a whole name, 2 a number that begins so, 3 a name that begins so, 4 the rest. */
export function rankFor(q: string): Sql {
  const whole = searchWords(q).join('')
  if (whole === '') return sql`0`
  return sql`
    case
      when lower(number) = ${whole} then 0
      when position(${`\n${whole}\n`} in e'\n' || search_text || e'\n') > 0 then 1
      when starts_with(lower(number), ${whole}) then 2
      when position(${`\n${whole}`} in e'\n' || search_text) > 0 then 3
      else 4
    end`
}
