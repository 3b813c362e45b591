import type { Caller } from '#kernel/caller'
import { config } from '#kernel/config'
import { addDays, dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { type Alert, alertsFor, alertsOn } from '#server/engines/alerts'
import { answer } from '../answers/answer.ts'
import type { Card } from '../card.ts'
import { reader } from '../reader.ts'

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: config.TIME_ZONE, hour: '2-digit', hour12: false })

type Report = { alert: Alert; holder: Caller; card: Card }

/** The reports that are to be sent in this hour: the sales of the day before, as far as whoever asked for them may see them. */
export async function reportsDue(tx: Tx, at: Date): Promise<Report[]> {
  const hour = Number(clock.format(at)) % 24
  const yesterday = addDays(dayAt(at), -1)
  const due: Report[] = []
  for (const alert of await alertsOn(tx, 'report')) {
    if (alert.hour !== hour) continue
    const holder = await reader(tx, alert.personId, at)
    const [view] = holder ? await alertsFor(tx, holder, [alert]) : []
    if (!holder || !view) continue
    const days = { from: yesterday, to: yesterday }
    const card = await answer(holder, { intent: 'sales.summary', metric: 'amount', ...days }, holder.lang)
    due.push({ alert, holder, card })
  }
  return due
}
