import { showToast } from 'vant'
import type { Host } from './host.ts'
import { scanWithCamera } from './camera.ts'

/** A plain browser: no platform around it, so what it cannot do itself is asked in the page. */
export const browser: Host = {
  name: 'browser',
  drawsTitleBar: false,
  signInCode: () => Promise.resolve(null),
  scan: scanWithCamera,
  choosePeople: () => Promise.resolve(null),
  share: async ({ title, words, address }) => {
    if (navigator.share) return navigator.share({ title, text: words, url: address }).catch(ignoreGivingUp)
    await navigator.clipboard.writeText(`${title}\n${words}\n${address}`)
  },
  toast: (words) => void showToast(words),
  setTitle: (title) => void (document.title = title),
  close: () => window.close(),
}

/** Closing the share sheet is reported as an error, and is none. */
function ignoreGivingUp(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
}
