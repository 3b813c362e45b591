import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { newId } from '#kernel/ids'
import { dayAt } from '#kernel/days'
import type { Session } from '../../bench/session.ts'
import { nextSale, orderOf, type Seller } from '../../bench/trade.ts'
import type { Company } from './company.ts'

/** What somebody did, and what he was told of it in the end, however often he had to ask. */
export type Deed = { path: string; body: object; key: string; session: Session; status: number; text: string }

/** What the people of the company have done since they began. */
export type Trading = {
  deeds: Deed[]
  /** Orders that were placed. */
  orderIds: string[]
  shippedIds: string[]
  receiptIds: string[]
  approvalIds: string[]
  /** How often somebody had to ask again, and after what. */
  troubles: Map<string, number>
  /** The longest that anybody waited for one answer, or for being told that there is none. */
  slowestMs: number
  /** Whether somebody could not go on: `stop` says why. */
  isOver: () => boolean
  /** Ends when what was begun is done; throws what went wrong. */
  stop: () => Promise<void>
}

const answerWithinMs = 15_000
const insistForMs = 180_000
const thinkMs = 150

const Orders = z.object({ order: z.object({ id: z.string(), state: z.string(), version: z.number() }) })
const Notes = z.object({ rows: z.array(z.object({ id: z.string(), version: z.number() })) })
const Approvals = z.object({ approvals: z.array(z.object({ id: z.string(), step: z.number() })) })

/** So many people at work on whatever house answers, who ask again with the same key until they are told what became of it. */
export function startTrading(company: Company, people: number): Trading {
  const { trade, houses, keeper, accountant, deciders } = company
  const isOver = new AbortController()
  const trading: Trading = {
    deeds: [],
    orderIds: [],
    shippedIds: [],
    receiptIds: [],
    approvalIds: [],
    troubles: new Map(),
    slowestMs: 0,
    isOver: () => isOver.signal.aborted,
    stop: async () => {
      isOver.abort()
      await Promise.all(working)
    },
  }
  let turn = 0

  const once = async (session: Session, path: string, init: RequestInit): Promise<{ status: number; text: string }> => {
    const begun = performance.now()
    const house = houses[turn++ % houses.length]!
    try {
      const answer = await fetch(`${house.url}/api${path}`, {
        ...init,
        headers: { ...session.headers, ...init.headers },
        signal: AbortSignal.timeout(answerWithinMs),
      })
      return { status: answer.status, text: await answer.text() }
    } finally {
      trading.slowestMs = Math.max(trading.slowestMs, performance.now() - begun)
    }
  }
  /** Until there is an answer: a fault, a full house and a line that breaks are none. */
  const insist = async (
    session: Session,
    path: string,
    init: RequestInit = {},
  ): Promise<{ status: number; text: string }> => {
    for (const begun = Date.now(); ; await pause(50 + trade.luck.whole(0, 200))) {
      const answer = await once(session, path, init).catch((error: unknown) => troubleOf(error))
      if (typeof answer !== 'string' && answer.status < 500 && answer.status !== 429) return answer
      const trouble = typeof answer === 'string' ? answer : String(answer.status)
      trading.troubles.set(trouble, (trading.troubles.get(trouble) ?? 0) + 1)
      if (Date.now() - begun > insistForMs) throw new Error(`${path} had no answer for so long, at last: ${trouble}`)
    }
  }
  const read = async <T>(shape: z.ZodType<T>, session: Session, path: string): Promise<T> =>
    shape.parse(JSON.parse((await insist(session, path)).text))
  const attempt = async (session: Session, path: string, body: object): Promise<Deed> => {
    const key = newId()
    const headers = { 'content-type': 'application/json', 'idempotency-key': key }
    const deed = {
      path,
      body,
      key,
      session,
      ...(await insist(session, path, { method: 'POST', headers, body: JSON.stringify(body) })),
    }
    trading.deeds.push(deed)
    return deed
  }
  const act = async (session: Session, path: string, body: object): Promise<string> => {
    const { status, text } = await attempt(session, path, body)
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`)
    return text
  }

  const sell = async (seller: Seller, customerId?: string) => {
    const sale = nextSale(trade, seller)
    const body = orderOf(trade, customerId ? { ...sale, customerId } : sale)
    const { order } = Orders.parse(JSON.parse(await act(seller.session, '/orders', body)))
    trading.orderIds.push(order.id)
    return order
  }
  const ship = async (seller: Seller): Promise<void> => {
    const { id } = await sell(seller)
    const { rows } = await read(Notes, keeper, `/deliveries?orderId=${id}`)
    for (const note of rows) {
      await act(keeper, `/deliveries/${note.id}/ship`, note)
      trading.shippedIds.push(note.id)
    }
  }
  const cancel = async (seller: Seller): Promise<void> => {
    const { id, version } = await sell(seller)
    await act(seller.session, `/orders/${id}/cancel`, { id, version, reason: '客户改主意了' })
  }
  const pay = async (seller: Seller): Promise<void> => {
    const id = newId()
    const amount = `${trade.luck.whole(1, 500)}.${trade.luck.whole(10, 99)}`
    const customerId = trade.luck.pick(seller.customers)
    await act(accountant, '/receipts', { id, customerId, amount, method: 'bank', receivedOn: dayAt(new Date()) })
    trading.receiptIds.push(id)
  }
  /** Two decide at the same moment; one of them is too late, or both say the same. */
  const decide = async (seller: Seller): Promise<void> => {
    const { id } = await sell(seller, seller.stretched)
    const { approvals } = await read(Approvals, deciders[0], `/documents/sales_order/${id}/approvals`)
    const [approval] = approvals
    if (!approval) throw new Error(`Nobody was asked about order ${id}.`)
    trading.approvalIds.push(approval.id)
    const votes = deciders.map((session) => {
      const choice = trade.luck.hit(0.6) ? 'approve' : 'reject'
      return attempt(session, `/approvals/${approval.id}/vote`, { ...approval, choice, comment: '看过了' })
    })
    const told = await Promise.all(votes)
    if (!told.some(({ status }) => status === 200)) throw new Error(`Nobody could decide: ${told[0]?.text}`)
  }

  const work = async (seller: Seller): Promise<void> => {
    const what = trade.luck.next()
    if (what < 0.5) await sell(seller)
    else if (what < 0.7) await ship(seller)
    else if (what < 0.8) await cancel(seller)
    else if (what < 0.9) await pay(seller)
    else await decide(seller)
  }
  const working = Array.from({ length: people }, async (_, i) => {
    while (!isOver.signal.aborted) {
      await work(trade.sellers[i % trade.sellers.length]!)
      await pause(thinkMs, undefined, { signal: isOver.signal }).catch(() => {})
    }
  })
  // They are waited for when they are told to stop; until then a failure is kept.
  for (const one of working) one.catch(() => isOver.abort())
  return trading
}

/** What broke, in the words of the network. */
function troubleOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined
  return typeof code === 'string' ? code : cause instanceof Error ? cause.name : String(cause)
}
