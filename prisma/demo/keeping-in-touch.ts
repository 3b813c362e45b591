import { newId } from '#kernel/ids'
import { addDays, endOfMonth } from '#kernel/days'
import type { World } from './history/world.ts'

type Row = Record<string, unknown>

/** What sellers wrote down after they had spoken to a customer, and in how many days they meant to be in touch again. */
const notes: readonly (readonly [kind: string, text: string, again: number | null])[] = [
  ['visit', '上门看了仓库，老板说月底前再备一批膨胀螺栓，要比上次多两成。', 7],
  ['call', '采购在比价，密封胶希望再便宜一点，答应他周内回复。', 3],
  ['wechat', '发了新到货清单，对方说先看看样品。', 5],
  ['collection', '会计说款已排上，下周三前安排付款。', 4],
  ['visit', '工地开工了，五金件用量会上来，约好过两周再去一次。', 14],
  ['call', '反映上次到货有两箱外包装破损，已说明处理，对方满意。', null],
  ['wechat', '报价已收到，等他们老板签字。', 2],
  ['call', '换了采购负责人，新采购姓宋，重新介绍了公司。', 10],
]
const keptMax = 60
const everyDays = 17

/** Follow-ups of the last two months: of some customers the next step is due today, tomorrow, or was due before. */
export function demoFollowUps({ parties, today, now }: World): Row[] {
  return parties.slice(0, keptMax).flatMap((party, i) => {
    const daysAgo = [(i * 5) % everyDays, everyDays + ((i * 7) % 40)]
    return daysAgo.map((ago, turn) => {
      const [kind, text, again] = notes[(i + turn * 3) % notes.length]!
      const on = addDays(today, -ago)
      return {
        id: newId(),
        customer_id: party.id,
        person_id: party.ownerId,
        kind,
        text,
        at: new Date(Math.min(Date.parse(`${on}T0${(i % 8) + 1}:00:00Z`) + i * 60_000, now.getTime())),
        next_on: again === null ? null : addDays(on, again),
        removed_at: null,
      }
    })
  })
}

/** What each seller is to sell in a month, in yuan. */
const targets: Record<string, string> = {
  xiaoli: '120000.00',
  xiaohe: '45000.00',
  xiaofang: '20000.00',
  xiaosun: '40000.00',
  xiaodeng: '15000.00',
  xiaoxu: '20000.00',
}

/** This month's targets and those of the two months before. */
export function demoTargets({ people, today, now }: World): Row[] {
  const months = [0, -1, -2].map((back) => `${endOfMonth(today, back).slice(0, 8)}01`)
  const manager = people.get('wangjie')!
  return Object.entries(targets).flatMap(([key, amount]) =>
    months.map((month) => ({ owner_id: people.get(key)!, month, amount, updated_at: now, updated_by: manager })),
  )
}
