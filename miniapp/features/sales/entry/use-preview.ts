import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { OrderPreview } from '#contract/modules/sales'
import type { PreviewQuestion } from './entry.model.ts'
import type { PreviewLine } from './fixes.model.ts'

type Ask = (input: PreviewQuestion['input'], signal: AbortSignal) => Promise<OrderPreview>
type Answer = { preview: OrderPreview; lines: Map<string, PreviewLine>; asked: string }

const pauseMs = 300

/**
 * What the server says about an entry while it is being written: asked a moment after the last key. A later question
 * overtakes an earlier answer; until the new one is there the old one stays, marked as old.
 */
export function usePreview(question: () => PreviewQuestion | null, ask: Ask) {
  const answer = shallowRef<Answer>()
  const error = shallowRef<unknown>()
  const isAsking = ref(false)
  const current = computed(question)
  const wanted = computed(() => (current.value ? JSON.stringify(current.value) : ''))
  let pause: ReturnType<typeof setTimeout> | undefined
  let call = new AbortController()

  async function again(): Promise<void> {
    const asked = wanted.value
    if (!current.value) return
    const { keys, input } = current.value
    call.abort()
    const mine = (call = new AbortController())
    isAsking.value = true
    try {
      const preview = await ask(input, mine.signal)
      if (mine.signal.aborted) return
      answer.value = { preview, asked, lines: byKey(keys, preview) }
      error.value = undefined
    } catch (caught) {
      if (!mine.signal.aborted) error.value = caught
    } finally {
      if (call === mine) isAsking.value = false
    }
  }

  watch(
    wanted,
    (now, before) => {
      clearTimeout(pause)
      call.abort()
      isAsking.value = false
      if (!now) answer.value = undefined
      // The first answer, and that for another customer, need not wait for a pause in typing.
      else pause = setTimeout(() => void again(), before ? pauseMs : 0)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(pause)
    call.abort()
  })

  return {
    preview: computed(() => answer.value?.preview),
    /** What is known of a line, by its key. */
    lineOf: (key: string): PreviewLine | undefined => answer.value?.lines.get(key),
    /** Whether what is shown is about something else than what is typed. */
    isOld: computed(() => answer.value !== undefined && answer.value.asked !== wanted.value),
    isAsking,
    error,
    again,
  }
}
/** The answer holds a line for each that was asked, in the same order. */
const byKey = (keys: readonly string[], preview: OrderPreview): Map<string, PreviewLine> =>
  new Map(keys.flatMap((key, at) => (preview.lines[at] ? [[key, preview.lines[at]]] : [])))
