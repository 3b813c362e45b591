import { type Benchmark, latencies } from './benchmark.ts'
import type { Chat } from './chat.ts'
import type { OpenCompany } from './open-company.ts'
import { nextSale, orderOf } from './trade.ts'

const times = 20
const warmUp = 3
/** More than a seller may give away on his own. */
const discountPercent = 12
const manager = 'wangjie'

type Timing = { delivered: number; answered: number; refreshed: number }

/** An order that must be agreed to: until the card is there, from the press to its answer, and until the seller has been told. */
export const cardClick: Benchmark = {
  name: 'card-click',
  on: 'open company',
  run: async (company, report) => {
    for (let i = 0; i < warmUp; i++) await askAndAgree(company, i)
    const timings: Timing[] = []
    for (let i = 0; i < times; i++) timings.push(await askAndAgree(company, i))
    const name = (what: string): string => `${what}/${company.scale}x`
    const figures = [
      ...latencies(name('commit-to-card'), timings.map((timing) => timing.delivered)),
      ...latencies(name('card-click'), timings.map((timing) => timing.answered)),
      ...latencies(name('card-click-to-told'), timings.map((timing) => timing.refreshed)),
    ]
    for (const figure of figures) report(figure)
  },
}

async function askAndAgree({ chat, trade }: OpenCompany, i: number): Promise<Timing> {
  const seller = trade.sellers[i % trade.sellers.length]!
  const asked = cardFor(chat, manager)
  // The card may be there before the answer to the submission is.
  asked.catch(() => {})
  await seller.session.post('/orders', orderOf(trade, nextSale(trade, seller), discountPercent))
  const submittedAt = performance.now()
  const card = await asked
  const told = cardFor(chat, seller.key)
  told.catch(() => {})
  const pressedAt = performance.now()
  const { code, toast } = await chat.click(card.message.messageId, manager, 'approve')
  const answeredAt = performance.now()
  if (code || toast?.type !== 'success') throw new Error(`The press was answered: ${toast?.content ?? 'nothing'}`)
  return {
    delivered: Math.max(0, card.at - submittedAt),
    answered: answeredAt - pressedAt,
    refreshed: (await told).at - pressedAt,
  }
}

/** A new card in somebody's chat. */
const cardFor = (chat: Chat, person: string) =>
  chat.next(({ people, message }) => people.includes(person) && message.kind === 'card' && message.version === 0)
