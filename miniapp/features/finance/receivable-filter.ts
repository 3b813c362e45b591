import { computed, ref, watch } from 'vue'
import { type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import { today } from '../../ui/moments.ts'
import { dueDaysOf, isAge, type Mark } from './ageing-chart.ts'
import { addDays } from './days.ts'

const routes = ['receivables', 'receivable']
/** Due soon: today and the six days after it. */
export const dueSoonDays = 6

/** Whose receivables a list is narrowed to, with the name that it is shown by. */
export type Whose = { customer: string; owner: string; name: string }

/**
 * How the receivables are narrowed: by address (`?customer=…&of=<name>`, `?owner=…`, `?show=overdue`). A list that is put
 * away keeps what it had, whatever the address of the page in front of it says.
 */
export function useReceivableFilter() {
  const route = useRoute()
  const router = useRouter()
  const text = (key: string): string => (typeof route.query[key] === 'string' ? route.query[key] : '')
  const told = () => ({
    show: text('show') || (text('overdue') === 'true' ? 'overdue' : 'open'),
    whose: { customer: text('customer') || text('customerId'), owner: text('owner'), name: text('of') },
  })
  const now = ref(told())
  watch(
    () => route.fullPath,
    () => routes.includes(String(route.name)) && (now.value = told()),
  )

  const show = computed({ get: () => now.value.show, set: (value: string) => void narrow({ show: value }) })
  const whose = computed<Whose>(() => now.value.whose)
  const query = computed<LocationQueryRaw>(() => {
    const { customer, owner, name } = now.value.whose
    return {
      ...(now.value.show === 'open' ? {} : { show: now.value.show }),
      ...(customer ? { customer, of: name } : owner ? { owner, of: name } : {}),
    }
  })
  const isNarrowed = computed(() => Object.keys(query.value).length > 0)

  /** The address remembers what was chosen, so that back and a link find the same list. */
  function narrow({ show: next, of }: { show?: string; of?: Whose }) {
    now.value = { show: next ?? now.value.show, whose: of ?? now.value.whose }
    return router.replace({ name: 'receivables', query: query.value })
  }

  /** A part of the chart was tapped: its documents. */
  function openMark({ id, age }: Mark, by: 'age' | 'customer' | 'owner', name: string) {
    if (by === 'age') return narrow({ show: id })
    const of = { customer: by === 'customer' ? id : '', owner: by === 'owner' ? id : '', name }
    return narrow({ show: age ?? 'open', of })
  }

  /** As the list is asked for; ages count from a day. */
  function asked(on: string) {
    const { show: shown, whose: of } = now.value
    return {
      customerId: of.customer || undefined,
      ownerId: of.owner || undefined,
      overdue: shown === 'overdue',
      openOnly: shown !== 'all',
      ...(shown === 'week' ? { dueFrom: today(), dueTo: addDays(today(), dueSoonDays) } : {}),
      ...(isAge(shown) ? dueDaysOf(shown, on) : {}),
    }
  }
  const letGo = () => narrow({ of: { customer: '', owner: '', name: '' } })
  return { show, whose, query, isNarrowed, openMark, asked, letGo }
}
