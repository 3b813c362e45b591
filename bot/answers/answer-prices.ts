import { baseUnit, Decimal, type Lang, toQuantity } from '#contract'
import { sayPriceTrace } from '#contract/modules/catalog'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { catalogActions } from '#server/modules/catalog'
import { inventoryActions } from '#server/modules/inventory'
import { salesActions } from '#server/modules/sales'
import type { Card, CardPart } from '../card.ts'
import { bareQuantity, price, table, tableOr, understood } from './card-pieces.ts'
import { nextStep } from './next-step.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'

type Query = QueryOf<'price.item'>
type Item = Awaited<ReturnType<typeof catalogActions.item>>
const tiersMax = 6

/** What items cost: the price that holds for the asked quantity or customer first, then the tiers. No cost and no floor. */
export async function answerPrices(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  const items = await Promise.all(query.itemIds.map((id) => ask(caller, catalogActions.item, { id })))
  const parts = await Promise.all(items.map((item) => priceParts(caller, item, query, items.length > 1, lang)))
  const en = lang === 'en'
  const [first] = items
  return {
    colour: 'blue',
    title: items.map(labelOf).join('、'),
    parts: [
      ...parts.flat(),
      understood(
        caller.at,
        lang,
        query.customerId ? (en ? 'price for this customer' : '客户价') : en ? 'price' : '价格',
        items.map((item) => item.item.code).join('、'),
      ),
    ],
    buttons: [nextStep('stock', en ? 'Stock' : '库存', { intent: 'stock.item', itemIds: query.itemIds }, lang)],
    link: first && { label: en ? 'The item' : '商品详情', path: `/stock/${first.item.id}` },
  }
}

const labelOf = ({ item }: Item): string =>
  itemLabel({ name: item.name ?? '', spec: item.spec ?? '', code: item.code ?? '' })

async function priceParts(
  caller: Caller,
  item: Item,
  query: Query,
  isOneOfSeveral: boolean,
  lang: Lang,
): Promise<CardPart[]> {
  const en = lang === 'en'
  const unit = baseUnit(item.units)
  const label = isOneOfSeveral ? `${labelOf(item)} · ` : ''
  const general = item.prices.filter((tier) => tier.kind === 'general' && tier.price !== undefined)
  const standard: CardPart = {
    kind: 'figure',
    value:
      item.item.listPrice == null ? (en ? 'not priced' : '未定价') : `${price(item.item.listPrice, lang)} / ${unit}`,
    label: label + (en ? 'list price, tax included' : '标准售价（含税）'),
  }
  const applied = query.customerId || query.quantity ? await appliedPrice(caller, item, query, lang) : []
  return [
    ...(applied.length > 0 ? applied : [standard]),
    ...(general.length > 0
      ? [
          table(
            en ? ['From', '#Price', 'Valid'] : ['数量起', '#单价', '有效期'],
            general
              .slice(0, tiersMax)
              .map((tier) => [
                new Decimal(tier.minQuantity).isZero()
                  ? en
                    ? 'any'
                    : '不限'
                  : bareQuantity(tier.minQuantity, item.units),
                price(tier.price, lang),
                tier.endsOn ?? (en ? 'open' : '长期'),
              ]),
          ),
        ]
      : []),
  ]
}

/** The price that the rules make for a customer or a quantity; of a quantity alone, the tier that it reaches. */
async function appliedPrice(
  caller: Caller,
  item: Item,
  { customerId, quantity }: Query,
  lang: Lang,
): Promise<CardPart[]> {
  const unit =
    quantity?.unit && item.units.some((one) => one.unit === quantity.unit) ? quantity.unit : baseUnit(item.units)
  const n = quantity?.n ?? '1'
  const base = baseUnit(item.units)
  if (!customerId) {
    const ratio = item.units.find((one) => one.unit === unit)
    const wanted = new Decimal(n).times(ratio?.numerator ?? 1).div(ratio?.denominator ?? 1)
    const tier = item.prices
      .filter((one) => one.kind === 'general' && one.price !== undefined && wanted.gte(one.minQuantity))
      .toSorted((a, b) => new Decimal(b.minQuantity).cmp(a.minQuantity))[0]
    const found = tier?.price ?? item.item.listPrice
    if (found == null) return []
    return [
      {
        kind: 'figure',
        value: `${price(found, lang)} / ${base}`,
        label: `${n} ${unit} · ${tier?.list ?? (lang === 'en' ? 'list price' : '标准售价')}`,
      },
    ]
  }
  const { rows } = await ask(caller, inventoryActions.warehouses, {})
  const warehouseId = rows.find((one) => one.active)?.id
  if (!warehouseId) return []
  const preview = await ask(caller, salesActions.previewOrder, {
    customerId,
    warehouseId,
    backorder: false,
    lines: [{ itemId: item.item.id, entered: [{ unit, quantity: n }] }],
  })
  const [line] = preview.lines
  if (!line) return []
  return [
    {
      kind: 'figure',
      value: `${price(line.rulePrice, lang)} / ${base}`,
      label: `${n} ${unit} · ${sayPriceTrace(line.rule)[lang]}`,
    },
  ]
}

const dealsMax = 4

/** What a customer last paid for an item. Where he never bought it, that is said: never another one's price. */
export async function answerLastPrice(caller: Caller, query: QueryOf<'price.last'>, lang: Lang): Promise<Card> {
  const { itemId, customerId, limit = dealsMax } = query
  const [item, { items }] = await Promise.all([
    ask(caller, catalogActions.item, { id: itemId }),
    ask(caller, salesActions.lastPrices, { id: customerId, itemIds: [itemId] }),
  ])
  const deals = items.find((one) => one.itemId === itemId)?.prices ?? []
  const [last] = deals
  const en = lang === 'en'
  const unit = baseUnit(item.units)
  return {
    colour: 'blue',
    title: labelOf(item),
    parts: [
      ...(last
        ? [
            {
              kind: 'figure' as const,
              value: `${price(last.price, lang)} / ${unit}`,
              label: en ? `last paid, ${last.on}` : `上次成交 ${last.on}`,
            },
          ]
        : []),
      tableOr(
        en ? ['Day', '#Price', '#Quantity', 'Order'] : ['日期', '#单价', '#数量', '订单'],
        deals
          .slice(0, limit)
          .map((one) => [
            one.on,
            price(one.price, lang),
            bareQuantity(toQuantity(one.quantity), item.units),
            [{ text: one.number, path: `/orders/${one.orderId}` }],
          ]),
        en ? 'Never sold to this customer.' : '这家客户从未成交过这个商品。',
      ),
      ...(item.item.listPrice == null
        ? []
        : [
            {
              kind: 'facts' as const,
              facts: [
                {
                  label: en ? 'List price today' : '今日标准售价',
                  value: `${price(item.item.listPrice, lang)} / ${unit}`,
                },
              ],
            },
          ]),
      understood(caller.at, lang, en ? 'last price' : '上次成交价', item.item.code ?? ''),
    ],
    buttons: [
      nextStep('price', en ? 'Price now' : '现在的价格', { intent: 'price.item', itemIds: [itemId], customerId }, lang),
    ],
    link: { label: en ? 'The customer' : '客户页', path: `/customers/${customerId}` },
  }
}
