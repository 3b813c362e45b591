import { setImmediate as settled } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { takeTurns } from './in-turn.ts'

/** Work that ends when it is told to. */
function work(begun: string[], name: string) {
  let end!: () => void
  const ended = new Promise<void>((resolve) => (end = resolve))
  const run = async (): Promise<string> => {
    begun.push(name)
    await ended
    return name
  }
  return { run, end }
}

test('so much is done at once as there are places, and a place that is given back goes to who came first', async () => {
  const inTurn = takeTurns({ atOnce: 2, patienceMs: 60_000 })
  const begun: string[] = []
  const pieces = ['a', 'b', 'c', 'd'].map((name) => work(begun, name))
  const answers = pieces.map(({ run }) => inTurn(run))
  await settled()
  expect(begun).toEqual(['a', 'b'])

  pieces[1]!.end()
  await answers[1]
  await settled()
  expect(begun).toEqual(['a', 'b', 'c'])

  for (const { end } of pieces) end()
  expect(await Promise.all(answers)).toEqual(['a', 'b', 'c', 'd'])
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})

test('what fails gives its place back, and all places are free when nothing is left', async () => {
  const inTurn = takeTurns({ atOnce: 1, patienceMs: 60_000 })
  const fails = inTurn(() => Promise.reject(new Error('refused')))
  const next = inTurn(async () => 'done')
  await expect(fails).rejects.toThrow('refused')
  expect(await next).toBe('done')
  expect(await inTurn(async () => 'again')).toBe('again')
})

test('whoever waits too long is told to come again, is not begun any more, and holds up nobody', async () => {
  const inTurn = takeTurns({ atOnce: 1, patienceMs: 10 })
  const begun: string[] = []
  const [first, late] = [work(begun, 'first'), work(begun, 'late')]
  const answer = inTurn(first.run)
  await expect(inTurn(late.run)).rejects.toMatchObject({ code: 'busy' })
  first.end()
  expect(await answer).toBe('first')
  expect(await inTurn(async () => 'next')).toBe('next')
  expect(begun).toEqual(['first'])
})
