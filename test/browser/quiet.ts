import type { Page, Request } from 'playwright-core'

const quietMs = 100
const lookMs = 20
const open = new WeakMap<Page, Set<Request>>()

/** Begins to count what a page asks for; the simulator's stream of events never ends and does not count. */
export function countRequests(page: Page): void {
  const asked = new Set<Request>()
  open.set(page, asked)
  page.on('request', (request) => void (request.resourceType() === 'eventsource' || asked.add(request)))
  page.on('requestfinished', (request) => void asked.delete(request))
  page.on('requestfailed', (request) => void asked.delete(request))
}

/** Waits until the page has asked for nothing for a moment: a view that is opened asks at once for what it shows. */
export async function quiet(page: Page): Promise<void> {
  let since = Date.now()
  while (Date.now() - since < quietMs) {
    await page.waitForTimeout(lookMs)
    if ((open.get(page)?.size ?? 0) > 0) since = Date.now()
  }
}
