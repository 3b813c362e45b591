import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where browsers of this family are found on Linux and macOS. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** It runs as root and without a graphics card, and talks to nobody but us. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Starts a headless browser: CHROMIUM_PATH, or the shell inside @sparticuz/chromium, which draws with half the processor time of a whole browser, or
 * one found on the machine where the shell does not run.
 */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH
  if (named) return launch(named)
  const shell = await unpackShell()
  const found = usualPlaces.find((path) => existsSync(path))
  if (shell) return found ? launch(shell).catch(() => launch(found)) : launch(shell)
  if (!found) throw new Error('No Chromium or Chrome was found. Install one, or say where it is with CHROMIUM_PATH.')
  return launch(found)
}

const launch = (executablePath: string) => chromium.launch({ executablePath, args: flags })

/** Where the packed shell is, unpacked once a machine; it is made for one kind of system. */
export async function unpackShell(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const { default: packed } = await import('@sparticuz/chromium')
  return packed.executablePath()
}
