import { showValue } from '#contract'
import type { SheetValue } from '#contract/engines/shares'
import { inWords, lang } from '../../i18n.ts'

type Kind = 'text' | 'money' | 'price' | 'quantity' | 'day' | 'instant'

/** A value of a sheet as its reader reads it. */
export function shownValue(kind: Kind, value: SheetValue): string {
  if (typeof value === 'object' && value !== null) return inWords(value)
  return showValue({ kind }, value, lang.value).replace('¥-', '-¥')
}

/** A moment, or a day where nobody knows the moment. */
export const shownMoment = (at: string): string => shownValue(at.includes('T') ? 'instant' : 'day', at)
