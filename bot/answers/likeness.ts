import { setImmediate as breathe } from 'node:timers/promises'
import type { Intent } from './query.ts'
import { sayings } from './sayings.ts'

/** What is asked, or `none`: nothing that can be answered here. */
export type Asks = Intent | 'none'
export type Likeness = ReadonlyMap<Asks, number>

/**
 * How likely it is by the way a message is said that each thing is asked: a linear model of its pieces of up to three characters, taught by the
 * sayings when it is first needed. Names, days and amounts have no say in it. It only adds to what the words of a message point to.
 */
export function likenessOf(shape: string, least = wordsMin): Likeness {
  const words = shape.replace(/[ⒾⒸⓌⓈⒹⓆⓄⓀⓅ]/g, '')
  if (words.length < (latinOnly.test(words) ? latinMin : least)) return new Map()
  model ??= taughtAtOnce()
  const { numbers, weights, asks } = model
  const pieces = piecesOf(shape).flatMap((piece) => numbers.get(piece) ?? [])
  const shares = sharesOf(weights, pieces, asks.length)
  return new Map(asks.map((one, i) => [one, shares[i] ?? 0]))
}

type Model = {
  asks: readonly Asks[]
  /** Of each piece, where its weights begin. */
  numbers: ReadonlyMap<string, number>
  weights: Float32Array
}
let model: Model | undefined

/** Learns from the sayings before anybody asks, a little at a time, so that nobody waits for it. */
export async function learnSayings(): Promise<void> {
  const teaching = taught()
  for (;;) {
    const round = teaching.next()
    if (round.done) {
      model = round.value
      return
    }
    await breathe()
  }
}

function taughtAtOnce(): Model {
  const teaching = taught()
  for (;;) {
    const round = teaching.next()
    if (round.done) return round.value
  }
}

/** A name alone, or with a word or two, says too little. */
const wordsMin = 4
const latinOnly = /^[a-z\d]*$/
const latinMin = 9
/** So few words, after a question, sooner go on with it. */
export const wordsToBegin = 7
const pieceMax = 3
const rounds = 12
const firstStep = 1
const slowing = 0.2
/** What is all but certain is not taught any further. */
const enough = 0.02

/** Round by round, so that others have their turn between them. */
function* taught(): Generator<void, Model> {
  const asks = Object.keys(sayings) as Asks[] // a table keyed by what is asked
  const numbers = new Map<string, number>()
  const lessons = asks.flatMap((_, at) =>
    sayings[asks[at]!]
      .split(/\s+/)
      .filter(Boolean)
      .map((shape) => ({ at, pieces: numbered(shape, numbers, asks.length) })),
  )
  const weights = new Float32Array(numbers.size * asks.length)
  for (let round = 0; round < rounds; round++) {
    const step = firstStep / (1 + round * slowing)
    for (const i of mixed(lessons.length, round)) learn(weights, lessons[i]!, asks.length, step)
    yield
  }
  return { asks, numbers, weights }
}

function numbered(shape: string, numbers: Map<string, number>, width: number): number[] {
  return piecesOf(shape).map((piece) => {
    const known = numbers.get(piece)
    if (known !== undefined) return known
    const start = numbers.size * width
    numbers.set(piece, start)
    return start
  })
}

function learn(
  weights: Float32Array,
  { at, pieces }: { at: number; pieces: number[] },
  width: number,
  step: number,
): void {
  const shares = sharesOf(weights, pieces, width)
  const part = step / Math.sqrt(pieces.length)
  for (let i = 0; i < width; i++) {
    const missing = (i === at ? 1 : 0) - shares[i]!
    if (Math.abs(missing) < enough) continue
    for (const start of pieces) weights[start + i]! += part * missing
  }
}

/** What each thing that may be asked has of the whole, by the weights of some pieces. */
function sharesOf(weights: Float32Array, pieces: readonly number[], width: number): Float64Array {
  const sums = new Float64Array(width)
  for (const start of pieces) for (let i = 0; i < width; i++) sums[i]! += weights[start + i]!
  const scale = 1 / Math.sqrt(Math.max(1, pieces.length))
  const top = Math.max(...sums) * scale
  const grown = sums.map((sum) => Math.exp(sum * scale - top))
  const whole = grown.reduce((sum, one) => sum + one, 0)
  return grown.map((one) => one / whole)
}

function piecesOf(shape: string): string[] {
  const text = `^${shape}$`
  const pieces = new Set<string>()
  for (let length = 1; length <= pieceMax; length++)
    for (let i = 0; i + length <= text.length; i++) pieces.add(text.slice(i, i + length))
  return [...pieces]
}

/** Every place once, in an order that is mixed and always the same: what is taught never changes from start to start. */
function mixed(count: number, round: number): number[] {
  const places = Array.from({ length: count }, (_, i) => i)
  let state = round + 1
  for (let i = count - 1; i > 0; i--) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    const j = state % (i + 1)
    ;[places[i], places[j]] = [places[j]!, places[i]!]
  }
  return places
}
