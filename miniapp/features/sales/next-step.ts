import { Decimal } from '#contract'
import type { OrderDetail, OrderState, QuotationDetail, QuotationState } from '#contract/modules/sales'
import { inSeries, lang } from '../../i18n.ts'
import { shortDay, shortMoment } from '../../ui/moments.ts'
import { t } from './messages.ts'

type Waiting = OrderDetail['approval']

/** What happens next with an order, or that nothing does. */
export function orderNextStep({ order, approval }: Pick<OrderDetail, 'order' | 'approval'>): string {
  const short = order.lines.filter((line) => line.short && new Decimal(line.short).gt(0)).length
  const steps: Record<OrderState, () => string> = {
    draft: () => t('nextDraft'),
    submitted: () => waitsFor(approval),
    confirmed: () => (short > 0 ? t('nextConfirmedShort', { n: short }) : t('nextConfirmed')),
    partly_delivered: () => t('nextPartly', { percent: new Decimal(order.deliveredPercent ?? 0).floor().toString() }),
    delivered: () => (order.paymentState === 'paid' ? t('nextPaid') : t('nextDelivered')),
    closed: () => (order.paymentState === 'paid' ? t('nextPaid') : t('nextClosed')),
    rejected: () => t('nextRejected'),
    cancelled: () => t('nextCancelled'),
  }
  return steps[order.state as OrderState]?.() ?? '' // the state is one of the descriptor's
}

/** What happens next with a quotation. */
export function quotationNextStep({ quotation, approval }: Pick<QuotationDetail, 'quotation' | 'approval'>): string {
  const steps: Record<QuotationState, () => string> = {
    draft: () => t('nextDraft'),
    submitted: () => waitsFor(approval),
    approved: () => t('nextQuoteApproved', { day: shortDay(quotation.validUntil ?? '') }),
    ordered: () => t('nextQuoteOrdered'),
    rejected: () => t('nextQuoteRejected'),
    lost: () => t('nextQuoteLost'),
    expired: () => t('nextQuoteExpired'),
  }
  return steps[quotation.state as QuotationState]?.() ?? '' // the state is one of the descriptor's
}

const waitsFor = (approval: Waiting): string => {
  const names = inSeries((approval?.waitingFor ?? []).map(({ name }) => name))
  return names ? t('nextSubmitted', { names }) : t('nextSubmittedNobody')
}

export const heldWords = (until: string): string => t('heldUntil', { when: shortMoment(until, lang.value) })
