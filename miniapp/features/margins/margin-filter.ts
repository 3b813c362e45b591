import { computed, ref, watch } from 'vue'
import { type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import { ReportGroup } from '#contract/modules/sales'
import { today } from '../../ui/moments.ts'
import { periodNames, periodOn } from '../finance/days.ts'

const routes = ['margins', 'order-margin']
/** Groups that a row opens into what is behind it; orders have a page of their own. */
export const parts = ['item', 'customer', 'seller', 'region', 'category'] as const
type Part = (typeof parts)[number]
type Narrowing = { part: Part; key: string; name: string }
type Told = {
  period: string
  from: string
  to: string
  by: ReportGroup
  stage: 'delivered' | 'ordered'
  of: Narrowing | null
}

/**
 * How margins are asked for, as the address says it: period, grouping, what counts, and the one thing that they are narrowed to. Opening a
 * row is a step in the history, so that back leads up again; choosing otherwise is none.
 */
export function useMarginFilter() {
  const route = useRoute()
  const router = useRouter()
  const text = (key: string): string | undefined =>
    typeof route.query[key] === 'string' ? route.query[key] : undefined

  function read(): Told {
    const period = text('period') ?? 'thisMonth'
    const named = periodNames.find((name) => name === period)
    const days = named ? periodOn(named, today()) : { from: text('from') ?? today(), to: text('to') ?? today() }
    const part = parts.find((one) => text(one) !== undefined)
    return {
      period,
      ...days,
      by: ReportGroup.catch('customer').parse(text('by')),
      stage: text('stage') === 'ordered' ? 'ordered' : 'delivered',
      of: part ? { part, key: text(part) ?? '', name: text('of') ?? '' } : null,
    }
  }
  const told = ref(read())
  watch(
    () => route.fullPath,
    () => routes.includes(String(route.name)) && (told.value = read()),
  )

  const queryOf = ({ period, from, to, by, stage, of }: Told): LocationQueryRaw => ({
    ...(period === 'thisMonth' ? {} : { period }),
    ...(period === 'other' ? { from, to } : {}),
    by,
    ...(stage === 'ordered' ? { stage } : {}),
    ...(of ? { [of.part]: of.key, of: of.name } : {}),
  })
  const choose = (change: Partial<Told>) =>
    router.replace({ name: 'margins', query: queryOf({ ...told.value, ...change }) })
  const open = (of: Narrowing) =>
    router.push({
      name: 'margins',
      query: queryOf({ ...told.value, of, by: of.part === 'item' ? 'customer' : 'order' }),
    })

  /** As it is asked of the server. */
  const asked = computed(() => {
    const { from, to, by, stage, of } = told.value
    const narrowed = (part: Part): string | undefined => (of?.part === part ? of.key : undefined)
    return {
      ...{ from, to, by, stage },
      itemId: narrowed('item'),
      customerId: narrowed('customer'),
      ownerId: narrowed('seller'),
      region: narrowed('region'),
      category: narrowed('category'),
    }
  })
  return { told, asked, query: computed(() => queryOf(told.value)), choose, open }
}
