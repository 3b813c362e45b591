import { Decimal, type Field, type KindName } from '#contract'

/** What stands in a cell: figures and days as numbers, which the column's format shows; all else as text. */
export type CellValue = string | number | null

type InCell = {
  /** The number that stands for a value of this kind; kinds without stand as people read them. */
  number?: (value: string) => number | string
  /** How Excel shows it. */
  format?: string
  width: number
}

const dayMs = 86_400_000
/** Excel counts days from here. */
const dayZero = Date.UTC(1899, 11, 30)
/** More digits than a cell can hold to the last of them. */
const digitsMax = 15

const figure = (value: Decimal, text: string): number | string =>
  value.precision(true) <= digitsMax ? value.toNumber() : text
const asIs = (text: string): number | string => figure(new Decimal(text), text)

const kinds: Record<KindName, InCell> = {
  money: { number: asIs, format: '#,##0.00', width: 14 },
  price: { number: asIs, format: '#,##0.00####', width: 12 },
  quantity: { number: asIs, width: 12 },
  integer: { number: asIs, width: 10 },
  percent: { number: (text) => figure(new Decimal(text).div(100), `${text}%`), format: '0.00%', width: 10 },
  day: { number: (day) => serial(Date.parse(`${day}T00:00:00Z`)), format: 'yyyy-mm-dd', width: 12 },
  instant: { number: (at) => serial(wallClock(at)), format: 'yyyy-mm-dd hh:mm', width: 17 },
  yesNo: { width: 8 },
  choice: { width: 12 },
  choices: { width: 18 },
  text: { width: 18 },
  longText: { width: 32 },
  phone: { width: 16 },
  email: { width: 24 },
  url: { width: 28 },
  person: { width: 12 },
  department: { width: 14 },
  link: { width: 24 },
}

export const formatOf = ({ kind }: Field): string | undefined => kinds[kind].format

/** Wide enough for what usually stands there, and for its heading: a Chinese character takes two places. */
export function widthOf({ kind }: Field, heading: string): number {
  const places = heading.replace(/[^ -ÿ]/g, '  ').length
  return Math.max(kinds[kind].width, places + 2)
}

/** The number that a value is in a workbook; undefined for what stands there as text. */
export function numberOf({ kind }: Field, value: unknown): number | string | undefined {
  const { number } = kinds[kind]
  return number && (typeof value === 'string' || typeof value === 'number') ? number(String(value)) : undefined
}

const serial = (utcMs: number): number => (utcMs - dayZero) / dayMs

const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })
/** A moment as the clock on the wall shows it, as if that were UTC: a workbook knows no zones. */
const wallClock = (iso: string): number => Date.parse(`${clock.format(new Date(iso)).replace(' ', 'T')}Z`)
