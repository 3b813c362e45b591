import { computed, ref } from 'vue'
import type { Colour, Text } from '#contract'
import { inWords } from '../../i18n.ts'
import { useSession } from '../../session.ts'
import { t } from './messages.ts'
import { useCustomerFilter } from './route-filter.ts'

type Choice = { value: string; label: string }

/** How lists of orders and of quotations are narrowed: by words, by state, to mine, to one customer. */
export function useSaleList(
  document: 'sales_order' | 'quotation',
  states: Record<string, { label: Text; colour: Colour }>,
  routes: readonly string[],
) {
  const session = useSession()
  const sought = ref('')
  const state = ref('')
  const isMine = ref(false)
  const { customer, query } = useCustomerFilter(routes)

  const stateChoices = computed<Choice[]>(() => [
    { value: '', label: t('allOfThem') },
    ...Object.entries(states).map(([value, { label }]) => ({ value, label: inWords(label) })),
  ])
  // Whoever sees only his own has nothing to choose.
  const seesOthers = computed(() => session.me?.scopes[document] !== 'own')
  const filter = () => ({
    q: sought.value || undefined,
    state: state.value || undefined,
    customerId: customer.value.id || undefined,
    ownerId: isMine.value ? session.me?.person.id : undefined,
  })
  const isNarrowed = computed(
    () => sought.value !== '' || state.value !== '' || isMine.value || customer.value.id !== '',
  )
  return { sought, state, isMine, customer, query, stateChoices, seesOthers, filter, isNarrowed }
}
export type SaleList = ReturnType<typeof useSaleList>
