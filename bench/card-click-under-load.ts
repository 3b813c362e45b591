import { type Benchmark, latencies } from './benchmark.ts'
import { askAndAgree } from './card-click.ts'
import { closedLoop } from './closed-loop.ts'
import { submit } from './order-submit.ts'

const clients = 16
const presses = 60

/** Somebody decides on his card while sixteen others submit orders. */
export const cardClickUnderLoad: Benchmark = {
  name: 'card-click-under-load',
  on: 'open company',
  run: async (company, report) => {
    let isOver = false
    const answeredMs: number[] = []
    const pressing = async (): Promise<void> => {
      try {
        for (let i = 0; i < presses; i++) answeredMs.push((await askAndAgree(company, i)).answered)
      } finally {
        isOver = true
      }
    }
    const [, { perSecond }] = await Promise.all([
      pressing(),
      closedLoop(
        clients,
        () => isOver,
        () => submit(company),
      ),
    ])
    const name = `card-click-under-load/${company.size}`
    report({ name: `${name}/orders`, value: Math.round(perSecond), unit: 'orders/s' })
    for (const figure of latencies(name, answeredMs, undefined, [0.5, 0.99])) report(figure)
  },
}
