import axe from 'axe-core'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { openCompany } from '../../scripts/open-company.ts'
import { launchBrowser } from '../../scripts/chromium.ts'
import { watchFaults } from './faults.ts'
import { countRequests, quiet } from './quiet.ts'
import { SimulatorPage } from './simulator-page.ts'

/** Where the screens that a test looked at are kept with `SCREENS=1`, for people to look at as well. */
const screens = fileURLToPath(new URL('../../node_modules/.cache/yidan/screens/', import.meta.url))

/** Files of one world share its modules, and the kernel reads once where the app and its platforms are: each file's house stands there in turn. */
const port = await freePort()
const simPort = await freePort()

/** One that would keep a person waiting this long is broken. */
const patienceMs = 15_000
const phoneScreen: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
}
const deskScreen: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }
const simulatorScreen: BrowserContextOptions = { viewport: { width: 1440, height: 960 } }

/** The demo company at work, as a test meets it: through the screens of its people. */
export type DemoHouse = {
  /** The app on a person's phone, signed in by the platform, at a place of the app. */
  phone: (person: string, path?: string) => Promise<Page>
  /** The same on a person's desk, in the platform's desktop client. */
  desk: (person: string, path?: string) => Promise<Page>
  /** A plain browser, at no page yet, of somebody whom the company does not know; paths are the app's own. */
  stranger: () => Promise<Page>
  /** The simulator's page, at a person. */
  simulator: (person: string) => Promise<SimulatorPage>
}

/**
 * Opens the house for a test file, on the file's own copy of the demo company, and closes it when the file is done. The tests of a story go on
 * from where the last one ended, so after one that failed the rest is not begun.
 */
export function useDemoHouse({ isStory = false } = {}): DemoHouse {
  const stops: (() => Promise<void>)[] = []
  const faults: string[] = []
  const contexts = new Map<string, BrowserContext>()
  const environment = { ...process.env }
  let browser: Browser
  let simulatorUrl = ''

  beforeAll(async () => {
    const { simulator } = await openCompany({
      env: process.env,
      host: '127.0.0.1',
      port,
      simPort,
      log: () => {},
      onStop: (_, stop) => stops.push(stop),
    })
    if (!simulator) throw new Error('These tests need the simulated platforms: no FEISHU_APP_ID, please.')
    simulatorUrl = simulator.url
    browser = await launchBrowser()
    stops.push(() => browser.close())
  })
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop()
    process.env = environment
  })
  let hasFailed = false
  beforeEach(({ skip }) => skip(isStory && hasFailed, 'the story broke off before'))
  afterEach(async ({ task }) => {
    hasFailed ||= task.result?.state === 'fail'
    if (task.result?.state === 'fail') await keepScreens(contexts, task.name)
    expect(faults.splice(0)).toEqual([])
  })

  /** Somebody's screen: its pages share what a browser keeps, and what goes wrong on one of them fails the test. */
  async function screen(name: string, options: BrowserContextOptions): Promise<Page> {
    const context =
      contexts.get(name) ?? (await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options }))
    contexts.set(name, context)
    context.setDefaultTimeout(patienceMs)
    const page = await context.newPage()
    countRequests(page)
    watchFaults(page, (fault) => faults.push(`${name}: ${fault}`))
    return page
  }

  async function app(kind: string, options: BrowserContextOptions, person: string, path: string): Promise<Page> {
    const page = await screen(`${kind} of ${person}`, options)
    await page.goto(new URL(path, simulatorUrl.replace('127.0.0.1', `${person}.localhost`)).href)
    // The platform signs a person in by itself; pages come after that.
    await page.locator('main .app-page').first().waitFor()
    return page
  }

  return {
    phone: (person, path = '/') => app('phone', phoneScreen, person, path),
    desk: (person, path = '/') => app('desk', deskScreen, person, path),
    stranger: () => screen('stranger', { ...phoneScreen, baseURL: `http://127.0.0.1:${port}` }),
    simulator: async (person) => {
      const page = await screen('simulator', simulatorScreen)
      await page.goto(`${simulatorUrl.replace('127.0.0.1', 'localhost')}/#${person}`)
      return new SimulatorPage(page)
    },
  }
}

/** The simulated platform must know the app's address before the app is there to say it. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Waits until a screen stands still, and keeps a picture of it where pictures are asked for. */
export async function picture(page: Page, name: string): Promise<void> {
  await settled(page)
  if (!process.env['SCREENS']) return
  mkdirSync(screens, { recursive: true })
  await page.screenshot({ path: `${screens}${name}.png` })
}

/** The same, and holds it to what people with other eyes and hands need of it. */
export async function look(page: Page, name: string): Promise<void> {
  await picture(page, name)
  expect(await barriers(page), `barriers on ${name}`).toEqual([])
}

/** What axe calls serious or critical in any frame of the page, with the elements. */
async function barriers(page: Page): Promise<string[]> {
  const found = []
  for (const frame of page.frames()) found.push(...(await barriersIn(frame)))
  return found
}

async function barriersIn(frame: Frame): Promise<string[]> {
  // A page of the app stays while one walks through it, so axe is brought into it once.
  if (!(await frame.evaluate(`'axe' in window`))) await frame.evaluate(axe.source)
  // A toast is looked at while it fades, where it has no contrast.
  const { violations } = await frame.evaluate<axe.AxeResults>(
    `axe.run({ exclude: ['.van-toast'] }, { resultTypes: ['violations'], iframes: false, preload: false })`,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join('\n  ')}`)
}

/** What everybody had before his eyes when a test failed. */
async function keepScreens(contexts: Map<string, BrowserContext>, test: string): Promise<void> {
  mkdirSync(screens, { recursive: true })
  for (const [who, context] of contexts)
    for (const [at, page] of context.pages().entries())
      await page.screenshot({ path: `${screens}failed ${test.replaceAll('/', ' ')} - ${who} ${at}.png` })
}

/** What moves for ever, as a spinner does, is not waited for. Runs in the page, so it is text to us. */
const animationsToEnd = `Promise.allSettled(
  document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity).map((one) => one.finished),
)`

/** Nothing is loaded any more and nothing moves. */
export async function settled(page: Page): Promise<void> {
  await quiet(page)
  await page.evaluate(animationsToEnd)
}

/** The sheet or dialog of this name. */
export const sheet = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name })
