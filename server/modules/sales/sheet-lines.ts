import { showQuantity, type Text } from '#contract'
import type { ItemFacts } from '#server/modules/catalog'
import type { SoldLine } from './order.model.ts'

/** The small print of a line: the item's code, and how much it is in base units where it was ordered in others. */
export function lineNote(
  { entered, quantity }: Pick<SoldLine, 'entered' | 'quantity'>,
  { code, baseUnit, units }: ItemFacts,
): Text {
  if (entered.every(({ unit }) => unit === baseUnit)) return { zh: code }
  const inBase = showQuantity(
    quantity,
    units.filter(({ unit }) => unit === baseUnit),
  )
  return { zh: `${code} · 共 ${inBase}`, en: `${code} · ${inBase} in all` }
}
