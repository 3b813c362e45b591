import { computed } from 'vue'
import { type VoucherEvent, voucherEvents } from '#contract/modules/accounting'
import { today } from '../../ui/moments.ts'
import { useRouteText } from '../../ui/route-text.ts'
import { periodNames, periodOn } from '../finance/days.ts'

const routes = ['vouchers', 'voucher']

/** How vouchers are looked for; an address may say it, so that an account or a customer leads to its own. */
export function useVoucherFilter() {
  const q = useRouteText('q', '', routes)
  const period = useRouteText('period', 'thisMonth', routes)
  const event = useRouteText('event', '', routes)
  const account = useRouteText('account', '', routes)
  const customer = useRouteText('customer', '', routes)
  const customerName = useRouteText('of', '', routes)

  /** As it is asked of the server. A number is looked for in all periods. */
  const asked = computed(() => {
    const name = periodNames.find((one) => one === period.value)
    const days = name && !q.value ? periodOn(name, today()) : {}
    const known = Object.keys(voucherEvents).find((one): one is VoucherEvent => one === event.value)
    return {
      ...days,
      q: q.value || undefined,
      event: known,
      account: account.value || undefined,
      customerId: customer.value || undefined,
    }
  })
  const isNarrowed = computed(() => Object.values(asked.value).some(Boolean))
  return { q, period, event, account, customer, customerName, asked, isNarrowed }
}
