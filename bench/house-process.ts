import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { send } from './web-client.ts'

/** The house in a process of its own, started as `npm start` starts it. */
export type HouseProcess = {
  url: string
  /** From the start of the process until it said that it is ready. */
  startedInMs: number
  /** What the process has used so far. */
  usage: () => Promise<{ cpuSeconds: number; residentBytes: number }>
  /** Stands still, so that what is measured meanwhile has the machine for itself. */
  pause: () => void
  resume: () => void
  /** Ends it as a crash would, without a word. */
  kill: () => Promise<void>
  /** Asks it to end; answers its exit code, none when it had to be ended after all. */
  stop: () => Promise<number | null>
}

const program = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url))
const readyWithinMs = 300_000
const patienceMs = 25_000

/** Starts the house with this environment and waits until it is ready. */
export async function startHouse(port: number, env: Record<string, string>): Promise<HouseProcess> {
  const begun = performance.now()
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, LOG_LEVEL: 'error', HOST: '127.0.0.1', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const endWithUs = (): void => void child.kill('SIGKILL')
  process.once('exit', endWithUs)
  try {
    await untilReady(child)
  } catch (error) {
    endWithUs()
    throw error
  }
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    startedInMs: performance.now() - begun,
    usage: () => usageOf(url),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill: () => ended(child, 'SIGKILL').then(() => void process.off('exit', endWithUs)),
    stop: async () => {
      const exitCode = await stop(child)
      process.off('exit', endWithUs)
      return exitCode
    },
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    const failed = (why: string): void => reject(new Error(`The house did not start: ${why}\n${said}`))
    const tooLate = setTimeout(() => failed(`it was not ready within ${readyWithinMs / 1000} s.`), readyWithinMs)
    child.once('error', (error) => failed(error.message))
    child.once('exit', (code) => failed(`it ended with ${code}.`))
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (!said.includes('Ready in')) return
      clearTimeout(tooLate)
      resolve()
    })
  })
}

async function usageOf(url: string): Promise<{ cpuSeconds: number; residentBytes: number }> {
  const { text } = await send('GET', `${url}/metrics`)
  const metric = (name: string): number => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1])
  return { cpuSeconds: metric('process_cpu_seconds_total'), residentBytes: metric('process_resident_memory_bytes') }
}

/** What is still under way behind a benchmark need not be finished: after a while the process is ended. */
async function stop(child: ChildProcess): Promise<number | null> {
  const insist = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  const exitCode = await ended(child, 'SIGTERM')
  clearTimeout(insist)
  return exitCode
}

/** Answers the exit code; there is none when a signal ended it. */
async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
  return child.exitCode
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address
  server.close()
  await once(server, 'close')
  return port
}
