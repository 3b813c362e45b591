import { showValue } from '#contract'
import { lang } from '../../../i18n.ts'
import { t } from '../messages.ts'
import { type EntryLine, nameOf } from './entry.model.ts'
import type { Fix } from './fixes.model.ts'

/** What a fix does, as its button says. `lines` names the line where the button does not stand beside it. */
export function fixWords(fix: Fix, lines?: readonly EntryLine[]): string {
  switch (fix.do) {
    case 'take':
      return t('fixTake', { quantity: fix.typed })
    case 'backorder':
      return t('fixBackorder')
    case 'move':
      return t('fixMove', { warehouse: fix.warehouse })
    case 'rule_price':
      return fix.price
        ? t('fixRulePrice', { price: showValue({ kind: 'price' }, fix.price, lang.value) })
        : t('fixRulePricePlain')
    case 'remove': {
      const line = lines?.find(({ key }) => key === fix.lineKey)
      return line ? t('fixRemoveNamed', { item: nameOf(line.item) }) : t('fixRemove')
    }
    case 'split':
      return t('fixSplit', { amount: showValue({ kind: 'money' }, fix.amount, lang.value) })
  }
}
