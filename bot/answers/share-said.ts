import { readNumeral } from './numerals.ts'

/** A share that something is to reach, and how many percent its count stands for: 七成, 百分之八十, 80%. */
const shares: readonly (readonly [pattern: RegExp, percent: number])[] = [
  [/连?([\d一二三四五六七八九])成(?![本交单功品都员])/, 10],
  [/百分之([\d一二三四五六七八九十百]+)/, 1],
  [/(\d{1,3})%/, 1],
]
const mostPercent = 200
const isUnder = /[没未](?:有)?.{0,3}[到达完过做]|不[到足够及]|低于|少于|差于|以下|\b(?:below|under|less than)\b/

export type Share = { percent: number; isUnder: boolean }

/** The share that a message names, and the message without it: 不到七成 is under 70 percent. */
export function shareIn(message: string): { share?: Share; rest: string } {
  for (const [pattern, percent] of shares) {
    const found = pattern.exec(message)
    const said = found?.[1] ?? ''
    const count = /^\d+$/.test(said) ? Number(said) : readNumeral(said)
    if (!found || count === undefined || count * percent > mostPercent) continue
    const share = { percent: count * percent, isUnder: isUnder.test(message) }
    return { share, rest: message.replace(found[0], ' '.repeat(found[0].length)) }
  }
  return { rest: message }
}
