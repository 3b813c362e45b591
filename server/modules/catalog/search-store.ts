import { joinSql, noSql, type Sql, sql, type Tx } from '#kernel/db'
import { grams, normalise, searchGrams, searchWords, toInitials, toPinyin } from '#kernel/search'

type Named = { code: string; name: string; spec?: string; brand?: string; aliases?: readonly string[] }

/** What is stored so that an item is found: by code, name, pinyin, initials, each also run together with the specification. */
export function searchColumns({ code, name, spec = '', brand = '', aliases = [] }: Named) {
  const names = [name, ...aliases].flatMap((one) => [one, toPinyin(one), toInitials(one)])
  const written = [code, ...names, ...names.map((one) => one + spec), spec, brand].map(compact).filter(Boolean)
  const texts = [...new Set(written)]
  return { pinyin: toPinyin(name), initials: toInitials(name), grams: grams(texts), searchText: texts.join('\n') }
}

const compact = (text: string): string => normalise(text).replace(/\s+/g, '')

/** The words of a search all stand in the row's texts; the pieces find the candidates by their index. */
export function foundBy(q: string): Sql {
  const inTexts = searchWords(q).map((word) => sql`position(${word} in search_text) > 0`)
  return joinSql([sql`grams @> ${searchGrams(q)}::text[]`, ...inTexts], ' and ')
}

/** Items that a search finds. Not by one condition with an `or`: each of thousands of hits would have its pieces unpacked and compared once more. */
const matching = (q: string): Sql => sql`(
  select * from item where ${foundBy(q)}
  union all
  select * from item where ${hasBarcode(q)} and not (${foundBy(q)})) as item`

// One look-up for the whole statement, not one for each row.
const hasBarcode = (q: string): Sql => sql`id = any(array(select item_id from barcode where code = ${q}))`

/** 0 the code itself or its barcode, 1 a whole name, 2 a code that begins so, 3 a name that begins so, 4 the rest. The code is the first of the texts. */
const rankFor = (whole: string, q: string): Sql => sql`
  case
    when starts_with(search_text || e'\n', ${`${whole}\n`}) or ${hasBarcode(q)} then 0
    when position(${`\n${whole}\n`} in search_text || e'\n') > 0 then 1
    when starts_with(search_text, ${whole}) then 2
    when position(${`\n${whole}`} in search_text) > 0 then 3
    else 4
  end`

export type ItemFilter = { q?: string; category?: string; familyId?: string; active?: boolean }
export type Found = { id: string; code: string; rank: number }

/** The next items of a list: best hits first, then by code. */
export async function findItemPage(
  tx: Tx,
  filter: ItemFilter,
  after: readonly (string | number)[] | undefined,
  limit: number,
): Promise<Found[]> {
  const q = filter.q?.trim() ?? ''
  const words = searchWords(q)
  const conditions = [
    sql`true`,
    filter.category ? sql`category = ${filter.category}` : undefined,
    filter.familyId ? sql`family_id = ${filter.familyId}::uuid` : undefined,
    filter.active === undefined ? undefined : sql`active = ${filter.active}`,
  ].filter((condition) => condition !== undefined)
  const rank = words.length > 0 ? rankFor(words.join(''), q) : sql`0`
  return tx.$queryRaw<Found[]>`
    select id, code, rank from (
      select id, code, ${rank} as rank from ${words.length > 0 ? matching(q) : sql`item`} where ${joinSql(conditions, ' and ')}) as found
    ${after ? sql`where (rank, code) > (${after[0]}::int, ${after[1]})` : noSql}
    order by rank, code limit ${limit}`
}
