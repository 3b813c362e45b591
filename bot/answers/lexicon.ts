import { normalise, toInitials, toPinyin } from '#kernel/search'
import { simplify } from './simplify.ts'

export type NameKind = 'item' | 'customer' | 'warehouse' | 'supplier' | 'category' | 'colleague'

/** A name that a message may mean. Items are meant by name and spec, the others by their names. */
export type Named = {
  kind: NameKind
  id: string
  name: string
  others: readonly string[]
  code: string
  spec: string
  /** What tells it from others of its family, also where its spec does not say so: 镀锌 beside 304. */
  values?: readonly string[]
}

/** A name in all the ways people write it, made once when the lexicon is built. */
export type Entry = Named & {
  codeForm: string
  forms: readonly string[]
  whole: string
  /** Its spec by parts, and in one piece without spaces and hyphens. */
  specParts: readonly string[]
  specPiece: string
  pinyin: string
  /** The same as those write it who do not tell zh from z, or ing from in. */
  loosePinyin: string
  initials: readonly string[]
}

const companyWords = /(股份)?有限(责任)?公司|商行|经营部|批发部|贸易|五金$/g
const latinCode = /^[a-z]{3,}$/

export function entryOf(named: Named): Entry {
  const forms = [named.name, ...named.others].map(compact).filter(Boolean)
  const isCompany = named.kind === 'customer' || named.kind === 'supplier'
  const stripped = isCompany ? compact(named.name.replace(companyWords, '')) : ''
  const code = compact(named.code)
  const spoken = named.kind === 'warehouse' && latinCode.test(code) ? [code] : []
  const called = named.kind === 'item' && code.length > 3 ? [code] : []
  const all = [...new Set([...forms, stripped, ...spoken, ...called].filter((form) => form.length > 1))]
  const specParts = normalise(named.spec).split(/\s+/).filter(Boolean).map(compact)
  // The letter of T恤 is spoken as 提.
  const sounds = all.map((form) => form.replace(/t(?=恤)/g, '提')).map(soundOf)
  const pinyin = [...sounds, ...specParts.filter((part) => hanOnly.test(part)).map(soundOf)]
    .map((sound) => sound.pinyin)
    .join('|')
  return {
    ...named,
    codeForm: code,
    forms: all,
    whole: [
      compact(named.name),
      compact(named.spec),
      code,
      ...forms,
      ...specParts.flatMap(alsoSaid),
      ...(named.values ?? []).map(compact),
    ].join('|'),
    specParts: specParts.flatMap((part) => [part, ...alsoSaid(part)]),
    specPiece: pieceOf(named.spec),
    pinyin,
    loosePinyin: withoutTellingApart(pinyin),
    initials: sounds.map((sound) => sound.initials),
  }
}

const han = /\p{Script=Han}/u
const hanOnly = /^\p{Script=Han}+$/u
const measures: Record<string, string> = {
  m: '米',
  mm: '毫米',
  cm: '厘米',
  ml: '毫升',
  l: '升',
  w: '瓦',
  v: '伏',
  kg: '公斤',
}
/** 5m is said 5米, and 黑色 is also 黑. */
function alsoSaid(part: string): string[] {
  if (/^.色$/u.test(part)) return [part.slice(0, 1)]
  if (/^(?:304|316|201)$/.test(part)) return ['不锈钢']
  const [, number, unit] = /^([\d.]+)([a-z]+)$/.exec(part) ?? []
  const said = unit && measures[unit]
  return said ? [`${number}${said}`] : []
}

type Sound = { pinyin: string; initials: string }
/** Thousands of items share a name, so that most of these are worked out once. */
const sounds = new Map<string, Sound>()
const soundsMax = 100_000

function soundOf(form: string): Sound {
  // Codes and sizes, of which each is written once, are said as they are written.
  if (!han.test(form)) {
    const written = form.toLowerCase().replace(/[^a-z\d]/g, '')
    return { pinyin: written, initials: written }
  }
  const known = sounds.get(form)
  if (known) return known
  if (sounds.size >= soundsMax) sounds.clear()
  const sound = { pinyin: toPinyin(form), initials: toInitials(form) }
  sounds.set(form, sound)
  return sound
}

/** How something is pronounced. */
export const pinyinOf = (form: string): string => soundOf(form).pinyin

const compact = (text: string): string => simplify(normalise(text)).replace(/\s+/g, '')
/** A spec as it is said: 6204-2RS is 62042rs. */
export const pieceOf = (spec: string): string => compact(spec).replaceAll('-', '')
/** Words are compared by it with many names, most of which were met before. */
const looseSounds = new Map<string, string>()

/** What sounds alike to many: zh and z, n and l, f and h, ing and in. */
export function loose(pinyin: string): string {
  const known = looseSounds.get(pinyin)
  if (known !== undefined) return known
  if (looseSounds.size >= soundsMax) looseSounds.clear()
  const sound = withoutTellingApart(pinyin)
  looseSounds.set(pinyin, sound)
  return sound
}

const withoutTellingApart = (pinyin: string): string =>
  pinyin
    .replace(/([zcs])h/g, '$1')
    .replace(/(in|en|an)g/g, '$1')
    .replace(/(?<![aeiou])n(?=[aeiouv])/g, 'l')
    .replace(/h(?=u)/g, 'f')
