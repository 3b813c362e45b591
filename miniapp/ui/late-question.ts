import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { today } from './moments.ts'

/** What the address asks of what was recorded later: the day by which it took effect, the day up to which it was known, and of whom or what. */
export function useLateQuestion() {
  const route = useRoute()
  const asked = (name: string): string | undefined => {
    const value = route.query[name]
    return typeof value === 'string' && value ? value : undefined
  }
  const day = computed(() => asked('day') ?? today())
  const known = computed(() => asked('known') ?? day.value)
  return { asked, day, known }
}
