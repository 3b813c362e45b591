import { type Benchmark, latencies } from './benchmark.ts'
import { repeated } from './closed-loop.ts'
import { benchSellers } from './platform.ts'

const times = 36
const warmUp = 6

/** What somebody asks, taken from the goods that are there. */
const questions = `
  select name || ' ' || spec || ' 还有多少' as text from item where spec <> '' order by code limit $1`

/** From the message in the chat to the answer in the chat: receive, store, understand, look up, reply. */
export const botStockQuery: Benchmark = {
  name: 'bot-stock-query',
  on: 'open company',
  run: async ({ size, chat, database }, report) => {
    const { rows } = await database.query<{ text: string }>(questions, [times])
    const ask = async (i: number): Promise<void> => {
      // Everybody asks in turn: the platform lets the bot send one person only so much at a time.
      const person = benchSellers[i % benchSellers.length]!.key
      const answered = chat.next(({ people, message }) => people.includes(person) && message.from.kind === 'bot')
      await chat.write(person, rows[i % rows.length]!.text)
      await answered
    }
    await repeated(warmUp, ask)
    for (const figure of latencies(`bot-stock-query/${size}`, await repeated(times, ask))) report(figure)
  },
}
