import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Endpoint, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { type Action, perform } from '#kernel/perform'
import { callerAs, closeDoor, ids, openDoor } from '../test/door.ts'
import { anItem, aWarehouse, stocked } from '../test/door-goods.ts'
import { doableCalls, type Doable, otherInput } from '../test/doable-calls.ts'
import { type InputFor, rowsOfTheSeller } from '../test/every-call.ts'
import { served } from './contracts.ts'

type Write = { route: string; deed: string; endpoint: Endpoint; action: Action<unknown, unknown> }
/** Every call of the API that changes something, as the contracts say; signing out ends the session that tries. */
const writes = served
  .flatMap(({ contract, actions }) =>
    Object.entries(contract.endpoints).map(([name, endpoint]): Write => ({
      route: `${endpoint.method} ${endpoint.path}`,
      deed: `${contract.name}.${name}`,
      endpoint,
      action: actions[name] as Action<unknown, unknown>, // given what its endpoint has parsed
    })),
  )
  .filter(({ endpoint, route }) => endpoint.changes && route !== 'POST /sign-out')

let given: InputFor
let doable: Doable
let owner: Caller
let director: Caller
beforeAll(async () => {
  await openDoor()
  given = (await rowsOfTheSeller()).inputFor
  const warehouseId = await aWarehouse('三仓')
  const itemId = await anItem()
  await stocked(itemId, warehouseId, '100000')
  doable = doableCalls({ itemId, warehouseId })
  owner = await callerAs('owner')
  director = await callerAs('finance_director')
}, 120_000)
afterAll(closeDoor)

const atOnce = 10

test('every write, sent ten times at once under one key, is one deed with one answer; another body is refused, and to somebody else the key says nothing', async () => {
  const done: string[] = []
  const wrong: string[] = []
  for (const write of writes) {
    const input = (await doable[write.route]?.()) ?? given(write.route, write.endpoint)
    const faults = await tried(write, input, () => done.push(write.route))
    wrong.push(...faults.map((fault) => `${write.route}: ${fault}`))
  }
  expect(wrong).toEqual([])
  // The others are refused for what they ask, ten times alike, and leave nothing.
  expect(Object.keys(doable).filter((route) => !done.includes(route))).toEqual([])
  expect(done.length).toBeGreaterThanOrEqual(50)
}, 240_000)

/** What a call comes to, as the one who sent it is told. */
async function told({ endpoint, action, deed }: Write, caller: Caller, input: object, key: string): Promise<string> {
  const parsed = endpoint.input.safeParse(input)
  if (!parsed.success) return 'malformed'
  return perform({ ...caller, at: new Date(), key }, action, parsed.data, deed).then(
    (output) => `done ${inOrder(endpoint.output.parse(output))}`,
    (error: unknown) => {
      if (error instanceof Refusal) return error.code
      throw error
    },
  )
}

/** As JSON, whatever the order in which the fields were kept. */
const inOrder = (output: unknown): string =>
  JSON.stringify(output, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
const short = (text: string): string => text.slice(0, 200)

/** What is wrong with a call under one key. */
async function tried(write: Write, input: object, onDone: () => void): Promise<string[]> {
  const key = newId()
  const before = await traces()
  const answers = await Promise.all(Array.from({ length: atOnce }, () => told(write, owner, input, key)))
  const answer = answers[0] ?? ''
  const wrong: string[] = []
  if (new Set(answers).size > 1) wrong.push(`ten answers: ${[...new Set(answers)].map(short).join(' | ')}`)
  const kept = await db.doneCall.count({ where: { key } })
  const once = await traces()
  if (!answer.startsWith('done')) {
    if (kept > 0 || once !== before) wrong.push(`${short(answer)}, and left ${before} → ${once}`)
    return wrong
  }
  onDone()
  if (kept !== 1) wrong.push(`${kept} receipts`)
  const again = await told(write, owner, input, key)
  if (again !== answer) wrong.push(`another answer: ${short(again)}`)
  const other = otherInput(write.endpoint, input)
  const refused = other && (await told(write, owner, other, key))
  if (refused && refused !== 'key_reused') wrong.push(`another body: ${short(refused)}`)
  if ((await traces()) !== once) wrong.push('done twice')
  if ((await told(write, director, input, key)) === 'key_reused') wrong.push('somebody else is told of the key')
  const receipts = await db.doneCall.findMany({ where: { key } })
  if (receipts.filter(({ userId }) => userId === ids.owner).length !== 1) wrong.push('the first receipt is gone')
  return wrong
}

/** How much was written down: what is done and what is told of it, and the ledgers. */
async function traces(): Promise<string> {
  const [row] = await db.$queryRaw<{ traces: string }[]>`
    select format('%s audit, %s facts, %s moves, %s entries, %s calls', (select count(*) from audit_entry), (select count(*) from event),
      (select count(*) from stock_move), (select count(*) from receivable_entry), (select count(*) from done_call)) as traces`
  return row?.traces ?? ''
}
