import { computed } from 'vue'
import type { ReceivableView } from '#contract/modules/finance'
import { useQuery } from '../../query.ts'
import { financeApi } from './api.ts'

const listedMax = 100

/** What a customer has not paid, due first first: as many as fit on a page that people allocate by hand. */
export function useOpenItems(customerId: () => string | null) {
  const query = useQuery(async (signal) => {
    const id = customerId()
    return id ? financeApi.receivables({ customerId: id, limit: listedMax }, { signal }) : { rows: [], cursor: null }
  })
  const rows = computed<ReceivableView[]>(() => query.value?.rows ?? [])
  return {
    query,
    rows,
    items: computed(() => rows.value.map(({ id, open }) => ({ id, open: open ?? '0' }))),
    isCut: computed(() => query.value?.cursor !== undefined && query.value.cursor !== null),
  }
}
