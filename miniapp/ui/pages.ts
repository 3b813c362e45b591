import { onActivated, onDeactivated, onScopeDispose, ref, shallowRef, watch, watchEffect } from 'vue'
import { changesMade, type Question, questionOf } from '../api.ts'

export type Page<Row> = { rows: Row[]; cursor: string | null }
export type LoadPage<Row> = (page: { cursor?: string; limit: number }, signal: AbortSignal) => Promise<Page<Row>>

const pageSize = 30
/** What a list that is looked at again may fetch in one go. */
const limitMax = 100

/** What a list was asked with, wherever in it the page stands. */
function narrowing(page: object): Question | undefined {
  const question = questionOf(page)
  const filter = Object.entries(question?.filter ?? {}).filter(([key]) => key !== 'cursor' && key !== 'limit')
  return question && { ...question, filter: Object.fromEntries(filter) }
}

/**
 * The rows of a list, page after page. Looked at again after a change, it keeps as many rows as it had, so that nothing jumps.
 */
export function usePages<Row>(load: LoadPage<Row>) {
  const rows = shallowRef<Row[]>([])
  const cursor = ref<string | null>(null)
  const isLoaded = ref(false)
  /** What the rows were asked for with, where the server was asked. */
  const question = shallowRef<Question>()
  const error = shallowRef<unknown>()
  /** How often the list began anew: with other filters it starts at its top. */
  const beginnings = ref(0)
  let current = new AbortController()
  let isLoading = false
  let isAway = false
  let isOld = false

  async function from(limit: number, after: string | undefined, take: (page: Page<Row>) => void): Promise<void> {
    current.abort()
    const mine = (current = new AbortController())
    isLoading = true
    try {
      const page = await load(after === undefined ? { limit } : { limit, cursor: after }, mine.signal)
      if (mine.signal.aborted) return
      take(page)
      cursor.value = page.cursor
      question.value = narrowing(page)
      error.value = undefined
      isLoaded.value = true
    } catch (caught) {
      if (!mine.signal.aborted) error.value = caught
    } finally {
      if (current === mine) isLoading = false
    }
  }

  const first = (): Promise<void> =>
    from(pageSize, undefined, (page) => {
      rows.value = page.rows
      beginnings.value++
    })

  function again(): Promise<void> {
    isOld = false
    return from(
      Math.min(Math.max(rows.value.length, pageSize), limitMax),
      undefined,
      (page) => (rows.value = page.rows),
    )
  }

  async function more(): Promise<void> {
    if (isLoading || cursor.value === null) return
    await from(pageSize, cursor.value, (page) => (rows.value = [...rows.value, ...page.rows]))
  }

  watchEffect(() => void first())
  watch(changesMade, () => (isAway ? (isOld = true) : void again()))
  onDeactivated(() => (isAway = true))
  onActivated(() => {
    isAway = false
    if (isOld) void again()
  })
  onScopeDispose(() => current.abort())
  return { rows, cursor, isLoaded, question, error, beginnings, again, more }
}
