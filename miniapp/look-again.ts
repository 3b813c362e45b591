import { onDeactivated, onScopeDispose, watch } from 'vue'
import type { Query } from './query.ts'

const everyMs = 1_500

/** Asks again every now and then as long as what was answered is about to change. */
export function lookAgainWhile<T>(query: Query<T>, isChanging: (value: T) => boolean): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => clearTimeout(timer)
  watch(
    () => query.asOf,
    () => {
      stop()
      if (query.value !== undefined && isChanging(query.value)) timer = setTimeout(() => void query.again(), everyMs)
    },
  )
  onDeactivated(stop)
  onScopeDispose(stop)
}
