import { comparedIn } from './compared.ts'
import { daysOf } from './days-meant.ts'
import { carried, lastItems } from './last-spoken.ts'
import type { Asked } from './asked.ts'
import { asked, categoryOf, whoseOf, withCustomer, withItem, withOrder } from './pick.ts'
import type { QueryOf } from './query.ts'
import type { Understanding } from './understanding.ts'

const isOverall = /整体|总体|公司|全部|总的|团队|部门|所有|overall|total/

/** 哪个客户毛利最低, 最赚钱的产品. */
function rankIn({ message, slots }: Asked): Pick<QueryOf<'margin.query'>, 'by' | 'order' | 'limit'> {
  if (!/最(?!近|后|新)|排|哪[个家种]|前\d|\b(?:most|least|highest|lowest|best|worst)\b/.test(message)) return {}
  const by = /客户|哪家|customer/.test(message)
    ? 'customer'
    : /品类|分类|类别/.test(message)
      ? 'category'
      : /业务员|销售(?!额)|谁/.test(message)
        ? 'seller'
        : 'item'
  return { by, order: /最[低少差]|亏|倒|least|lowest|worst/.test(message) ? 'asc' : 'desc', limit: slots.amounts.limit }
}

const namesNothing = ({ slots }: Asked): boolean =>
  slots.items.length === 0 && slots.named === '' && !slots.orderTail && slots.customers.length === 0

/** 毛利率呢, 宏达的毛利呢: after what was sold, it is of the same days. */
function daysToGoOn(ask: Asked): { from?: string; to?: string } {
  const said = daysOf(ask)
  const [last] = ask.known.context.queries
  const goesOn = namesNothing(ask) || /呢\W*$/.test(ask.message)
  return said.from || !goesOn || last?.intent !== 'sales.summary' ? said : { from: last.from, to: last.to }
}

export function marginQuery(ask: Asked): Understanding | Promise<Understanding> {
  const { slots, message } = ask
  // Where both are asked for, the margin shows its cost too.
  const metric =
    /成本|进价|进货价|采购价|拿货价|chengben|\bcost/.test(message) &&
    !/毛利|利润|\bmargin|(?:扣|刨|减|除)(?:掉|去|了|完|开)?成本|(?:落|挣|赚|剩)(?:下|到|了)?(?:多少|几)/.test(message)
      ? 'cost'
      : 'margin'
  const { from, to } = daysToGoOn(ask)
  const more = { metric, ...rankIn(ask), ...comparedIn(ask, from && to ? { from, to } : undefined) } as const
  if (slots.orderTail) return withOrder(ask, (orderId) => ({ intent: 'margin.query', orderId, ...more }))
  if (slots.customers.length > 0)
    return withCustomer(ask, (customerId) => ({ intent: 'margin.query', customerId, ...more }))
  if (namesNothing(ask)) {
    const [orderId, customerId] = [carried(ask, 'orderId'), carried(ask, 'customerId')]
    const isOfAll = slots.categories.length > 0 || slots.colleagues.length > 0 || isOverall.test(message)
    const itemId = isOfAll ? undefined : lastItems(ask)[0]
    const about = orderId
      ? { orderId }
      : customerId
        ? { customerId }
        : { itemId, category: categoryOf(ask), ...whoseOf(ask) }
    return asked({ intent: 'margin.query', ...about, ...more })
  }
  return withItem(ask, (itemId) => ({ intent: 'margin.query', itemId, ...more }))
}
