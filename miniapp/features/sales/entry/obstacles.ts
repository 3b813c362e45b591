import { z } from 'zod'
import { Decimal, Id, Quantity, Refusal, showQuantity } from '#contract'
import { Reason, WayOut } from '#contract/modules/sales'
import { wordsOf } from '../../../query.ts'
import { shortDay } from '../../../ui/moments.ts'
import { t } from '../messages.ts'
import type { Entry, EntryLine } from './entry.model.ts'
import { type Fix, type PreviewLine, problemFixes, shortFixes, splitAt } from './fixes.model.ts'

/** Something that kept an entry from being submitted: what it is, where, and the ways out. */
export type Obstacle = { key: string; words: string; lineKey?: string; reasons: Reason[]; fixes: Fix[] }

type Known = (lineKey: string) => PreviewLine | undefined

const ShortFacts = z.object({
  lines: z.array(
    z.object({
      itemId: Id,
      warehouseId: Id,
      item: z.string(),
      warehouse: z.string(),
      wanted: Quantity,
      available: Quantity,
      wantedShown: z.string(),
      availableShown: z.string(),
      incoming: z.array(z.object({ quantity: Quantity, on: z.string().nullable() })),
    }),
  ),
})
type ShortLine = z.output<typeof ShortFacts>['lines'][number]
const RuleFacts = z.object({ reasons: z.array(Reason), waysOut: z.array(WayOut) })

/** What a refused submit was refused for, line by line. `mayWait`: a part may be delivered later. */
export function obstaclesOf(error: unknown, entry: Entry, known: Known, mayWait: boolean): Obstacle[] {
  if (!(error instanceof Refusal)) return [{ key: 'error', words: wordsOf(error), reasons: [], fixes: [] }]
  const short = error.code === 'out_of_stock' && ShortFacts.safeParse(error.facts).data
  if (short && short.lines.length > 0) return shortObstacles(short.lines, entry, known, mayWait)
  const rules = error.code === 'rule_blocked' && RuleFacts.safeParse(error.facts).data
  if (rules)
    return [
      { key: 'rules', words: wordsOf(error), reasons: rules.reasons, fixes: waysOutFixes(rules.waysOut, entry, known) },
    ]
  return lineObstacles(error, entry, known)
}

function shortObstacles(short: readonly ShortLine[], entry: Entry, known: Known, mayWait: boolean): Obstacle[] {
  const taken = new Set<string>()
  return short.map((one, at) => {
    const line = entry.lines.find(
      ({ key, item, warehouseId }) =>
        !taken.has(key) && item.id === one.itemId && (warehouseId ?? entry.warehouseId) === one.warehouseId,
    )
    if (line) taken.add(line.key)
    const coming = one.incoming.find(({ on }) => on !== null)
    const words = [
      t('shortOf', {
        item: one.item,
        warehouse: one.warehouse,
        available: one.availableShown,
        wanted: one.wantedShown,
      }),
      ...(coming ? [t('comingOn', { day: shortDay(coming.on ?? ''), quantity: amountOf(coming.quantity, line) })] : []),
    ].join(' ')
    const fixes = line ? shortFixes({ line, ...one }, known(line.key), mayWait) : []
    return { key: `short ${at}`, words, lineKey: line?.key, reasons: [], fixes }
  })
}

const amountOf = (quantity: string, line: EntryLine | undefined): string =>
  line ? showQuantity(quantity, line.item.units) : quantity

/** The ways below a limit that can be gone with one tap. Collecting money is somebody else's tap. */
export function waysOutFixes(ways: readonly WayOut[], entry: Entry, known: Known): Fix[] {
  return ways.flatMap((way): Fix[] => {
    if (way.way === 'order_part')
      return splitAt(entry.lines, known, way.amount) ? [{ do: 'split', amount: way.amount }] : []
    const line = way.way === 'drop_line' && lineOfWay(way, entry.lines, known)
    return line && entry.lines.length > 1 ? [{ do: 'remove', lineKey: line.key }] : []
  })
}

/** Lines that the server has not kept yet have other ids there; their amount tells which is meant, when only one has it. */
function lineOfWay(way: WayOut, lines: readonly EntryLine[], known: Known): EntryLine | undefined {
  const named = lines.find(({ key }) => key === way.lineId)
  if (named) return named
  const alike = lines.filter(({ key }) => known(key)?.gross && new Decimal(known(key)?.gross ?? 0).eq(way.amount))
  return alike.length === 1 ? alike[0] : undefined
}

/** The lines that an answer's field issues are about: 'lines.2.price'. */
function lineObstacles(error: Refusal, entry: Entry, known: Known): Obstacle[] {
  const about = error.issues.flatMap(({ field, message }) => {
    const line = entry.lines[Number(/^lines\.(\d+)/.exec(field)?.[1] ?? NaN)]
    return line ? [{ line, message }] : []
  })
  if (about.length === 0) return [{ key: error.code, words: wordsOf(error), reasons: [], fixes: [] }]
  return about.map(({ line, message }, at) => ({
    key: `${error.code} ${at}`,
    words: error.code === 'malformed' ? message : wordsOf(error),
    lineKey: line.key,
    reasons: [],
    fixes: problemFixes(error.code, line, known(line.key)?.rulePrice),
  }))
}
