import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { type Company, prove } from './company.ts'
import type { Trading } from './trading.ts'

const settledWithinMs = 120_000

/** Whatever befell the house: what people were told is so, once, and what followed from it has happened. */
export async function expectNothingLostOrDoubled(company: Company, trading: Trading): Promise<void> {
  await settled(company)
  await expectSameAnswers(company, trading)
  await expectDeeds(company, trading)
  await expectNoJobLost(company)
  await prove(company)
}

/** Asked again with the same key, everybody is told the same. */
async function expectSameAnswers({ houses }: Company, { deeds }: Trading): Promise<void> {
  const url = houses[0]!.url // there is at least one
  for (const { path, body, key, session, text, status } of deeds.filter((deed) => deed.status === 200)) {
    const headers = { ...session.headers, 'content-type': 'application/json', 'idempotency-key': key }
    const answer = async (): Promise<Response> =>
      fetch(`${url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    let again = await answer()
    // So many questions in so short a time are more than one person may ask.
    for (; again.status === 429; again = await answer()) await pause(1000)
    expect({ status: again.status, told: await again.json() }, path).toEqual({ status, told: JSON.parse(text) })
  }
}

async function expectDeeds({ query }: Company, trading: Trading): Promise<void> {
  const { orderIds, shippedIds, receiptIds, approvalIds } = trading
  const counted = async (text: string, ids: string[]): Promise<number> =>
    Number((await query<{ count: string }>(text, [ids]))[0]?.count)
  const submitted = `select count(*) from event where name = 'sales.order-submitted' and body ->> 'orderId' = any($1)`
  const shipped = `select count(*) from event where name = 'sales.delivery-shipped' and body ->> 'deliveryId' = any($1)`
  const decided = `select count(*) from event where name = 'approvals.settled' and body ->> 'approvalId' = any($1)`
  expect(await counted('select count(*) from sales_order where id = any($1::uuid[])', orderIds)).toBe(orderIds.length)
  expect(await counted(submitted, orderIds), 'each was submitted once').toBe(orderIds.length)
  expect(await counted(shipped, shippedIds), 'each was shipped once').toBe(shippedIds.length)
  expect(await counted(decided, approvalIds), 'each was decided once').toBe(approvalIds.length)
  expect(await counted('select count(*) from receipt where id = any($1::uuid[])', receiptIds)).toBe(receiptIds.length)
  // Nobody has an order that he does not know of.
  const [{ count } = { count: '' }] = await query<{ count: string }>(
    `select count(*) from sales_order o join customer c on c.id = o.customer_id where c.number like 'BENCH%'`,
  )
  expect(Number(count)).toBe(orderIds.length)
  // What was shipped left the warehouse once.
  const wrong = await query(
    `select l.delivery_id from delivery_line l where l.delivery_id = any($1::uuid[])
     group by l.delivery_id
     having sum(l.picked) <> (select -sum(m.quantity) from stock_move m where m.source_id = l.delivery_id)`,
    [shippedIds],
  )
  expect(wrong).toEqual([])
}

/** Every fact was heard by everybody who listens, every card went once. */
async function expectNoJobLost({ query, simulatorUrl }: Company): Promise<void> {
  const failed = await query(`select name, output from jobs.job where state = 'failed' limit 5`)
  expect(failed, 'no job was given up').toEqual([])
  const refused = await query(`select person_id, title, error from outbox_message where state = 'failed' limit 5`)
  expect(refused, 'no message was given up').toEqual([])
  const sent = await query<{ count: string }>(
    `select count(*) from outbox_message where platform = 'feishu' and handle is not null and sent_at is not null`,
  )
  expect(await messagesShown(simulatorUrl), 'each message was shown once').toBe(Number(sent[0]?.count))
}

/** How many messages of the bot stand in the chats of all people. */
async function messagesShown(simulatorUrl: string): Promise<number> {
  const read = async (path: string): Promise<unknown> => (await fetch(`${simulatorUrl}/sim${path}`)).json()
  const { people } = (await read('/people')) as { people: { key: string }[] } // as simulator/answers.ts says
  const inboxes = await Promise.all(
    people.map(async ({ key }) => (await read(`/feishu/people/${key}/inbox`)) as { messages: unknown[] }), // as above
  )
  return inboxes.reduce((sum, { messages }) => sum + messages.length, 0)
}

/** Waits until nothing is left to be told, worked or sent. */
export async function settled({ query }: Company): Promise<void> {
  const waiting = `
    select (select count(*) from event where relayed_at is null) as facts,
      (select count(*) from jobs.job where state in ('created', 'retry', 'active') and start_after < now() + interval '1 hour') as jobs,
      (select count(*) from outbox_message where due_at < now() + interval '1 hour') as messages`
  for (const begun = Date.now(); ; await pause(250)) {
    const [left] = await query<Record<string, string>>(waiting)
    if (Object.values(left ?? {}).every((count) => count === '0')) return
    if (Date.now() - begun > settledWithinMs) throw new Error(`It does not come to rest: ${JSON.stringify(left)}`)
  }
}
