import type { Kind, Name, Part } from './parts.ts'

const marks: Record<Kind, string> = { item: 'Ⓘ', customer: 'Ⓒ', warehouse: 'Ⓦ', supplier: 'Ⓢ' }
/** How a message is said, with a mark in place of each name. */
export function shapeOf(plain: string, names: readonly Name[], parts: readonly Part[]): string {
  const named = [
    ...names.map(({ kind, from, to }) => ({ kind, from, to })),
    ...parts.flatMap(({ kind, at, text }) => (kind ? [{ kind, from: at, to: at + text.length }] : [])),
  ]
  const marked = named.reduce(
    (text, { kind, from, to }) => text.slice(0, from) + marks[kind].padEnd(to - from, marks[kind]) + text.slice(to),
    plain,
  )
  return marked
    .replace(/\s+/g, '')
    .replace(/([ⒾⒸⓌⓈ])\1+/g, '$1')
    .replace(/\d+/g, '0')
}
