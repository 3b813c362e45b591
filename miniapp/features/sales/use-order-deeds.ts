import { showConfirmDialog, showToast } from 'vant'
import type { Ref } from 'vue'
import { useRouter } from 'vue-router'
import { useCommand, wordsOf } from '../../query.ts'
import { salesApi } from './api.ts'
import { t } from './messages.ts'
import type { OrderView } from './views.ts'

/** What is done with an order from its page. Each acts on the version that is looked at. */
export function useOrderDeeds(order: Ref<OrderView | undefined>) {
  const router = useRouter()
  const looked = () => ({ id: order.value?.id ?? '', version: order.value?.version ?? 1 })

  const submitting = useCommand(
    async (key) => {
      const { order: now } = await salesApi.submitOrder(looked(), { key })
      showToast(now.state === 'confirmed' ? t('orderConfirmed') : t('orderInApproval'))
    },
    { quiet: true },
  )
  const withdrawing = useCommand((key) => salesApi.withdrawOrder(looked(), { key }))
  const cancel = useCommand((key, reason: string) => salesApi.cancelOrder({ ...looked(), reason }, { key }))
  const close = useCommand((key, reason: string) => salesApi.closeOrder({ ...looked(), reason }, { key }))
  let made = 0
  const planning = useCommand(async (key) => {
    made = (await salesApi.planDelivery(looked(), { key })).deliveries.length
  })

  /** What stands in the way is taken out of it where the order is written: there the ways out are one tap away. */
  async function submit() {
    if ((await submitting.run()) || submitting.error === undefined) return
    const goes = await showConfirmDialog({ message: wordsOf(submitting.error), confirmButtonText: t('goEdit') }).catch(
      () => false,
    )
    if (goes) await router.push({ name: 'order-edit', params: { id: looked().id } })
  }
  async function askToWithdraw() {
    const isSure = await showConfirmDialog({ title: t('withdraw'), message: t('withdrawAsk') }).catch(() => false)
    if (isSure) await withdrawing.run()
  }

  return {
    submit: {
      run: submit,
      get isSending() {
        return submitting.isSending
      },
    },
    withdraw: {
      ask: askToWithdraw,
      get isSending() {
        return withdrawing.isSending
      },
    },
    /** Answers how many delivery notes were made. */
    plan: {
      run: async (): Promise<number> => ((await planning.run()) ? made : 0),
      get isSending() {
        return planning.isSending
      },
    },
    cancel,
    close,
  }
}
