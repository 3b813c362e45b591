import { Refusal, type UnitRatio } from '#contract'

export type Barcode = { code: string; unit: string }
/** What of an item its documents rely on. */
export type Measured = { baseUnit: string; tracking: string; units: readonly UnitRatio[] }

/** All units of an item, the base unit first, each ratio in lowest terms. */
export function checkedUnits(baseUnit: string, others: readonly UnitRatio[]): UnitRatio[] {
  const units = [{ unit: baseUnit, numerator: 1, denominator: 1 }, ...others.map(inLowestTerms)]
  units.forEach(({ unit, numerator, denominator }, i) => {
    const refuse = (zh: string, en: string) =>
      new Refusal('bad_unit', { unit, reason: { zh, en } }, [{ field: `units.${i - 1}`, message: zh }])
    if (units.findIndex((one) => one.unit === unit) !== i) throw refuse('重复', 'given twice')
    if (i > 0 && numerator === denominator) throw refuse('与基本单位一样大', 'as large as the base unit')
  })
  return units
}

/** Barcodes stand for a unit of the item. */
export function checkBarcodes(units: readonly UnitRatio[], barcodes: readonly Barcode[]): void {
  barcodes.forEach(({ code, unit }, i) => {
    const known = units.some((one) => one.unit === unit)
    const twice = barcodes.findIndex((one) => one.code === code) !== i
    const zh = known ? `条码 ${code} 重复` : `条码 ${code} 用的单位不存在`
    const en = known ? `barcode ${code} is given twice` : `barcode ${code} stands for a unit that is not there`
    if (!known || twice)
      throw new Refusal('bad_unit', { unit, reason: { zh, en } }, [{ field: `barcodes.${i}`, message: zh }])
  })
}

/** What documents use stays as it is: they were written with that ratio, in that base unit, tracked that way. */
export function checkStillMeasured(item: string, before: Measured, after: Measured, used: ReadonlySet<string>): void {
  if (used.size === 0) return
  const refuse = (zh: string, en: string) => new Refusal('item_in_use', { item, what: { zh, en } })
  if (after.baseUnit !== before.baseUnit) throw refuse('基本单位', 'base unit')
  if (after.tracking !== before.tracking) throw refuse('追踪方式', 'tracking')
  for (const unit of before.units) {
    const kept = after.units.some((one) => one.unit === unit.unit && isSameRatio(one, unit))
    if (!kept && used.has(unit.unit)) throw new Refusal('unit_in_use', { unit: unit.unit })
  }
}

/** 「1 箱 = 1000 支；1 盒 = 50 支」. */
export function sayPacking(baseUnit: string, units: readonly UnitRatio[]): string {
  return units
    .filter((one) => one.unit !== baseUnit)
    .map(({ unit, numerator, denominator }) => `${denominator} ${unit} = ${numerator} ${baseUnit}`)
    .join('；')
}

const isSameRatio = (a: UnitRatio, b: UnitRatio): boolean =>
  a.numerator === b.numerator && a.denominator === b.denominator

function inLowestTerms({ unit, numerator, denominator }: UnitRatio): UnitRatio {
  const divisor = greatestCommonDivisor(numerator, denominator)
  return { unit, numerator: numerator / divisor, denominator: denominator / divisor }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
