import type { OpenCompany } from './open-company.ts'
import type { StoredCompany } from './stored-company.ts'

/** One line of the output. `limit` is what the same server could do at best, measured in the same run. */
export type Figure = { name: string; value: number; unit: string; limit?: number; ratio?: number }
export type Report = (figure: Figure) => void

/** A benchmark looks at a company at work, or at its data before anybody has opened it; or at one with a million of everything. */
export type Benchmark = { name: string } & (
  | { on: 'stored company'; run: (company: StoredCompany, report: Report) => Promise<void> }
  | { on: 'open company' | 'large company'; run: (company: OpenCompany, report: Report) => Promise<void> }
)

const rounded = (figure: number): number => Number(figure.toPrecision(4))

/** So many a second; of the limit, the share that was reached. */
export const rate = (name: string, value: number, unit: string, limit?: number): Figure =>
  withLimit({ name, value: rounded(value), unit }, limit, (best) => value / best)

/** So long; half the ratio is twice as long as at best. */
export const duration = (name: string, ms: number, limitMs?: number): Figure =>
  withLimit({ name, value: rounded(ms), unit: 'ms' }, limitMs, (best) => best / ms)

function withLimit(figure: Figure, limit: number | undefined, ratio: (limit: number) => number): Figure {
  return limit === undefined ? figure : { ...figure, limit: rounded(limit), ratio: rounded(ratio(limit)) }
}

/** The value below which this share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (value === undefined) throw new Error('Nothing was measured.')
  return value
}

/** The middle and the slow end of latencies; beside them those of the least that could be done. */
export const latencies = (
  name: string,
  ms: readonly number[],
  limitMs?: readonly number[],
  shares: readonly number[] = [0.5, 0.95],
): Figure[] =>
  shares.map((share) => duration(`${name}/p${share * 100}`, quantile(ms, share), limitMs && quantile(limitMs, share)))
