import { v7 as newId } from 'uuid'
import { computed, onScopeDispose, reactive, ref, shallowRef, toRaw, watch } from 'vue'
import { type FieldIssue, Refusal } from '#contract'
import { Unreachable } from '../api.ts'
import { isOnline } from '../frame/online.ts'
import { wordsOf } from '../query.ts'
import { dropDraft, keepDraft, readDraft } from './draft-store.ts'

type Sending = { id: string; key: string }
type FormOptions<V extends object, A> = {
  /** Makes the values that the form begins with. */
  initial: () => V
  submit: (values: V, sending: Sending) => Promise<A>
  done?: (answer: A) => unknown
  /** The name under which it is kept on this device until the server has answered; without one it is not kept. */
  draft?: string
}

/** idle: being filled in. sending: on its way. waiting: the line is broken; it is sent once more when it is back. */
export type FormState = 'idle' | 'sending' | 'waiting'

const keepPauseMs = 400

/**
 * A form that loses nothing. Its id and key are made when it is begun and stay until the server has answered, so that
 * however often it is sent it happens once.
 */
export function useForm<V extends object, A>({ initial, submit, done, draft }: FormOptions<V, A>) {
  const values = reactive(initial()) as V // the reactive view of a plain object has its shape
  const sending = ref<Sending>({ id: newId(), key: newId() })
  const state = ref<FormState>('idle')
  const error = shallowRef<unknown>()
  const isRestored = ref(false)
  const issues = computed<FieldIssue[]>(() => (error.value instanceof Refusal ? error.value.issues : []))
  const words = computed(() => (error.value === undefined ? '' : wordsOf(error.value)))

  const issueOf = (field: string): string | undefined => issues.value.find((issue) => issue.field === field)?.message

  async function send(): Promise<boolean> {
    if (state.value === 'sending') return false
    state.value = 'sending'
    error.value = undefined
    try {
      const answer = await submit(plain(values), sending.value)
      await forget()
      await done?.(answer)
      state.value = 'idle'
      return true
    } catch (caught) {
      error.value = caught
      state.value = caught instanceof Unreachable ? 'waiting' : 'idle'
      return false
    }
  }

  /** Begins anew, with an id and key of its own. */
  async function reset(): Promise<void> {
    await forget()
    Object.assign(values, initial())
    error.value = undefined
    isRestored.value = false
  }

  async function forget(): Promise<void> {
    clearTimeout(pause)
    sending.value = { id: newId(), key: newId() }
    if (draft) await dropDraft(draft)
  }

  let pause: ReturnType<typeof setTimeout> | undefined
  const keep = () => draft && void keepDraft(draft, { ...sending.value, values: plain(values), savedAt: Date.now() })

  /** Takes up what was left unfinished last time. A page that prefills waits for it. */
  const ready: Promise<void> = draft ? restore(draft) : Promise.resolve()
  async function restore(name: string): Promise<void> {
    const kept = await readDraft<V>(name)
    if (kept) {
      Object.assign(values, kept.values)
      sending.value = { id: kept.id, key: kept.key }
      isRestored.value = true
    }
    watch(values, () => {
      clearTimeout(pause)
      pause = setTimeout(keep, keepPauseMs)
    })
  }

  // What waits goes out by itself; the key makes sure that it counts once, also if it had arrived.
  watch(isOnline, (online) => {
    if (online && state.value === 'waiting') void send()
  })
  onScopeDispose(() => clearTimeout(pause))

  return reactive({ values, state, sending, issues, words, error, isRestored, ready, issueOf, send, reset })
}

/** A copy without Vue's wrapping, as it is sent and stored. */
const plain = <V extends object>(values: V): V => JSON.parse(JSON.stringify(toRaw(values))) as V // a form holds JSON values only
