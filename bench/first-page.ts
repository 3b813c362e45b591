import { launchBrowser } from '../scripts/chromium.ts'
import { type Benchmark, duration, quantile } from './benchmark.ts'
import { benchSellers } from './platform.ts'

const times = 6
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

/** When the largest part of the page was painted, counted from the moment at which it was asked for. */
const paintedAt = `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
  .observe({ type: 'largest-contentful-paint', buffered: true }))`
const loaded = `performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0)`

/** The mini-app on a phone that has never opened it: what it is made of, signing in, and the home page with its figures. */
export const firstPage: Benchmark = {
  name: 'first-page',
  on: 'open company',
  run: async ({ size, simulatorUrl }, report) => {
    const { port } = new URL(simulatorUrl)
    const browser = await launchBrowser()
    const paints: number[] = []
    let bytes = 0
    try {
      for (const { key } of benchSellers.slice(0, times)) {
        const context = await browser.newContext(phone)
        const page = await context.newPage()
        await page.goto(`http://${key}.localhost:${port}/`, { waitUntil: 'networkidle' })
        paints.push(await page.evaluate<number>(paintedAt))
        bytes = await page.evaluate<number>(loaded)
        await context.close()
      }
    } finally {
      await browser.close()
    }
    report(duration(`first-page/${size}/painted`, quantile(paints, 0.5)))
    report({ name: `first-page/${size}/loaded`, value: Math.round(bytes / 1024), unit: 'KiB' })
  },
}
