import { Decimal, showValue, toMoney } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import { waysOut } from '#server/modules/finance'
import type { WayOut } from './contract.ts'
import type { Standing } from './order-facts.model.ts'
import type { FiredRule, SoldLine } from './order.model.ts'

/**
 * The smallest ways below the credit limit that a rule held an order against: collect what is over, leave lines out, or
 * order a part now. Nothing when no rule looked at credit, or when the caller may not see it.
 */
export function waysOutFor(
  caller: Caller,
  fired: readonly FiredRule[],
  standing: Standing,
  lines: readonly SoldLine[],
): WayOut[] {
  const limitPercent = creditThreshold(fired)
  if (!limitPercent || !canRead(caller, 'credit')) return []
  const orderAmount = Decimal.sum(0, ...lines.map((line) => line.gross))
  const ways = waysOut({
    exposure: standing.exposure,
    limit: standing.limit,
    limitPercent,
    orderAmount,
    lines: lines.map(({ id, gross, quantity }) => ({ id, amount: gross, quantity })),
  })
  if (!ways) return []
  const collect: WayOut = {
    way: 'collect',
    amount: toMoney(ways.collect),
    lineId: null,
    words: { zh: `先收款 ${shown(ways.collect)}`, en: `Collect ${shown(ways.collect)} first` },
  }
  return [collect, ...dropLines(ways.drop, lines), ...orderPart(ways.ship)]
}

const shown = (amount: Decimal): string => showValue({ kind: 'money' }, toMoney(amount), 'zh')

type Ways = NonNullable<ReturnType<typeof waysOut>>

function dropLines(drop: Ways['drop'], lines: readonly SoldLine[]): WayOut[] {
  if (!drop) return []
  const positions = lines.filter((line) => drop.lineIds.includes(line.id)).map((line) => line.position)
  const amount = toMoney(drop.amount)
  const words = {
    zh: `去掉第 ${positions.join('、')} 行（${shown(drop.amount)}）`,
    en: `Leave out line ${positions.join(', ')} (${shown(drop.amount)})`,
  }
  return [{ way: 'drop_line', amount, lineId: drop.lineIds.length === 1 ? drop.lineIds[0]! : null, words }]
}

function orderPart(ship: Ways['ship']): WayOut[] {
  if (!ship) return []
  const amount = toMoney(ship.upTo)
  const words = {
    zh: `分两次：现在最多下单 ${shown(ship.upTo)}`,
    en: `In two parts: order up to ${shown(ship.upTo)} now`,
  }
  return [{ way: 'order_part', amount, lineId: null, words }]
}

/** The per cent of the limit that the strictest rule allows; a rule on the limit itself allows all of it. */
function creditThreshold(fired: readonly FiredRule[]): Decimal | undefined {
  const thresholds = fired
    .flatMap((rule) => rule.because)
    .filter((clause) => clause.held && (clause.is === 'gt' || clause.is === 'gte'))
    .flatMap((clause) => {
      if (clause.field === 'credit.usedPercent') return [new Decimal(String(clause.limit))]
      return clause.field === 'credit.after' ? [new Decimal(100)] : []
    })
  return thresholds.length > 0 ? Decimal.min(...thresholds) : undefined
}
