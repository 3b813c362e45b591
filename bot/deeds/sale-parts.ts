import { baseUnit, Decimal, type Lang, say } from '#contract'
import { sayPriceTrace } from '#contract/modules/catalog'
import type { OrderPreview } from '#contract/modules/sales'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import { salesActions } from '#server/modules/sales'
import type { CardFact, CardPart } from '../card.ts'
import { bareQuantity, money, price, quantity } from '../answers/card-pieces.ts'
import { itemLabel } from '../answers/pick.ts'
import type { SaleDeed } from './deed.ts'

type DeedLine = SaleDeed['lines'][number]
const ownPrices = {
  last: { zh: '上次成交价', en: 'as last time', note: '按上次成交价' },
  said: { zh: '你说的价', en: 'as you said', note: '聊天里报的价' },
  discount: { zh: '按折扣', en: 'at a discount', note: '按聊天里说的折扣' },
}
const ownPriceOf = ({ price: own, priceFrom }: DeedLine) => (own === null ? undefined : ownPrices[priceFrom ?? 'last'])

/** Why a line has a price of its own. */
export const priceNoteOf = (line: DeedLine): string | null => ownPriceOf(line)?.note ?? null

/** What it would come to by the prices, the stock and the rules of this moment. */
export const previewOf = (caller: Caller, deed: SaleDeed): Promise<OrderPreview> =>
  ask(caller, salesActions.previewOrder, {
    customerId: deed.customerId,
    warehouseId: deed.warehouseId,
    backorder: deed.backorder,
    lines: deed.lines.map(({ itemId, entered, price: own }) => ({ itemId, entered, price: own })),
  })

/** A sale that is not made yet: what it comes to, each line with its price and whether it is there, and what the rules would say. */
export async function saleParts(
  caller: Caller,
  deed: SaleDeed,
  preview: OrderPreview,
  lang: Lang,
): Promise<CardPart[]> {
  const { rows } = await ask(caller, inventoryActions.warehouses, {})
  const warehouse = rows.find(({ id }) => id === deed.warehouseId)?.name ?? ''
  const en = lang === 'en'
  return [
    {
      kind: 'figure',
      value: money(preview.grossTotal, lang),
      label: en ? 'Total' : '价税合计',
    },
    ...preview.lines.map((line, i): CardPart => ({
      kind: 'entry',
      title: itemLabel(line.item),
      facts: lineFacts(line, deed.lines[i]!, lang),
    })),
    { kind: 'facts', facts: [...termFacts(deed, warehouse, en), ...creditFacts(preview, lang)] },
    ...(deed.unused ? [unusedPart(deed.unused, en)] : []),
    ...preview.reasons.map(({ name, words, effects }): CardPart => ({
      kind: 'reason',
      rule: `${effects.includes('block') ? (en ? 'Not possible: ' : '不能提交：') : en ? 'Needs approval: ' : '需要审批：'}${say(name, lang)}`,
      clauses: words.map((one) => say(one, lang)),
    })),
    ...(preview.waysOut.length > 0
      ? [{ kind: 'note' as const, text: preview.waysOut.map(({ words }) => say(words, lang)).join(en ? '; ' : '；') }]
      : []),
  ]
}

/** What he said and the draft does not hold. */
const unusedPart = (words: string, en: boolean): CardPart => ({
  kind: 'reason',
  rule: en ? 'Not used' : '没有用上',
  clauses: [en ? `${words}: change it in the app where it matters` : `${words}（需要的话请在应用里改）`],
})

type Line = OrderPreview['lines'][number]

function lineFacts(line: Line, said: DeedLine, lang: Lang): CardFact[] {
  const en = lang === 'en'
  const { units } = line.item
  const own = ownPriceOf(said)
  const why = own ? `${own[lang]}${usualPrice(line, lang)}` : sayPriceTrace(line.rule)[lang]
  return [
    { label: en ? 'Quantity' : '数量', value: quantity(line.quantity, units) },
    { label: en ? 'Amount' : '金额', value: money(line.gross, lang) },
    { label: en ? 'Price' : '单价', value: `${price(line.price, lang)} / ${baseUnit(units)} · ${why}` },
    { label: en ? 'Stock' : '库存', value: stockWords(line, lang) },
    ...(line.problem ? [{ label: en ? 'Problem' : '问题', value: say(line.problem.words, lang) }] : []),
  ]
}

/** What it would be by the rules, where that is another price. */
function usualPrice({ price: own, rulePrice }: Line, lang: Lang): string {
  if (new Decimal(own).eq(rulePrice) || new Decimal(rulePrice).isZero()) return ''
  return lang === 'en' ? `, usually ${price(rulePrice, lang)}` : `，平时 ${price(rulePrice, lang)}`
}

function stockWords({ short, promisedOn, availability, item }: Line, lang: Lang): string {
  const en = lang === 'en'
  if (new Decimal(short).lte(0)) return en ? 'there' : '够'
  const missing = bareQuantity(short, item.units)
  const elsewhere = availability.warehouses.filter((one) => new Decimal(one.available).gte(short))
  const when = promisedOn ? (en ? `, in by ${promisedOn}` : `，${promisedOn} 到`) : ''
  const where = elsewhere.map(({ name }) => name).join('、')
  const other = where ? (en ? `, ${where} has it` : `，${where}有`) : ''
  return (en ? `short of ${missing}` : `差 ${missing}`) + when + other
}

const termFacts = (deed: SaleDeed, warehouse: string, en: boolean): CardFact[] => [
  { label: en ? 'Warehouse' : '仓库', value: warehouse },
  ...(deed.promisedOn ? [{ label: en ? 'Promised on' : '交期', value: deed.promisedOn }] : []),
  ...(deed.holdDays
    ? [{ label: en ? 'Hold' : '留货', value: en ? `${deed.holdDays} days` : `${deed.holdDays} 天` }]
    : []),
]

/** Whether it fits the customer's credit; nothing for those who may not see credit. */
function creditFacts({ credit }: OrderPreview, lang: Lang): CardFact[] {
  if (!credit) return []
  const en = lang === 'en'
  const left = new Decimal(credit.limit).minus(credit.after)
  const value = left.gte(0)
    ? `${money(left.toFixed(2), lang)} ${en ? 'left' : '剩余'}`
    : `${en ? 'over by ' : '超 '}${money(left.neg().toFixed(2), lang)}`
  return [{ label: en ? 'Credit' : '信用额度', value }]
}
