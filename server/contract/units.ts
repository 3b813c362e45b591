import { z } from 'zod'
import { defineRefusals, Refusal } from './refusal.ts'
import { Decimal, Quantity, toQuantity } from './values.ts'

/** One unit holds `numerator / denominator` base units: an exact ratio of whole numbers (1 箱 = 1000/1 支). */
export type UnitRatio = { unit: string; numerator: number; denominator: number }

/** A quantity as people say it: 12 箱 7 支. */
export const Entered = z
  .array(z.strictObject({ unit: z.string().min(1).max(12), quantity: Quantity }))
  .min(1)
  .max(6)
export type Entered = z.output<typeof Entered>

export const unitRefusals = defineRefusals({
  unknown_unit: {
    status: 422,
    zh: '没有单位「{unit}」，可用单位：{units}',
    en: 'There is no unit "{unit}"; use one of {units}',
  },
  inexact_quantity: {
    status: 422,
    zh: '{quantity} {unit} 折算成{base}除不尽，请改用{base}填写',
    en: '{quantity} {unit} does not come out exactly in {base}; enter it in {base}',
  },
})

const ratioOf = (units: readonly UnitRatio[], unit: string): UnitRatio => {
  const ratio = units.find((one) => one.unit === unit)
  if (!ratio) throw new Refusal('unknown_unit', { unit, units: units.map((one) => one.unit).join('、') })
  return ratio
}

/** Exact conversion to the base unit. What does not come out in four decimals is refused, never rounded. */
export function toBase(entered: Entered, units: readonly UnitRatio[]): string {
  let base = new Decimal(0)
  for (const { unit, quantity } of entered) {
    const { numerator, denominator } = ratioOf(units, unit)
    const exact = new Decimal(quantity).times(numerator)
    const part = exact.div(denominator).toDecimalPlaces(4, Decimal.ROUND_DOWN)
    // Multiplying back finds what the division could not express; comparing whole numbers is exact.
    if (!part.times(denominator).eq(exact))
      throw new Refusal('inexact_quantity', { quantity, unit, base: baseUnit(units) })
    base = base.plus(part)
  }
  return toQuantity(base)
}

/** A base quantity in the largest units it fills whole: 12007 -> 12 箱 7 支. */
export function fromBase(base: Decimal.Value, units: readonly UnitRatio[]): Entered {
  let rest = new Decimal(base)
  const negative = rest.isNegative()
  rest = rest.abs()
  const entered: Entered = []
  for (const { unit, numerator, denominator } of largestFirst(units)) {
    const isBase = numerator === denominator
    const count = isBase ? rest : rest.times(denominator).div(numerator).floor()
    if (count.isZero()) continue
    entered.push({ unit, quantity: toQuantity(negative ? count.neg() : count) })
    rest = rest.minus(isBase ? rest : count.times(numerator).div(denominator))
  }
  return entered.length > 0 ? entered : [{ unit: baseUnit(units), quantity: '0' }]
}

/** '12 箱 7 支', as it stands on cards, paper and pages. */
export const showQuantity = (base: Decimal.Value, units: readonly UnitRatio[]): string =>
  fromBase(base, units)
    .map(({ quantity, unit }) => `${quantity.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')} ${unit}`)
    .join(' ')

/** Reads '12箱7支', '12 箱 7', '240' (base unit). Null when it is none of the item's units. */
export function parseEntered(text: string, units: readonly UnitRatio[]): Entered | null {
  const compact = text.replace(/[\s,，]/g, '')
  const parts = [...compact.matchAll(/(\d+(?:\.\d+)?)([^\d.]*)/g)]
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== compact) return null
  const entered = parts.map(([, quantity = '', unit = '']) => ({ quantity, unit: unit || baseUnit(units) }))
  return entered.every(({ unit }) => units.some((one) => one.unit === unit)) ? entered : null
}

export const baseUnit = (units: readonly UnitRatio[]): string =>
  units.find((one) => one.numerator === one.denominator)?.unit ?? ''

const largestFirst = (units: readonly UnitRatio[]): UnitRatio[] =>
  [...units].sort((a, b) =>
    new Decimal(b.numerator).div(b.denominator).cmp(new Decimal(a.numerator).div(a.denominator)),
  )
