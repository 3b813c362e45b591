import { type Ref, ref, watch } from 'vue'
import { useRoute } from 'vue-router'

/**
 * A filter that an address may set (`?state=shipped`) and the page may change. A list that is put away keeps what it had,
 * whatever the address of the page in front of it says.
 */
export function useRouteText(key: string, initial: string, routes: readonly string[]): Ref<string> {
  const route = useRoute()
  const told = (): string | undefined => (typeof route.query[key] === 'string' ? route.query[key] : undefined)
  const value = ref(told() ?? initial)
  watch(
    () => route.fullPath,
    () => {
      const text = told()
      if (text !== undefined && routes.includes(String(route.name))) value.value = text
    },
  )
  return value
}
