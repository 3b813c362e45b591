import { computed, type ComputedRef, shallowRef } from 'vue'
import { exportsApi } from './api.ts'

const lists = shallowRef<ReadonlySet<string>>()
let asked: Promise<void> | undefined

/** Whether whoever uses the app may take this list along. The server is asked once for all lists; until it has answered, none is. */
export function isExportable(list: () => string): ComputedRef<boolean> {
  asked ??= exportsApi
    .exportLists({})
    .then((answer) => void (lists.value = new Set(answer.lists.map((one) => one.list))))
    // A failure is not kept: the next list asks again.
    .catch(() => void (asked = undefined))
  return computed(() => lists.value?.has(list()) ?? false)
}

/** The next one on this device may export other lists. */
export function forgetExportable(): void {
  asked = undefined
  lists.value = undefined
}
