import { Decimal, type Entered, parseEntered, Refusal, toBase, type UnitRatio } from '#contract'

/** What somebody typed as a quantity: nothing yet, something that is none, or so many of these units. */
export type ReadQuantity =
  | { kind: 'blank' }
  | { kind: 'unread'; refusal: Refusal }
  | { kind: 'read'; entered: Entered; base: string }

/** Reads '12箱7支', '12 箱', '240'. What does not come out in the base unit is refused with the reason, never rounded. */
export function readQuantity(typed: string, units: readonly UnitRatio[]): ReadQuantity {
  if (typed.trim() === '') return { kind: 'blank' }
  const entered = parseEntered(typed, units)
  if (!entered) return { kind: 'unread', refusal: unknownUnit(typed, units) }
  try {
    const base = toBase(entered, units)
    return new Decimal(base).isZero() ? { kind: 'blank' } : { kind: 'read', entered, base }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'unread', refusal: error }
    throw error
  }
}

/** '12箱7支', as a person would type it. */
export const typedOf = (entered: Entered): string => entered.map(({ quantity, unit }) => quantity + unit).join('')

/** How many of each unit were typed, by unit. */
export function countsOf(typed: string, units: readonly UnitRatio[]): Record<string, string> {
  const counts: Record<string, string> = {}
  for (const { unit, quantity } of parseEntered(typed, units) ?? [])
    counts[unit] = new Decimal(counts[unit] ?? 0).plus(quantity).toString()
  return counts
}

/** The same quantity with another count of one unit; a count of nothing leaves the unit out. */
export function withCount(typed: string, units: readonly UnitRatio[], unit: string, count: string): string {
  const counts = { ...countsOf(typed, units), [unit]: count }
  return largestFirst(units)
    .filter((one) => isCount(counts[one.unit]))
    .map((one) => `${counts[one.unit]}${one.unit}`)
    .join('')
}

/** One more or one less of a unit, never below nothing. */
export function stepped(typed: string, units: readonly UnitRatio[], unit: string, by: 1 | -1): string {
  const next = new Decimal(countsOf(typed, units)[unit] ?? 0).plus(by)
  return withCount(typed, units, unit, Decimal.max(0, next).toString())
}

export const largestFirst = (units: readonly UnitRatio[]): UnitRatio[] =>
  [...units].sort((a, b) => sizeOf(b).cmp(sizeOf(a)))

const sizeOf = ({ numerator, denominator }: UnitRatio): Decimal => new Decimal(numerator).div(denominator)

const isCount = (count: string | undefined): boolean =>
  count !== undefined && /^\d+(\.\d+)?$/.test(count) && Number(count) > 0

const unknownUnit = (typed: string, units: readonly UnitRatio[]): Refusal =>
  new Refusal('unknown_unit', {
    unit: typed.replace(/[\d.,\s]/g, '') || typed,
    units: units.map(({ unit }) => unit).join('、'),
  })
