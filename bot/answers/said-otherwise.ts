import { cueWordAt } from './cue-words.ts'
import { daysIn } from './dates.ts'
import { bestScore } from './match.ts'
import type { NameIndex } from './name-index.ts'
import { fill } from './parts.ts'
import type { Known } from './understanding.ts'

/** What people say of a place instead of its name, where only one can be meant. */
const places: readonly (readonly [said: RegExp, inName: string])[] = [
  [/(?<![租火汽电公动客班机])车[上里]/, '车'],
  [/店里(?!的)|门市部?|店面/, '店'],
]
/** So long, a name is that of the place also without 仓. */
const placeMin = 4
const joints = ['那个', '这个', '那', '这', '的']
export function withPlaces(text: string, warehouses: NameIndex): string {
  const whole = warehouses.entries.reduce((rest, { name }) => {
    // 退货待检那个仓里
    const begins = name.endsWith('仓') && name.length > 2 ? name.slice(0, -1) : undefined
    if (!begins) return rest
    const joined = joints.reduce((said, joint) => said.replace(`${begins}${joint}仓`, name), rest)
    return begins.length >= placeMin && !joined.includes(name) ? joined.replace(begins, name) : joined
  }, text)
  return places.reduce((rest, [said, inName]) => {
    const meant = warehouses.entries.filter(({ name }) => name.includes(inName))
    return meant.length === 1 && meant[0] ? rest.replace(said, meant[0].name) : rest
  }, whole)
}

/** 75*4.8 is 4.8*75 where only that is known. */
export const withSizesTurned = (text: string, items: NameIndex): string =>
  text.replace(/(?<![a-z\d*.])(\d+(?:\.\d+)?)\*(\d+(?:\.\d+)?)(?![\d*.])/g, (said, one: string, other: string) =>
    bestScore(said, items) === 0 && bestScore(`${other}*${one}`, items) > 0 ? `${other}*${one}` : said,
  )

/** DN 50 is DN50 where goods of that size are known. */
export const withSizesJoined = (text: string, items: NameIndex): string =>
  text.replace(/(?<![a-z])([a-z]{1,4}) +(\d[\d*.]*)(?![a-z\d])/g, (said, letters: string, digits: string) =>
    cueWordAt(letters, 0) < letters.length && bestScore(letters + digits, items) > 0 ? letters + digits : said,
  )

/** 12号铁丝 is a size and no day: what stands right beside an item's name is one of its sizes where it has such. */
export function daysBesideSizes(text: string, whole: string, known: Known): ReturnType<typeof daysIn> {
  const size = /(?<![\d*.月])\d{1,2}号/.exec(text)
  const [, before = '', behind = ''] = size ? (new RegExp(`(..)?\\s*${size[0]}(..)?`).exec(whole) ?? []) : []
  const isBeside = [before, behind].some((piece) => piece !== '' && known.items.knows(piece))
  const isSize = size && isBeside && bestScore(size[0], known.items) > 0
  if (!isSize) return daysIn(text, known.today)
  const end = size.index + size[0].length
  const { days, rest } = daysIn(fill(text, size.index, end), known.today)
  return { ...(days ? { days } : {}), rest: rest.slice(0, size.index) + size[0] + rest.slice(end) }
}
