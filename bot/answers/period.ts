import { daysOf } from './days-meant.ts'
import type { Asked } from './asked.ts'

const thisMonth = ({ known: { today } }: Asked) => ({ from: `${today.slice(0, 8)}01`, to: today })

/** The days of a period as far as they have come; where nobody says, this month. */
export function period(ask: Asked, standard = thisMonth(ask)): { from: string; to: string } {
  const { from = standard.from, to = standard.to } = daysOf(ask)
  return { from, to: to > ask.known.today && from <= ask.known.today ? ask.known.today : to }
}
