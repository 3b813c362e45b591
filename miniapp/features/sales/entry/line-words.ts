import { Decimal, say, showQuantity, showValue } from '#contract'
import { sayPriceTrace } from '#contract/modules/catalog'
import { lang } from '../../../i18n.ts'
import { shortDay } from '../../../ui/moments.ts'
import { t } from '../messages.ts'
import type { EntryLine } from './entry.model.ts'
import type { PreviewLine } from './fixes.model.ts'

export const priceText = (price: string): string => showValue({ kind: 'price' }, price, lang.value)

/** '¥0.712/支': goods are entered by the box and priced by the piece. */
export const unitPrice = (price: string, { baseUnit }: { baseUnit: string }): string =>
  priceText(price) + t('perUnit', { unit: baseUnit })

/** 'A 级客户价 · 满 10,000': which rule made the price. */
export const traceWords = (known: PreviewLine): string => say(sayPriceTrace(known.rule), lang.value)

/** '规则价 ¥0.55 · A 级客户价 · 满 10,000'. */
export const ruleWords = (known: PreviewLine): string =>
  `${t('rulePrice', { price: priceText(known.rulePrice) })} · ${traceWords(known)}`

/** '折让 5.45%', or '加价 2%'; nothing at the rule's price. */
export function discountWords(percent: string | null | undefined): string {
  if (!percent || new Decimal(percent).isZero()) return ''
  const size = new Decimal(percent).abs().toDecimalPlaces(2).toString()
  return t(percent.startsWith('-') ? 'markup' : 'discount', { percent: size })
}

/** '缺 7 支 · 11-27 可补齐'; nothing when there is enough. */
export function shortWords(line: EntryLine, known: PreviewLine): string {
  if (new Decimal(known.short).lte(0)) return ''
  const when = known.promisedOn ? t('promised', { day: shortDay(known.promisedOn) }) : t('notPromised')
  return `${t('shortBy', { quantity: showQuantity(known.short, line.item.units) })} · ${when}`
}

/** What is free for a line in the warehouse that it ships from. */
export function availableWords(line: EntryLine, known: PreviewLine, warehouseId: string): string {
  const here = known.availability.warehouses.find((one) => one.warehouseId === warehouseId)
  return t('availableOf', { quantity: showQuantity(here?.available ?? '0', line.item.units) })
}
