import { cueWordAt } from './cue-words.ts'
import type { NameIndex } from './name-index.ts'

/** What a text is made of besides asking words: pieces that some name knows, and runs that none knows, in their order. */
export type Word = {
  text: string
  at: number
  isKnown: boolean
  /** Nothing stands between it and the word before. */ touches: boolean
}

const token = /[a-zφ]*\d[a-z\d.*/φ-]*寸?|[a-z]+/y
const han = /\p{Script=Han}/u
/** Single characters that tell sizes and colours apart, also where no name knows them. */
const telling = /[红黄蓝绿白黑灰粉紫橙棕金银左右粗细]/

/**
 * `knows`: whether some name holds a piece. A piece that is known goes before an asking word of the same length. `sounds`: whether some name
 * sounds so, asked where an asking character stands behind a strange one: 透名 is 透明.
 */
export function wordsIn(text: string, knows: (piece: string) => boolean, sounds: (piece: string) => boolean): Word[] {
  const words: Word[] = []
  let end = -1
  let isOpen = false
  const push = (piece: string, at: number, isKnown: boolean): void => {
    words.push({ text: piece, at, isKnown, touches: end === at && words.length > 0 })
    end = at + piece.length
  }
  for (let i = 0; i < text.length;) {
    const cue = cueWordAt(text, i)
    const whole = tokenAt(text, i)
    const piece = isJoint(text, i, end, knows) ? 0 : knownAt(text, i, knows)
    if (piece > Math.max(cue, whole)) {
      push(text.slice(i, i + piece), i, true)
      isOpen = false
      i += piece
    } else if (isOpen && cue === 1 && /[和与]/.test(text[i]!) && end === i) {
      // 宏和建材: what nobody knows goes on behind 和.
      words.at(-1)!.text += text[i]!
      end = ++i
    } else if (cue >= Math.max(whole, 1)) {
      isOpen = false
      i += cue
    } else if (whole > 0) {
      const said = text.slice(i, i + whole).replace(/[.*/-]+$/, '')
      push(said, i, knows(said))
      end = i + whole
      isOpen = false
      i += whole
    } else if (han.test(text[i]!)) {
      const two = text.slice(i, i + 2)
      if (!isOpen && cueWordAt(text, i + 1) === 1 && sounds(two)) {
        push(two, i, true)
        i += 2
        continue
      }
      const last = words.at(-1)
      if (isOpen && last && end === i) {
        last.text += text[i]
        end = i + 1
      } else push(text[i]!, i, false)
      isOpen = true
      i++
    } else {
      isOpen = false
      i++
    }
  }
  return words.filter(
    (word, i) => word.isKnown || word.text.length > 1 || telling.test(word.text) || isBeginning(word, words[i + 1]),
  )
}

/** 宏达和顺兴: what joins two names is not the beginning of a third, where the one behind it is longer without it. */
const isJoint = (text: string, at: number, end: number, knows: (piece: string) => boolean): boolean =>
  end === at && /[和跟与]/.test(text[at]!) && knownAt(text, at + 1, knows) >= Math.max(2, knownAt(text, at, knows))

/** One character right before a piece that some name knows begins another name: 瑞辉五金 is not any 辉五金. */
const isBeginning = ({ text }: Word, next: Word | undefined): boolean =>
  next !== undefined && next.touches && next.isKnown && han.test(text) && han.test(next.text)

/** What goods are called by one character alone: 锁还有多少. Asked for only where nothing else is named. */
export const headsIn = (text: string, items: NameIndex): Word[] =>
  betweenCues(text)
    .filter(({ text: sign, at }) => items.isHead(sign) && isFree(text, at))
    .slice(0, 1)

/** Nothing before it that it could end, nothing behind it that it could begin. */
const isFree = (text: string, at: number): boolean =>
  /^$|[\s的,，:：]/.test(text[at - 1] ?? '') &&
  (/^$|[\s有还在要能多价几啥哪,，?？]/.test(text[at + 1] ?? '') || cueWordAt(text, at + 1) > 1)

/** Single characters that no asking word holds. */
function betweenCues(text: string): Word[] {
  const found: Word[] = []
  for (let i = 0; i < text.length; i += Math.max(1, cueWordAt(text, i)))
    if (cueWordAt(text, i) === 0 && han.test(text[i]!))
      found.push({ text: text[i]!, at: i, isKnown: true, touches: false })
  return found
}

function tokenAt(text: string, at: number): number {
  if (/[a-z\d]/.test(text[at - 1] ?? '')) return 0
  token.lastIndex = at
  return token.exec(text)?.[0].length ?? 0
}

const pieceMax = 12
/** How much from here on some name holds; never half of a Latin word or a number. */
function knownAt(text: string, at: number, knows: (piece: string) => boolean): number {
  if (text[at] === ' ') return 0
  const begins = /[a-z\d]/
  if (begins.test(text[at]!) && begins.test(text[at - 1] ?? '')) return 0
  let best = 0
  for (let length = 1; length <= pieceMax && at + length <= text.length; length++) {
    const piece = text.slice(at, at + length)
    if (/\s/.test(piece.at(-1)!)) break
    if (length === 1 && !telling.test(piece) && !(han.test(piece) && cueWordAt(text, at) === 0)) continue
    const isCut = begins.test(piece.at(-1)!) && begins.test(text[at + length] ?? '')
    if (isCut) continue
    if (!knows(piece)) {
      if (length > 1 && !/[a-z\d]/.test(piece)) break
      continue
    }
    best = length
  }
  return isHousehold(text, at, best) && knows(text.slice(at, at + best - 1)) ? best - 1 : best
}

/** 金隆家的账龄 is that of 金隆, and not of some 金隆家具. */
const isHousehold = (text: string, at: number, length: number): boolean =>
  length > 2 &&
  text[at + length - 1] === '家' &&
  /^(?:的|那|这|还|欠|最|上|本|今|[\s,，]|$)/.test(text.slice(at + length))
