import { Decimal } from '#contract'
import { losesManner } from './manner.ts'
import type { Masked } from './masked.ts'
import { withDigits } from './numerals.ts'
import { normaliseMessage } from './normalise.ts'
import { BotQuery } from './query.ts'
import { findSlots } from './slots.ts'
import type { Known } from './understanding.ts'

/** What a text vouches for: the names that were masked in it, its words, its numbers and its days. */
type Vouched = {
  known: Known
  names: Masked['names']
  text: string
  numbers: readonly string[]
  days: readonly string[]
}

/**
 * What a model answered, as a typed query: only if each name is the one thing that the asker may mean by it, and each number, day and text
 * stands in what he said, and it keeps the manner in which he asked. Anything else is thrown away whole.
 */
export function proven(answered: unknown, said: string, names: Masked['names'], known: Known): BotQuery | undefined {
  if (typeof answered !== 'object' || answered === null || Array.isArray(answered)) return undefined
  const text = normaliseMessage(said)
  const slots = findSlots(text, known)
  const { days } = slots
  const vouched: Vouched = {
    known,
    names,
    text,
    numbers: withDigits(text).match(/\d+(?:\.\d+)?/g) ?? [],
    days: days ? [days.from, days.to] : [`${known.today.slice(0, 8)}01`, known.today],
  }
  try {
    const checked = Object.entries(answered).map(([key, value]) => [key, checkedValue(key, value, vouched)])
    const query = BotQuery.safeParse(Object.fromEntries(checked)).data
    return query && !losesManner(query, slots) ? query : undefined
  } catch (error) {
    if (error instanceof Unproven) return undefined
    throw error
  }
}

class Unproven extends Error {}

function checkedValue(key: string, value: unknown, vouched: Vouched): unknown {
  // What stands beside each other is named by ids that no mask stands for.
  if (/^(?:among|without)/.test(key)) throw new Unproven()
  if (Array.isArray(value)) return value.map((one) => checkedValue(key.replace(/s$/, ''), one, vouched))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, checkedValue(inner, one, vouched)]))
  if (typeof value === 'number') return vouchedNumber(String(value), vouched) && value
  if (typeof value !== 'string') return value
  if (key.endsWith('Id')) return idOf(key.slice(0, -2), value, vouched)
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return oneOf(vouched.days, value)
  if (/^-?\d/.test(value)) return vouchedNumber(value, vouched) && value
  if (key === 'category')
    return oneOf(
      vouched.known.categories.called(value).map(({ id }) => id),
      value,
    )
  if (free.has(key) && !vouched.text.includes(normaliseMessage(value))) throw new Unproven()
  return value
}
/** What is written out freely, and so must have been said. The other words are of closed lists, which the schema knows. */
const free: ReadonlySet<string> = new Set(['text', 'code', 'unit', 'unused'])

function idOf(kind: string, mark: string, { names, known }: Vouched): string {
  const name = names.get(mark)
  if (name?.kind !== kind) throw new Unproven()
  const { items, customers, suppliers, warehouses } = findSlots(name.said, known)
  const fitting = { item: items, customer: customers, supplier: suppliers, warehouse: warehouses }[name.kind]
  const [only] = fitting
  if (!only || fitting.length > 1) throw new Unproven()
  return only.entry.id
}

function vouchedNumber(value: string, { numbers }: Vouched): true {
  if (!numbers.some((one) => new Decimal(one).eq(value))) throw new Unproven()
  return true
}

function oneOf(list: readonly string[], value: string): string {
  if (!list.includes(value)) throw new Unproven()
  return value
}
