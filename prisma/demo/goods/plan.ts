import type { Tracking } from '../shapes.ts'

export type Axis = { key: string; label: string; values: readonly string[] }
/** A family of items as the demo describes it. */
export type Plan = {
  code: string
  name: string
  category: string
  brand: string
  axes: readonly Axis[]
  /** The spec as it stands on labels: 'M10*100 镀锌'. */
  spec: (variant: Record<string, string>) => string
  /** List price of one base unit, tax included, in yuan. */
  price: (variant: Record<string, string>) => number
  unit: string
  packs: readonly [unit: string, holds: number, of?: number][]
  tracking?: Tracking
  aliases?: readonly string[]
  /** Cost as a share of the list price. */
  costShare?: number
  skip?: (variant: Record<string, string>) => boolean
}

export const number = (text: string | undefined): number => Number(/[\d.]+/.exec(text ?? '')?.[0] ?? 0)
export const thread = (values: readonly string[]): Axis => ({ key: 'thread', label: '螺纹', values })
export const length = (values: readonly string[]): Axis => ({ key: 'length', label: '长度', values })
export const grade = (values: readonly string[]): Axis => ({ key: 'grade', label: '等级', values })
export const finish = (values: readonly string[]): Axis => ({ key: 'finish', label: '表面', values })
export const kind = (label: string, values: readonly string[]): Axis => ({ key: 'kind', label, values })

/** What a bolt weighs on the price: thickness squared times length, in round figures. */
export const boltPrice = (variant: Record<string, string>, factor: number): number =>
  0.02 + (number(variant['thread']) ** 2 * (number(variant['length']) + 12) * factor) / 100_000
export const metric = (variant: Record<string, string>): string =>
  [`${variant['thread']}*${variant['length']}`, variant['grade'], variant['finish']].filter(Boolean).join(' ')
export const small: readonly [string, number][] = [
  ['盒', 100],
  ['箱', 2000],
]
export const large: readonly [string, number][] = [
  ['盒', 50],
  ['箱', 1000],
]

export function metricNut(variant: Record<string, string>): string {
  return `${variant['thread']} ${variant['finish']}`
}
