import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Connection, keepConnected } from './keep-connected.ts'
import { noted } from './line.ts'

/** Connections that a test opens, ends and refuses as it likes. */
function line() {
  const opened: { end: (reason: string) => void; isClosed: boolean }[] = []
  let refusals = 0
  const open = async (): Promise<Connection> => {
    if (refusals > 0) {
      refusals--
      throw new Error('refused')
    }
    let end: (reason: string) => void = () => {}
    const ended = new Promise<string>((resolve) => (end = resolve))
    const one = { end, isClosed: false }
    opened.push(one)
    return {
      ended,
      close: async () => {
        one.isClosed = true
      },
    }
  }
  return { opened, open, refuse: (times: number) => (refusals = times) }
}
const minuteMs = 60_000
const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms)

let hangUp: (() => Promise<void>) | undefined
beforeEach(() => void vi.useFakeTimers())
afterEach(async () => {
  await hangUp?.()
  vi.useRealTimers()
})

test('one that ends is replaced at once, and closed only when the new one is up', async () => {
  const { opened, open } = line()
  hangUp = await keepConnected('test', open)
  await passes(minuteMs)
  opened[0]?.end('asked to leave')
  await passes(0)
  expect(opened).toHaveLength(2)
  expect(opened.map((one) => one.isClosed)).toEqual([true, false])
})

test('the old one stays open as long as no new one can be opened', async () => {
  const { opened, open, refuse } = line()
  hangUp = await keepConnected('test', open)
  await passes(minuteMs)
  refuse(3)
  opened[0]?.end('asked to leave')
  await passes(1000)
  expect(opened[0]?.isClosed).toBe(false)
  await passes(minuteMs)
  expect(opened.map((one) => one.isClosed)).toEqual([true, false])
})

test('what cannot be opened is tried again after pauses that grow to half a minute', async () => {
  const { opened, open, refuse } = line()
  refuse(Number.MAX_SAFE_INTEGER)
  let tries = 0
  hangUp = await keepConnected('test', () => {
    tries++
    return open()
  })
  await passes(minuteMs)
  expect(tries).toBeGreaterThanOrEqual(6)
  expect(tries).toBeLessThanOrEqual(8)
  const before = tries
  await passes(2 * minuteMs)
  expect(tries - before).toBeGreaterThanOrEqual(4)
  expect(tries - before).toBeLessThanOrEqual(6)
  refuse(0)
  await passes(30_000)
  expect(opened).toHaveLength(1)
})

test('one that is cut as soon as it is open counts as none', async () => {
  const { opened, open } = line()
  hangUp = await keepConnected('test', async () => {
    const connection = await open()
    opened.at(-1)?.end('closed')
    return connection
  })
  await passes(minuteMs)
  expect(opened.length).toBeLessThanOrEqual(8)
})

test('a line says how it is: up, lost and why, up again', async () => {
  const { opened, open, refuse } = line()
  const { line: state, is } = noted('connecting')
  hangUp = await keepConnected('test', open, { is })
  expect(state()).toMatchObject({ state: 'connected', error: null })
  await passes(minuteMs)
  refuse(2)
  opened[0]?.end('asked to leave')
  await passes(0)
  expect(state()).toMatchObject({ state: 'lost', error: { words: 'refused' } })
  await passes(minuteMs)
  expect(state().state).toBe('connected')
  expect(state().since!.getTime()).toBeGreaterThan(state().error!.at.getTime())
})

test('nothing is opened after it was told to stop', async () => {
  const { opened, open, refuse } = line()
  hangUp = await keepConnected('test', open)
  await hangUp()
  expect(opened.map((one) => one.isClosed)).toEqual([true])
  refuse(5)
  const stopWhileTrying = await keepConnected('test', open)
  await stopWhileTrying()
  await passes(10 * minuteMs)
  expect(opened).toHaveLength(1)
})
