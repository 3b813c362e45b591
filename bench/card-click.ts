import { setTimeout as pause } from 'node:timers/promises'
import { type Benchmark, latencies } from './benchmark.ts'
import type { Chat } from './chat.ts'
import type { OpenCompany } from './open-company.ts'
import { nextSale, orderOf } from './trade.ts'

const times = 20
const warmUp = 3
/** Nobody is asked again at once: then his card would wait for its turn, since platforms limit how many messages one person gets. */
const readingMs = 1000
/** Is asked when a customer has no credit left, and the one who may decide in his place: each has a copy of the card. */
const director = 'hezongjian'
const deputy = 'chenzong'

type Timing = { delivered: number; answered: number; refreshed: number }

/** An order that must be agreed to: until the card is there, from the press to its answer, and to the other copy that shows it. */
export const cardClick: Benchmark = {
  name: 'card-click',
  on: 'open company',
  run: async (company, report) => {
    for (let i = 0; i < warmUp; i++) await askAndAgree(company, i)
    const timings: Timing[] = []
    for (let i = 0; i < times; i++) {
      await pause(readingMs)
      timings.push(await askAndAgree(company, i))
    }
    const name = (what: string): string => `${what}/${company.size}`
    const figures = [
      ...latencies(
        name('commit-to-card'),
        timings.map((timing) => timing.delivered),
      ),
      ...latencies(
        name('card-click'),
        timings.map((timing) => timing.answered),
      ),
      ...latencies(
        name('card-click-to-copy'),
        timings.map((timing) => timing.refreshed),
      ),
    ]
    for (const figure of figures) report(figure)
  },
}

export async function askAndAgree({ chat, trade }: OpenCompany, i: number): Promise<Timing> {
  const seller = trade.sellers[i % trade.sellers.length]!
  const sale = { ...nextSale(trade, seller), customerId: seller.stretched }
  // The cards may be there before the answer to the submission is.
  const cards = Promise.all([director, deputy].map((person) => newCard(chat, person)))
  cards.catch(() => {})
  await seller.session.post('/orders', orderOf(trade, sale))
  const submittedAt = performance.now()
  const [card, copy] = await cards
  if (!card || !copy) throw new Error('Nobody was asked.')

  const refreshed = chat.next(({ message }) => message.messageId === copy.message.messageId)
  refreshed.catch(() => {})
  const pressedAt = performance.now()
  const { code, toast } = await chat.click(card.message.messageId, director, 'approve')
  const answeredAt = performance.now()
  if (code || toast?.type !== 'success') throw new Error(`The press was answered: ${toast?.content ?? 'nothing'}`)
  return {
    delivered: Math.max(0, Math.min(card.at, copy.at) - submittedAt),
    answered: answeredAt - pressedAt,
    refreshed: (await refreshed).at - pressedAt,
  }
}

/** The next new card in somebody's chat. */
const newCard = (chat: Chat, person: string) =>
  chat.next(({ people, message }) => people.includes(person) && message.kind === 'card' && message.version === 0)
