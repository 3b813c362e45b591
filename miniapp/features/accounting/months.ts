import dayjs from 'dayjs'
import { computed, type Ref, ref } from 'vue'
import { useRoute } from 'vue-router'
import { today } from '../../ui/moments.ts'

const named = ['thisMonth', 'lastMonth', 'thisYear'] as const
export type MonthsName = (typeof named)[number]
export const monthsNames: readonly MonthsName[] = named

/** The months of a period as people name it. */
export function monthsOn(name: MonthsName, day: string): { from: string; to: string } {
  const month = day.slice(0, 7)
  const before = dayjs(`${month}-01`).subtract(1, 'month').format('YYYY-MM')
  if (name === 'lastMonth') return { from: before, to: before }
  return { from: name === 'thisYear' ? `${day.slice(0, 4)}-01` : month, to: month }
}

const monthsMax = 36
/** The months from which one chooses, latest first. */
export const monthsBefore = (day: string): string[] =>
  Array.from({ length: monthsMax }, (_, i) => dayjs(day.slice(0, 7)).subtract(i, 'month').format('YYYY-MM'))

export const firstDay = (month: string): string => `${month}-01`
export const lastDay = (month: string): string => dayjs(firstDay(month)).endOf('month').format('YYYY-MM-DD')

/** Which months a page is about, as its address says at first: by name, or from one to another. */
export function useMonths(): {
  chosen: Ref<string>
  from: Ref<string>
  to: Ref<string>
  query: Ref<{ from: string; to: string }>
  choose: (value: string) => void
} {
  const { query: told } = useRoute()
  const month = (value: unknown): string | undefined =>
    typeof value === 'string' && /^\d{4}-\d{2}$/.test(value) ? value : undefined
  const usual = monthsOn('thisMonth', today())
  const from = ref(month(told['from']) ?? usual.from)
  const to = ref(month(told['to']) ?? usual.to)
  const nameNow = (): string =>
    named.find((name) => {
      const months = monthsOn(name, today())
      return months.from === from.value && months.to === to.value
    }) ?? 'other'
  const chosen = ref(nameNow())

  function choose(value: string): void {
    chosen.value = value
    const name = named.find((one) => one === value)
    if (!name) return
    const months = monthsOn(name, today())
    from.value = months.from
    to.value = months.to
  }
  return { chosen, from, to, query: computed(() => ({ from: from.value, to: to.value })), choose }
}
