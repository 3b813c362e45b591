import type { Router } from 'vue-router'
import { changesMade } from '../api.ts'

/** Coming back is told in more than one way at once. */
const sameReturnMs = 1000

/**
 * Others go on while the app is out of sight: whoever comes back to it, or gets his network back, sees what they have done. Pages that fill the
 * screen stay as they are: what is being written must not change under the hand that writes it, and a customer's page counts who opens it.
 */
export function lookOnReturn(router: Router): () => void {
  let lookedAt = 0
  const look = (): void => {
    const { isFullScreen, isOpen } = router.currentRoute.value.meta
    if (document.visibilityState !== 'visible' || isFullScreen || isOpen) return
    if (Date.now() - lookedAt < sameReturnMs) return
    lookedAt = Date.now()
    changesMade.value++
  }
  document.addEventListener('visibilitychange', look)
  for (const event of ['focus', 'online']) window.addEventListener(event, look)
  return () => {
    document.removeEventListener('visibilitychange', look)
    for (const event of ['focus', 'online']) window.removeEventListener(event, look)
  }
}
