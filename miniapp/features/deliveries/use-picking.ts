import { onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { v7 as newId } from 'uuid'
import { type Entered, Refusal } from '#contract'
import type { DeliveryDetail } from '#contract/modules/sales'
import { Unreachable } from '../../api.ts'
import { isOnline } from '../../frame/online.ts'
import { wordsOf } from '../../query.ts'
import { giveSignal } from '../../ui/signal.ts'
import { salesApi } from '../sales/api.ts'
import { t } from './messages.ts'
import { changeOf, isPicked, nameOf, type PickLine, pickLines, shown } from './picking.model.ts'

type Scan = { scan: string; entered?: Entered; reason?: string }
export type Feedback = { tone: 'good' | 'bad' | 'wait'; words: string; figure?: string }

/**
 * Scans are sent one after another, in the order in which they came, each with a key of its own: a scanner is quicker than
 * the network, and a broken line loses none and doubles none. `known` is what the page shows before a scan.
 */
export function usePicking(id: () => string, known: () => PickLine[]) {
  const feedback = shallowRef<Feedback>()
  /** A lot that should not go yet: it waits for a reason. */
  const asked = shallowRef<{ scan: Scan; words: string }>()
  /** The item of a scan that did not say which lot. */
  const unclear = shallowRef<string>()
  const isSending = ref(false)
  const waiting: (Scan & { key: string })[] = []
  let latest: DeliveryDetail | undefined

  function scan(wanted: Scan): void {
    waiting.push({ ...wanted, key: newId() })
    asked.value = undefined
    void sendWaiting()
  }

  async function sendWaiting(): Promise<void> {
    if (isSending.value) return
    isSending.value = true
    try {
      for (let next = waiting[0]; next; next = waiting[0]) {
        if (!(await sent(next))) return
        waiting.shift()
      }
    } finally {
      isSending.value = false
    }
  }

  /** Whether the server has answered, be it with a no. */
  async function sent({ key, ...wanted }: Scan & { key: string }): Promise<boolean> {
    const before = latest ? pickLines(latest) : known()
    try {
      const answer = await salesApi.scan({ id: id(), ...wanted }, { key })
      latest = answer
      tellPicked(before, pickLines(answer))
      return true
    } catch (error) {
      if (error instanceof Unreachable) {
        feedback.value = { tone: 'wait', words: t('savedScans', { n: waiting.length }) }
        return false
      }
      tellRefused(error, wanted)
      return true
    }
  }

  function tellPicked(before: PickLine[], after: PickLine[]): void {
    const change = changeOf(before, after)
    giveSignal('good')
    if (!change) return
    const { line, by } = change
    const name = nameOf(line.item)
    feedback.value = {
      tone: 'good',
      words: isPicked(line) ? t('lineDone', { item: name }) : name,
      figure: isPicked(line) ? shown(line, line.planned) : t('plus', { quantity: shown(line, by) }),
    }
  }

  function tellRefused(error: unknown, wanted: Scan): void {
    giveSignal('bad')
    const words = wordsOf(error)
    const code = error instanceof Refusal ? error.code : ''
    if (code === 'newer_lot') asked.value = { scan: wanted, words }
    if (error instanceof Refusal && code === 'scan_lot') unclear.value = String(error.facts['item'])
    feedback.value = { tone: code === 'scan_lot' ? 'wait' : 'bad', words }
  }

  const explain = (reason: string): void => asked.value && scan({ ...asked.value.scan, reason })
  /** What was cleared or shipped meanwhile is no longer what a scan is compared with. */
  const forget = (): void => void (latest = undefined)

  const stop = watch(isOnline, (online) => online && void sendWaiting())
  onScopeDispose(stop)
  return reactive({ scan, explain, forget, feedback, asked, unclear, isSending })
}
