import { Decimal } from 'decimal.js'
import { z } from 'zod'

Decimal.set({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -30, toExpPos: 40 })
export { Decimal }

/** UUID v7, made by whoever first wants the thing. */
export const Id = z.uuid({ error: '编号格式不对 / not an id' })

const decimalText = (whole: number, scale: number, what: string) =>
  z.string().regex(new RegExp(`^-?\\d{1,${whole}}(\\.\\d{1,${scale}})?$`), {
    error: `${what}格式不对，最多 ${scale} 位小数 / at most ${scale} decimals`,
  })

/** Yuan, two decimals, as text: '6243.64'. */
export const Money = decimalText(16, 2, '金额')
/** Price of one base unit, tax included, six decimals. */
export const Price = decimalText(12, 6, '单价')
/** Quantity in the item's base unit, four decimals. */
export const Quantity = decimalText(14, 4, '数量')
/** Per cent: '21.15' is 21.15 %. */
export const Percent = decimalText(6, 4, '百分比')
/** A day of the company's calendar, 'YYYY-MM-DD'. */
export const Day = z.iso.date({ error: '日期格式应为 YYYY-MM-DD / a date looks like YYYY-MM-DD' })
/** A moment, ISO 8601 with zone. */
export const Instant = z.iso.datetime({ offset: true })
/** Grows with each change of a document; sent back with a change, so that nobody overwrites what he has not seen. */
export const Version = z.coerce.number().int().min(1)

/** Rounds to the fen, half up: the one rounding point of an amount. */
export const toMoney = (value: Decimal.Value): string => new Decimal(value).toFixed(2)
export const toPrice = (value: Decimal.Value): string => trim(new Decimal(value).toFixed(6))
export const toQuantity = (value: Decimal.Value): string => trim(new Decimal(value).toFixed(4))
export const toPercent = (value: Decimal.Value): string => new Decimal(value).toFixed(2)

const trim = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits)

/** A page of a list: hand `cursor` back to get the next one; null at the end. */
export const pageOf = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), cursor: z.string().nullable() })

/** What every list takes. */
export const ListInput = z.object({
  q: z.string().max(100).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
