import { shallowRef } from 'vue'
import { onDevice } from './on-device.ts'

/** Pages that were opened lately on this device, the latest first. */
export type Recent = { path: string; title: string; kind: string }

const place = 'yidan.recent'
const keptMax = 8

export const recentPages = shallowRef<Recent[]>(read())

export function rememberPage(page: Recent): void {
  recentPages.value = [page, ...recentPages.value.filter(({ path }) => path !== page.path)].slice(0, keptMax)
  onDevice(() => localStorage.setItem(place, JSON.stringify(recentPages.value)))
}

/** On a shared device the next person finds nothing of the last one's. */
export function forgetPages(): void {
  recentPages.value = []
  onDevice(() => localStorage.removeItem(place))
}

/** Nothing kept here, or something else written there: nothing to recall. */
function read(): Recent[] {
  const kept: unknown = onDevice(() => JSON.parse(localStorage.getItem(place) ?? '[]'))
  return Array.isArray(kept) ? (kept as Recent[]) : [] // written by rememberPage only
}
