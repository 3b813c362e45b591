import { baseUnit, Decimal, type Lang, toPercent, toPrice } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { catalogActions } from '#server/modules/catalog'
import { inventoryActions } from '#server/modules/inventory'
import { salesActions } from '#server/modules/sales'
import type { Card } from '../card.ts'
import { money, price, understood } from './card-pieces.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'

type Query = QueryOf<'margin.query'>

/** What an item costs and leaves at its list price. Costs are moving averages without tax, as the ledger has them. */
export async function answerItemMargin(caller: Caller, query: Query & { itemId: string }, lang: Lang): Promise<Card> {
  const [stock, { item }] = await Promise.all([
    ask(caller, inventoryActions.itemStock, { itemId: query.itemId }),
    ask(caller, catalogActions.item, { id: query.itemId }),
  ])
  const { cost } = stock
  const unit = baseUnit(stock.item.units)
  const en = lang === 'en'
  const net =
    item.listPrice == null
      ? undefined
      : new Decimal(item.listPrice).div(new Decimal(item.taxRate ?? 0).div(100).plus(1))
  const rate = cost && net && net.gt(0) ? toPercent(net.minus(cost.unitCost).div(net).times(100)) : undefined
  return {
    colour: 'blue',
    title: itemLabel(stock.item),
    parts: [
      query.metric === 'cost' || !rate
        ? {
            kind: 'figure',
            value: cost ? `${price(cost.unitCost, lang)} / ${unit}` : '—',
            label: en ? 'moving average cost, net' : '移动平均成本（不含税）',
          }
        : { kind: 'figure', value: `${rate}%`, label: en ? 'margin at the list price' : '按标准售价的毛利率' },
      {
        kind: 'facts',
        facts: [
          ...(cost ? [{ label: en ? 'Cost, net' : '成本（不含税）', value: price(cost.unitCost, lang) }] : []),
          ...(cost ? [{ label: en ? 'Last cost' : '最近进价', value: price(cost.lastCost, lang) }] : []),
          ...(net ? [{ label: en ? 'List price, net' : '标准售价（不含税）', value: price(toPrice(net), lang) }] : []),
          ...(cost ? [{ label: en ? 'Value in stock' : '库存金额', value: money(cost.value, lang) }] : []),
        ],
      },
      understood(
        stock.at,
        lang,
        query.metric === 'cost' ? (en ? 'cost' : '成本') : en ? 'margin' : '毛利',
        stock.item.code,
      ),
    ],
    buttons: [],
    link: { label: en ? 'The item' : '商品详情', path: `/stock/${query.itemId}` },
  }
}

/** What an order leaves: of what has left, at its true cost; before that as it was calculated. */
export async function answerOrderMargin(caller: Caller, query: Query & { orderId: string }, lang: Lang): Promise<Card> {
  const { order, finalMarginPercent } = await ask(caller, salesActions.order, { id: query.orderId })
  const en = lang === 'en'
  const rate = finalMarginPercent ?? order.marginPercent
  return {
    colour: 'blue',
    title: order.number ?? '',
    parts: [
      {
        kind: 'figure',
        value: rate == null ? '—' : `${rate}%`,
        label:
          finalMarginPercent === null
            ? en
              ? 'margin as calculated'
              : '预计毛利率（成本未结转）'
            : en
              ? 'margin of what has left'
              : '已出库毛利率',
      },
      {
        kind: 'facts',
        facts: [
          { label: en ? 'Net' : '不含税金额', value: money(order.netTotal, lang) },
          { label: en ? 'Cost, net' : '成本（不含税）', value: money(order.costTotal, lang) },
        ],
      },
      understood(caller.at, lang, en ? 'margin of an order' : '订单毛利', order.number ?? ''),
    ],
    buttons: [],
    link: { label: en ? 'Open the order' : '打开订单', path: `/orders/${query.orderId}` },
  }
}
