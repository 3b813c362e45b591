import { Decimal, type Lang } from '#contract'

/** '12,007' from '12007'; decimals are left alone. */
export const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')

/** An amount in its parts, for setting the fen smaller than the yuan; a price, which has no more decimals than it needs, gets two at least. */
export function amountParts(value: string): { sign: string; whole: string; fen: string } {
  const [, sign = '', whole = '0', fen = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(value) ?? []
  return { sign: sign && '−', whole: grouped(whole), fen: (fen || '.').padEnd(3, '0') }
}

const steps: Record<Lang, readonly [from: string, words: string][]> = {
  zh: [
    ['100000000', '亿'],
    ['10000', '万'],
  ],
  en: [
    ['1000000', 'M'],
    ['1000', 'K'],
  ],
}

/** A large sum at a glance: ¥12.84万, ¥128.4K; the exact one stands beside it or one tap away. */
export function shortAmount(value: string, lang: Lang): string {
  const amount = new Decimal(value)
  const step = steps[lang].find(([from]) => amount.abs().gte(from))
  if (!step) return `¥${grouped(amount.toFixed(0))}`
  const scaled = amount.div(step[0])
  return `¥${grouped(scaled.toFixed(scaled.abs().gte(100) ? 1 : 2).replace(/\.?0+$/, ''))}${step[1]}`
}
