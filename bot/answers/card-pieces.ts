import { baseUnit, type Lang, showQuantity, showValue, type UnitRatio } from '#contract'
import type { CardPart, Words } from '../card.ts'
import { moment } from '../cards/moment.ts'

export const money = (value: string | null | undefined, lang: Lang): string => showValue({ kind: 'money' }, value, lang)
export const price = (value: string | null | undefined, lang: Lang): string => showValue({ kind: 'price' }, value, lang)

/** In the base unit, and in packs where that reads otherwise: 18,000 支（18 箱）. */
export function quantity(base: string, units: readonly UnitRatio[]): string {
  const plain = bareQuantity(base, units)
  const packed = showQuantity(base, units)
  return packed === plain ? plain : `${plain}（${packed}）`
}

export const bareQuantity = (base: string, units: readonly UnitRatio[]): string =>
  showQuantity(
    base,
    units.filter((one) => one.unit === baseUnit(units)),
  )

/** What was understood, and the moment that the figures hold for. */
export function understood(at: Date | string, lang: Lang, ...said: (string | undefined | false)[]): CardPart {
  const what = said.filter(Boolean).join(' · ')
  const asOf = moment(at)
  return {
    kind: 'note',
    text: lang === 'en' ? `Understood as: ${what} · as of ${asOf}` : `理解为：${what} · 截至 ${asOf}`,
  }
}

/** A column whose label begins with # holds figures. */
export const table = (labels: readonly string[], rows: readonly Words[][]): CardPart => ({
  kind: 'table',
  columns: labels.map((label) => (label.startsWith('#') ? { label: label.slice(1), isNumber: true } : { label })),
  rows: [...rows],
})

/** Rows as a table, or the words that there are none. */
export const tableOr = (labels: readonly string[], rows: readonly Words[][], none: string): CardPart =>
  rows.length > 0 ? table(labels, rows) : { kind: 'text', text: none }

/** That there is more than the card shows. */
export const moreNote = (isCut: boolean, lang: Lang): CardPart[] =>
  isCut
    ? [{ kind: 'note', text: lang === 'en' ? 'Only the first; more in the list.' : '只列前几个，完整列表请打开应用。' }]
    : []

export const period = (from: string | undefined, to: string | undefined, lang: Lang): string | undefined => {
  if (!from || !to) return undefined
  return from === to ? from : `${from} ${lang === 'en' ? 'to' : '至'} ${to}`
}
