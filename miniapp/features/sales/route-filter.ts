import { computed, ref, watch } from 'vue'
import { useRoute } from 'vue-router'

/**
 * The customer that a list is narrowed to by its address: `?customer=…&of=<name>`. A list that is put away keeps what it had,
 * whatever the address of the page in front of it says.
 */
export function useCustomerFilter(routes: readonly string[]) {
  const route = useRoute()
  const text = (key: string): string => (typeof route.query[key] === 'string' ? route.query[key] : '')
  const customer = ref({ id: text('customer'), name: text('of') })
  watch(
    () => route.fullPath,
    () => {
      if (routes.includes(String(route.name))) customer.value = { id: text('customer'), name: text('of') }
    },
  )
  return {
    customer,
    /** What an address needs to keep the filter. */
    query: computed(() => (customer.value.id ? { customer: customer.value.id, of: customer.value.name } : {})),
  }
}
