import { Decimal, type Field, type Option, type Text, valueSchema } from '#contract'

/** What a cell says: a value as it crosses the wire, or why it is none. */
export type Reading = { value: unknown } | { problem: Text }

const yes = new Set(['是', '有', '对', '启用', '在售', '√', 'y', 'yes', 'true', '1'])
const no = new Set(['否', '无', '不', '停用', '停售', '×', 'n', 'no', 'false', '0'])
/** How people write that there is nothing. */
const blanks = new Set(['', '-', '—', '--', '/', '无', 'n/a', '#n/a'])

export const isBlank = (cell: string): boolean => blanks.has(cell.trim().toLowerCase())

/** Reads a cell that is not blank as a value of its field's kind. */
export function readCell(field: Field, cell: string): Reading {
  const reading = readKind(field, cell.normalize('NFKC') === cell ? cell : narrowed(field, cell))
  if ('problem' in reading) return reading
  const parsed = schemaOf(field).safeParse(reading.value)
  return parsed.success ? { value: parsed.data } : { problem: problemOf(parsed.error.issues[0]?.message ?? '') }
}

/** A sheet has many cells of one field: its schema is made once. */
const schemas = new WeakMap<Field, ReturnType<typeof valueSchema>>()
function schemaOf(field: Field): ReturnType<typeof valueSchema> {
  const schema = schemas.get(field) ?? valueSchema(field)
  schemas.set(field, schema)
  return schema
}

/** Figures and choices are read in half width; names stay as they were written. */
const narrowed = (field: Field, cell: string): string =>
  field.kind === 'text' || field.kind === 'longText' ? cell : cell.normalize('NFKC')

function readKind(field: Field, cell: string): Reading {
  switch (field.kind) {
    case 'money':
      return decimal(cell, 2)
    case 'price':
      return decimal(cell, 6)
    case 'quantity':
      return decimal(cell, 4)
    case 'percent':
      return percent(cell)
    case 'integer':
      return whole(cell, field.min, field.max)
    case 'yesNo':
      return yesNo(cell)
    case 'choice':
      return choice(field.options, cell)
    case 'choices':
      return choices(field.options, cell)
    case 'day':
      return day(cell)
    case 'text':
    case 'longText':
      return words(cell, field.max ?? (field.kind === 'text' ? 200 : 2000))
    default:
      return { value: cell }
  }
}

function words(cell: string, max: number): Reading {
  const text = cell.replace(/\s+/g, ' ').trim()
  if (text.length <= max) return { value: text }
  return { problem: { zh: `太长：最多 ${max} 个字`, en: `Too long: at most ${max} characters` } }
}

/** '¥1,234.50 元' is 1234.50; '(12)' as accountants write it is -12. */
export function figure(cell: string): Decimal | null {
  const bare = cell
    .normalize('NFKC')
    .replace(/[,\s¥￥$]|元|rmb|cny/gi, '')
    .replace(/^\((.+)\)$/, '-$1')
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(bare) ? new Decimal(bare) : null
}

function decimal(cell: string, scale: number): Reading {
  const value = figure(cell)
  if (!value) return notANumber(cell)
  // Excel carries more digits than people wrote; beyond its fifteen they mean nothing.
  if (value.decimalPlaces() <= scale) return { value: value.toFixed() }
  return { problem: { zh: `「${cell}」最多 ${scale} 位小数`, en: `"${cell}": at most ${scale} decimals` } }
}

/** '13%', '13', and 0.13 as Excel holds a cell that shows 13%. */
function percent(cell: string): Reading {
  const value = figure(cell.replace(/%$/, ''))
  if (!value) return notANumber(cell)
  const isFraction = !cell.endsWith('%') && value.gt(0) && value.lt(1)
  return decimal((isFraction ? value.times(100) : value).toFixed(), 4)
}

function whole(cell: string, min = -2_147_483_648, max = 2_147_483_647): Reading {
  const value = figure(cell)
  if (!value) return notANumber(cell)
  if (value.isInteger() && value.gte(min) && value.lte(max)) return { value: value.toNumber() }
  return {
    problem: {
      zh: `「${cell}」应是 ${min} 到 ${max} 的整数`,
      en: `"${cell}" is no whole number from ${min} to ${max}`,
    },
  }
}

const notANumber = (cell: string): Reading => ({
  problem: { zh: `「${cell}」不是数字`, en: `"${cell}" is not a number` },
})

function yesNo(cell: string): Reading {
  const word = cell.trim().toLowerCase()
  if (yes.has(word)) return { value: true }
  if (no.has(word)) return { value: false }
  return { problem: { zh: `「${cell}」应写是或否`, en: `"${cell}": write yes or no` } }
}

function choice(options: readonly Option[], cell: string): Reading {
  const option = optionOf(options, cell)
  if (option) return { value: option.value }
  const known = options.map(({ label }) => label.zh).join('、')
  const inEnglish = options.map(({ label }) => label.en ?? label.zh).join(', ')
  return { problem: { zh: `没有「${cell}」，可写：${known}`, en: `There is no "${cell}"; write one of: ${inEnglish}` } }
}

function choices(options: readonly Option[], cell: string): Reading {
  const readings = cell.split(/[,，、;；]/).flatMap((one) => (one.trim() ? [choice(options, one)] : []))
  const wrong = readings.find((reading) => 'problem' in reading)
  return wrong ?? { value: readings.flatMap((reading) => ('value' in reading ? [reading.value] : [])) }
}

/** By its value or its words in either language; 「A级」「A类」「A 级客户」 all are A. */
function optionOf(options: readonly Option[], cell: string): Option | undefined {
  const bare = bareWord(cell)
  return options.find(({ value, label }) => [value, label.zh, label.en ?? ''].some((word) => bareWord(word) === bare))
}

const bareWord = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/^level/, '')
    .replace(/(?<=.)(级|类|等)(客户)?$/, '')

/** 2026-1-2, 2026/1/2, 2026.1.2, 2026年1月2日. */
function day(cell: string): Reading {
  const [, year, month, date] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(cell.trim()) ?? []
  if (year && month && date) return { value: `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` }
  return { problem: { zh: `「${cell}」不是日期，写成 2026-01-31`, en: `"${cell}" is no date; write 2026-01-31` } }
}

/** The house says issues in both languages at once: 「不能为负 / cannot be negative」. */
export function problemOf(message: string): Text {
  const [zh = message, en] = message.split(' / ')
  return { zh, en: en ?? zh }
}
