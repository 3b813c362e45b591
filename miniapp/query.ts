import { showDialog, showToast } from 'vant'
import { onActivated, onDeactivated, onScopeDispose, reactive, ref, shallowRef, watch, watchEffect } from 'vue'
import { v7 as newId } from 'uuid'
import { Refusal } from '#contract'
import { changesMade, Fault, Unreachable } from './api.ts'
import { lang } from './i18n.ts'
import { t } from './messages.ts'

/** What went wrong, as a person reads it. What is nobody's expected "no" is thrown on. */
export function wordsOf(error: unknown): string {
  if (error instanceof Refusal) return error.say(lang.value)
  if (error instanceof Unreachable) return t('unreachable')
  if (error instanceof Fault) return t('fault', { id: error.id })
  throw error
}

export type Query<T> = {
  readonly value: T | undefined
  readonly error: unknown
  /** When the value shown was read. */
  readonly asOf: Date | undefined
  again: () => Promise<void>
}

/**
 * What a page asks. It is asked again when something that `ask` reads changes, when the app has changed something, and when
 * the page comes back; meanwhile the last answer stays on the screen. A later question overtakes an earlier answer.
 */
export function useQuery<T>(ask: (signal: AbortSignal) => Promise<T>): Query<T> {
  const value = shallowRef<T>()
  const error = shallowRef<unknown>()
  const asOf = shallowRef<Date>()
  let current = new AbortController()
  let isAway = false
  let isOld = false

  async function again(): Promise<void> {
    current.abort()
    const mine = (current = new AbortController())
    isOld = false
    try {
      const answer = await ask(mine.signal)
      if (mine.signal.aborted) return
      value.value = answer
      asOf.value = new Date()
      error.value = undefined
    } catch (caught) {
      if (!mine.signal.aborted) error.value = caught
    }
  }

  watchEffect(() => void again())
  watch(changesMade, () => (isAway ? (isOld = true) : void again()))
  onDeactivated(() => (isAway = true))
  onActivated(() => {
    isAway = false
    if (isOld) void again()
  })
  onScopeDispose(() => current.abort())
  return reactive({ value, error, asOf, again })
}

/**
 * A command that a button sends. Its key is kept until the server has answered, so that pressing again after a broken line
 * is the same deed; while one is on its way a second press does nothing. What stands in the way is told at once, and the page
 * looks again, because it knew something that is no longer so. `quiet`: the page tells it itself.
 */
export function useCommand<A extends unknown[]>(
  send: (key: string, ...args: A) => Promise<unknown>,
  { quiet = false } = {},
) {
  const isSending = ref(false)
  const error = shallowRef<unknown>()
  let key: string | undefined

  async function run(...args: A): Promise<boolean> {
    if (isSending.value) return false
    isSending.value = true
    key ??= newId()
    try {
      await send(key, ...args)
      key = undefined
      error.value = undefined
      return true
    } catch (caught) {
      if (!(caught instanceof Unreachable)) key = undefined
      error.value = caught
      if (!quiet) tell(caught)
      return false
    } finally {
      isSending.value = false
    }
  }
  return reactive({ run, isSending, error })
}

/** Tells what stands in the way, until it has been read. */
export function showRefused(words: string): void {
  void showDialog({ message: words, confirmButtonText: t('gotIt'), closeOnClickOverlay: true, teleport: 'body' })
}

function tell(error: unknown): void {
  if (error instanceof Refusal) {
    changesMade.value++
    showRefused(wordsOf(error))
  } else showToast({ message: wordsOf(error), wordBreak: 'break-word', duration: 4000 })
}
