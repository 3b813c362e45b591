import { readonly, ref } from 'vue'
import { host } from '../host/index.ts'

function matches(query: string) {
  const list = window.matchMedia(query)
  const is = ref(list.matches)
  // Not addEventListener: web views of Safari 13 and older know only this.
  list.addListener((event) => (is.value = event.matches))
  return readonly(is)
}

/** Room for two panes side by side: a desktop client, or a browser on a desk. */
export const isWide = matches('(min-width: 1024px)')
export const isDark = matches('(prefers-color-scheme: dark)')
/** Whether a finger is what points here. */
export const isTouch = matches('(pointer: coarse)')

/** Whether the app draws the title of a page: beside a list, or where no platform does. */
export const drawsTitle = (): boolean => isWide.value || !host.drawsTitleBar
