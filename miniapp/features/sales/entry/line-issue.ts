import { lang } from '../../../i18n.ts'
import { t } from '../messages.ts'
import { type EntryLine, isPrice } from './entry.model.ts'
import { readQuantity } from './quantity.model.ts'

/** What is missing or wrong in what was typed of a line, before anybody is asked. */
export function lineIssue(line: EntryLine): { field: 'quantity' | 'price'; words: string } | undefined {
  const quantity = readQuantity(line.typed, line.item.units)
  if (quantity.kind === 'blank') return { field: 'quantity', words: t('quantityMissing') }
  if (quantity.kind === 'unread') return { field: 'quantity', words: quantity.refusal.say(lang.value) }
  return isPrice(line.price) ? undefined : { field: 'price', words: t('priceUnread') }
}
