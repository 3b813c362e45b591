import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { isWide } from './layout.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

/** At a desk: `/` searches, arrows go through the list, Enter opens (as links do), Esc closes what is open. */
export function useKeyboard(): void {
  const router = useRouter()

  function press(event: KeyboardEvent) {
    if (!isWide.value || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') return leave(event)
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') return step(event)
    if (event.key === '/' && !isTyping(event.target)) search(event)
  }

  function leave(event: KeyboardEvent) {
    if (isTyping(event.target)) return (event.target as HTMLElement).blur() // what is typed into is an element
    // A tap on the veil closes what lies above it, where that may be left.
    const veil = topVeil()
    if (veil) return veil.click()
    const list = router.currentRoute.value.meta.list
    if (list) void router.push({ name: list })
  }

  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}

const topVeil = (): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('.van-overlay:not([style*="display: none"])')].pop()

function search(event: KeyboardEvent) {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
  if (!field) return
  event.preventDefault()
  field.focus()
  field.select()
}

/** From row to row; from the search field into the list. */
function step(event: KeyboardEvent) {
  if (isTyping(event.target) && !(event.target as HTMLElement).matches('[type="search"]')) return // an arrow moves within a text
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')]
  if (rows.length === 0) return
  const at = rows.findIndex((row) => row === document.activeElement)
  const open = rows.findIndex((row) => row.getAttribute('aria-current') === 'page')
  const from = at >= 0 ? at : open
  const next = rows[event.key === 'ArrowDown' ? from + 1 : Math.max(from - 1, 0)]
  if (!next) return
  event.preventDefault()
  next.focus()
}
