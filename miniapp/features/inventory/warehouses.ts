import { computed } from 'vue'
import { useQuery } from '../../query.ts'
import { inventoryApi } from './api.ts'

/** The warehouses that are in use and that one works in, as choices of a filter. */
export function useWarehouses() {
  const answer = useQuery((signal) => inventoryApi.warehouses({}, { signal }))
  return computed(() =>
    (answer.value?.rows ?? [])
      .filter(({ active, isMine }) => active && isMine)
      .map(({ id, name }) => ({ value: id, label: name })),
  )
}
