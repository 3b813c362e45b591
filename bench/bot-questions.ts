import { type Benchmark, latencies } from './benchmark.ts'
import { repeated } from './closed-loop.ts'
import { benchSellers } from './platform.ts'

const times = 72
const warmUp = 12
/** What people mix on a day: figures of goods, of money, a name that fits several things, and what is no question at all. */
const asked = (item: string, name: string, customer: string): string[] => [
  `${item} 还有多少`,
  `${item} 能发500个吗`,
  `${item}什么价`,
  `${item}什么时候到货`,
  `${name}还有多少`,
  `${customer}还欠多少`,
  `${customer}的订单到哪了`,
  `上次给${customer}的${item}多少钱`,
  '今天要发哪些货',
  '逾期的客户有哪些',
  '快断货的有哪些',
  '今天天气怎么样',
]
const named = `
  select item.name || ' ' || item.spec as item, item.name, customer.short_name as customer
  from (select *, row_number() over (order by code) as place from item where spec <> '') as item
  join (select *, row_number() over (order by number) as place from customer) as customer using (place)
  order by place limit $1`

type Named = { item: string; name: string; customer: string }

/** All kinds of questions, from the message in the chat to the reply in the chat, on as many names as the company has. */
export const botQuestions: Benchmark = {
  name: 'bot-questions',
  on: 'open company',
  run: async ({ size, chat, database }, report) => {
    const { rows } = await database.query<Named>(named, [times])
    const ask = async (i: number): Promise<void> => {
      const { item, name, customer } = rows[i % rows.length]!
      const texts = asked(item, name, customer)
      // Everybody asks in turn: the platform lets the bot send one person only so much at a time.
      const person = benchSellers[i % benchSellers.length]!.key
      const answered = chat.next(({ people, message }) => people.includes(person) && message.from.kind === 'bot')
      await chat.write(person, texts[i % texts.length]!)
      await answered
    }
    await repeated(warmUp, ask)
    for (const figure of latencies(`bot-questions/${size}`, await repeated(times, ask))) report(figure)
  },
}
