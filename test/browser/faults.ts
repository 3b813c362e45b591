import type { Page, Response } from 'playwright-core'

/** A refusal is an answer: not signed in yet, somebody was quicker, a rule said no; at the door also that one does not belong here. */
const refusals = [401, 409, 422]
const isRefusal = (response: Response): boolean =>
  refusals.includes(response.status()) || (response.status() === 403 && response.url().endsWith('/api/sign-in'))

/** Tells of whatever a person would not have noticed at once: errors on the console, requests that failed. */
export function watchFaults(page: Page, tell: (fault: string) => void): void {
  page.on('pageerror', (error) => tell(`threw ${error.message}`))
  page.on('console', (message) => {
    // The browser itself reports every answer above 399; those are looked at below.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      tell(`wrote "${message.text()}" on the console`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400 && !isRefusal(response)) tell(refused(response))
  })
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // A page that is left gives up what it was asking for.
    if (why !== 'net::ERR_ABORTED') tell(`${request.method()} ${request.url()} failed: ${why}`)
  })
}

const refused = (response: Response): string =>
  `${response.request().method()} ${response.url()} was answered ${response.status()}`
