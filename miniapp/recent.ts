import { shallowRef } from 'vue'

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

/** Where the browser keeps nothing (private windows, frames of another site) the pages are recalled until the app is closed. */
function onDevice(write: () => void): void {
  try {
    write()
  } catch {
    // It keeps nothing: that is all.
  }
}

function read(): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
    return Array.isArray(kept) ? (kept as Recent[]) : [] // written by rememberPage only
  } catch {
    // Nothing is kept here, or something else was written there: nothing to recall.
    return []
  }
}
