import { showConfirmDialog, showToast } from 'vant'
import { v7 as newId } from 'uuid'
import type { Ref } from 'vue'
import { useRouter } from 'vue-router'
import { useCommand } from '../../query.ts'
import { salesApi } from './api.ts'
import { t } from './messages.ts'
import type { QuotationView } from './views.ts'

/** What is done with a quotation from its page. Each acts on the version that is looked at. */
export function useQuotationDeeds(quotation: Ref<QuotationView | undefined>) {
  const router = useRouter()
  const looked = () => ({ id: quotation.value?.id ?? '', version: quotation.value?.version ?? 1 })

  const submit = useCommand(async (key) => {
    const { quotation: now } = await salesApi.submitQuotation(looked(), { key })
    showToast(now.state === 'approved' ? t('quotationReady') : t('orderInApproval'))
  })
  const withdrawing = useCommand((key) => salesApi.withdrawQuotation(looked(), { key }))
  const lose = useCommand((key, reason: string) => salesApi.loseQuotation({ ...looked(), reason }, { key }))
  const holding = useCommand((key, until: string) => salesApi.holdQuotation({ ...looked(), until }, { key }))
  const releasing = useCommand((key) => salesApi.releaseQuotation(looked(), { key }))
  // One id for the order, however often it takes to make it.
  const orderId = newId()
  const accept = useCommand(async (key) => {
    const { order } = await salesApi.acceptQuotation({ ...looked(), orderId }, { key })
    showToast(t('accepted'))
    await router.push({ name: 'order-edit', params: { id: order.id } })
  })

  async function withdraw() {
    const isSure = await showConfirmDialog({ title: t('withdraw'), message: t('withdrawAsk') }).catch(() => false)
    if (isSure) await withdrawing.run()
  }
  async function hold(day: Date) {
    if (await holding.run(endOfDay(day))) showToast(t('stockHeld'))
  }
  async function release() {
    if (await releasing.run()) showToast(t('released'))
  }
  return { submit, accept, lose, withdraw, hold, release }
}

/** The last minute of a day as the calendar shows it, in the company's time zone. */
function endOfDay(day: Date): string {
  const digits = (number: number) => String(number).padStart(2, '0')
  return `${day.getFullYear()}-${digits(day.getMonth() + 1)}-${digits(day.getDate())}T23:59:00+08:00`
}
