import { showToast } from 'vant'
import { computed, type InjectionKey, inject, ref, shallowRef, watch } from 'vue'
import type { ItemBrief } from '#contract/modules/sales'
import { Unreachable } from '../../../api.ts'
import { useForm } from '../../../forms/use-form.ts'
import { useCommand } from '../../../query.ts'
import { salesApi } from '../api.ts'
import { t } from '../messages.ts'
import { copyLines, type Entry, type EntryLine, newEntry, newLine, previewQuestion } from './entry.model.ts'
import { type Fix, fixed, splitAt } from './fixes.model.ts'
import { lineIssue } from './line-issue.ts'
import { type Obstacle, obstaclesOf } from './obstacles.ts'
import { stepped } from './quantity.model.ts'
import type { Sale, SaleKind } from './sale-kind.ts'
import { type Intent, sendSale } from './send-sale.ts'
import { usePreview } from './use-preview.ts'

type Options = {
  kind: SaleKind
  start: Entry
  /** The name under which the phone keeps it until the server has it. */
  draft: string
  done: (sale: Sale, intent: Intent) => unknown
}

/** An order or a quotation being written: what was typed, what the server says to it, and what stood in the way of sending it. */
export function useEntry({ kind, start, draft, done }: Options) {
  const intent = ref<Intent>('submit')
  const obstacles = shallowRef<Obstacle[]>([])
  /** Whether it was tried to send it: from then on what is missing is marked. */
  const isTried = ref(false)

  const form = useForm<Entry, Sale>({
    draft,
    initial: () => ({ ...newEntry(), ...start }),
    submit: (entry, { id }) =>
      sendSale({ kind, entry, newId: id, intent: intent.value, keep: (saved) => (form.values.saved = saved) }),
    done: (sale) => done(sale, intent.value),
  })
  const entry = form.values
  const preview = usePreview(
    () => previewQuestion(entry),
    (input, signal) => salesApi.previewOrder(input, { signal }),
  )

  const mayWait = kind.name === 'order'
  const isComplete = computed(
    () =>
      Boolean(entry.customer && entry.warehouseId) &&
      entry.lines.length > 0 &&
      !entry.lines.some((line) => lineIssue(line)),
  )

  async function send(as: Intent): Promise<boolean> {
    isTried.value = true
    obstacles.value = []
    if (!isComplete.value) return false
    intent.value = as
    return form.send()
  }

  // It may also be sent by itself, when the network is back. A broken line is no obstacle: it is waited for.
  watch(
    () => form.error,
    (error) => {
      const isObstacle = error !== undefined && !(error instanceof Unreachable)
      obstacles.value = isObstacle ? obstaclesOf(error, entry, preview.lineOf, mayWait) : []
    },
  )

  /** Adds an item, or one more unit of it where it stands already; answers the line to go on with. */
  function add(item: ItemBrief, unit?: string): EntryLine {
    const there = entry.lines.find((line) => line.item.id === item.id)
    if (there) {
      if (unit) there.typed = stepped(there.typed, there.item.units, unit, 1)
      return there
    }
    entry.lines.push(newLine(item, unit ? `1${unit}` : ''))
    return entry.lines.at(-1)! // just put there
  }

  const putOff = useCommand((key, lines: EntryLine[]) => kind.create(key, { ...entry, lines, saved: null }, false, key))
  const remove = (key: string): void => void Object.assign(entry, fixed(entry, { do: 'remove', lineKey: key }))

  /** Goes one way out. What a split puts off is first kept on the server as a draft of its own, so that nothing is lost. */
  async function fix(way: Fix): Promise<void> {
    if (way.do === 'split') {
      const parts = splitAt(entry.lines, preview.lineOf, way.amount)
      if (!parts) return
      if (!(await putOff.run(parts.later))) return
      entry.lines = parts.now
      showToast(t('splitDone'))
    } else Object.assign(entry, fixed(entry, way))
    obstacles.value = obstacles.value.filter(({ fixes }) => !fixes.some((one) => isSameWay(one, way)))
  }

  // Whoever changes a line has seen what stood in its way.
  watch(
    () => entry.lines.map((line) => JSON.stringify(line)),
    (now, before) => {
      const same = new Set(before)
      const changed = new Set(entry.lines.filter((_, at) => !same.has(now[at] ?? '')).map(({ key }) => key))
      const gone = (key: string) => changed.has(key) || !entry.lines.some((line) => line.key === key)
      obstacles.value = obstacles.value.filter(({ lineKey }) => !lineKey || !gone(lineKey))
    },
  )

  const again = (lines: readonly EntryLine[]): void => void entry.lines.push(...copyLines(lines, entry.lines))

  return { kind, form, entry, preview, obstacles, isTried, isComplete, intent, mayWait, send, add, again, remove, fix }
}
export type EntryDesk = ReturnType<typeof useEntry>

/** The parts of an entry's page share one desk. */
export const deskKey: InjectionKey<EntryDesk> = Symbol('entry')
export function useDesk(): EntryDesk {
  const desk = inject(deskKey)
  if (!desk) throw new Error('not inside an entry')
  return desk
}

const isSameWay = (one: Fix, way: Fix): boolean =>
  one.do === way.do && ('lineKey' in one ? 'lineKey' in way && one.lineKey === way.lineKey : true)
