import { Refusal } from '#contract'

/** As many bins as are made at once. */
export const binsMax = 500

/** A code as it is kept: letters are capitals, so that whoever types and whoever scans mean the same bin. */
export const binCode = (typed: string): string => typed.trim().toUpperCase()

/**
 * The codes that a list of codes and ranges stands for: 'A-01-01..A-02-03, B-01' is six bins of two racks, and one more. Each part of a range
 * that differs counts up, the last one fastest; figures keep their leading zeros.
 */
export function binCodes(text: string): string[] {
  const pieces = text.split(/[\s,，、;；]+/).filter(Boolean)
  const codes = [...new Set(pieces.flatMap(codesOf))]
  if (codes.length === 0 || codes.length > binsMax) throw badPattern(text)
  return codes
}

const badPattern = (pattern: string) => new Refusal('bad_bin_pattern', { pattern: pattern.slice(0, 60) })
const wellFormed = /^[A-Z0-9\u4e00-\u9fff][A-Z0-9\u4e00-\u9fff._/-]{0,29}$/

function codesOf(piece: string): string[] {
  const [from = '', to, ...more] = piece.split('..').map(binCode)
  if (more.length > 0 || !wellFormed.test(from) || (to !== undefined && !wellFormed.test(to))) throw badPattern(piece)
  return to === undefined ? [from] : between(from, to, piece)
}

/** Figures, single letters, and what stands between them. */
const partsOf = (code: string): string[] => code.match(/\d+|[^\d]/g) ?? []

function between(from: string, to: string, piece: string): string[] {
  const [first, last] = [partsOf(from), partsOf(to)]
  if (first.length !== last.length) throw badPattern(piece)
  const choices = first.map((part, i) => run(part, last[i]!, piece))
  if (choices.reduce((many, { length }) => many * length, 1) > binsMax) throw badPattern(piece)
  return choices.reduce((codes, parts) => codes.flatMap((code) => parts.map((part) => code + part)), [''])
}

function run(from: string, to: string, piece: string): string[] {
  if (from === to) return [from]
  if (/^\d+$/.test(from) && /^\d+$/.test(to)) {
    const [first, last] = [Number(from), Number(to)]
    if (last < first || last - first >= binsMax) throw badPattern(piece)
    return Array.from({ length: last - first + 1 }, (_, i) => String(first + i).padStart(from.length, '0'))
  }
  const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)]
  if (!/^[A-Z]$/.test(from) || !/^[A-Z]$/.test(to) || last < first) throw badPattern(piece)
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCharCode(first + i))
}

type Placed = { bins: readonly { code: string }[] }
const walk = new Intl.Collator('en', { numeric: true })

/** In the order in which one walks along the bins; what has no bin comes last, as it was. */
export const inBinOrder = <T extends Placed>(lines: readonly T[]): T[] =>
  lines.toSorted((a, b) => {
    const [one, other] = [a.bins[0]?.code, b.bins[0]?.code]
    if (one !== undefined && other !== undefined) return walk.compare(one, other)
    return Number(one === undefined) - Number(other === undefined)
  })
