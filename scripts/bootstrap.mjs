// Plain JavaScript without dependencies: on a fresh checkout this runs before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateClient } from './generate.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))
const oldestNode = [20, 19]

/**
 * Makes the checkout ready (packages, generated database client), then runs a TypeScript file of this folder
 * in this very process, so that signals and the exit code need no forwarding.
 */
export async function run(script) {
  checkNode()
  process.chdir(root)
  let program
  try {
    if (!isInstalled()) await install()
    await generateClient({ log: console.log })
    const { bundle } = await import('./bundle.mjs')
    program = await bundle(script)
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
  process.setSourceMapsEnabled(true)
  await import(program)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  console.error(
    `Yidan needs Node.js ${oldestNode.join('.')} or later; this is ${process.versions.node}: https://nodejs.org`,
  )
  process.exit(1)
}

/** npm writes a lock file of its own as the last act of an install: it is compared with ours, package by package. */
function isInstalled() {
  const installedLock = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(installedLock)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, dev, devOptional, optional }]) => {
    if (path === '' || installed[path]?.version === version) return true
    if (installed[path]) return false
    return optional || ((dev || devOptional) && isProduction())
  })
}

function isProduction() {
  return process.env.NODE_ENV === 'production'
}

async function install() {
  console.log('Installing packages: this takes a minute or two, once.')
  const startedAt = Date.now()
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  const progress = setInterval(() => console.log(`  still installing, ${seconds()} s`), 10_000)
  try {
    await npm([
      'ci',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--include=optional',
      ...(isProduction() ? [] : ['--include=dev']),
    ])
  } finally {
    clearInterval(progress)
  }
  console.log(`Packages installed in ${seconds()} s.`)
}

function npm(args) {
  // Under `npm start` this is the npm that runs us; else the one on the PATH.
  const own = process.env.npm_execpath
  const [command, ...rest] = own ? [process.execPath, own, ...args] : ['npm', ...args]
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('error', reject)
    child.on('exit', (code, signal) =>
      code === 0
        ? resolve()
        : reject(new Error(`npm ${args[0]} failed (${signal ?? `exit code ${code}`}); see above.`)),
    )
  })
}
