import { readNumeral } from './numerals.ts'

/** A share that something is to reach: 七成, 百分之八十, 80%. */
const shares: readonly (readonly [pattern: RegExp, of: number])[] = [
  [/([\d一二三四五六七八九])成(?![本交单功品都员])/, 10],
  [/百分之([\d一二三四五六七八九十百]+)/, 1],
  [/(\d{1,3})%/, 1],
]
const isUnder = /[没未](?:有)?.{0,3}[到达完过做]|不[到足够及]|低于|少于|差于|以下|\b(?:below|under|less than)\b/

/** 不到七成 is under 70 percent, 超过八成 is over 80; nothing where no share is said, or more than all. */
export function shareIn(message: string): { under?: number; over?: number } | undefined {
  for (const [pattern, of] of shares) {
    const said = pattern.exec(message)?.[1]
    const count = said === undefined ? undefined : /^\d+$/.test(said) ? Number(said) : readNumeral(said)
    if (count !== undefined && count * of <= mostPercent)
      return isUnder.test(message) ? { under: count * of } : { over: count * of }
  }
  return undefined
}
const mostPercent = 200

export const saysShare = (message: string): boolean => shares.some(([pattern]) => pattern.test(message))
