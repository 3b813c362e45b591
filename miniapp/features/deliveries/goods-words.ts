import { t } from './messages.ts'

type Line = { plannedText?: string | null; names: Record<string, string> }

/** What is on a note in one line: '耐候密封胶 10 箱 等 3 种'. */
export function goodsWords(lines: readonly Line[]): string {
  const [first] = lines
  if (!first) return ''
  const goods = `${first.names['itemId'] ?? ''} ${first.plannedText ?? ''}`.trim()
  return lines.length === 1 ? goods : t('goodsAndMore', { goods, n: lines.length, more: lines.length - 1 })
}
