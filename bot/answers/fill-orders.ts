import { addDays } from '#kernel/days'
import { amountsOf } from './amounts-meant.ts'
import { daysOf, stillToCome } from './days-meant.ts'
import { lastCustomer, lastOrder, pronounCustomer } from './last-spoken.ts'
import type { Asked } from './asked.ts'
import { asked, warehouseOf, whoseOf, withCustomer, withOrder } from './pick.ts'
import type { QueryOf } from './query.ts'
import type { Understanding } from './understanding.ts'

type Later = Understanding | Promise<Understanding>

const isOrdered = /[下开订]的(?:那)?[张个]?(?:单|订单|货)/
type Only = NonNullable<QueryOf<'order.list'>['only']>
/** In which state orders are to be; the plainer word first. */
const inState: readonly (readonly [RegExp, Only])[] = [
  [
    /(?:取消|作废|撤销|驳回)(?:了|掉)?的?(?:订?单子?)?(?:就|都)?(?:不算|不看|除外|别算|别列|不要|去掉|刨掉|剔除)|(?:除了|不含|不算|去掉|刨掉|不要)(?:已?取消|作废|撤销|驳回)|\b(?:except|excluding|not) cancell?ed\b/,
    'valid',
  ],
  [/驳回|打回|退回(?!来)|拒(?:绝|了|批)|没(?:批|审)过|没通过|\brejected\b/, 'rejected'],
  [/草稿|没提交|未提交|没提上去|还没提|\bdrafts?\b(?! an?\b)/, 'draft'],
  [/(?:取消|作废|撤销)(?:了|掉|的)|\bcancell?ed\b/, 'cancelled'],
  [/没完|未完|没发完|未发|没发|没交|\bopen\b|unfinished/, 'unfinished'],
  [
    /没审|待审|未审|审批中|在审|待批|没批|卡.{0,2}审|等.{0,6}[批审签]|not approved|(?:waiting for|awaiting|pending) approval/,
    'waiting',
  ],
  [/(?:已经?|都)(?:完成|发完|完结|结束|关闭)|完成了的|发完了的|\b(?:finished|completed|closed) orders?\b/, 'finished'],
]

function filterOf(ask: Asked): Pick<QueryOf<'order.status'>, 'only' | 'from' | 'to'> {
  const only = inState.find(([words]) => words.test(ask.message))?.[1]
  // A draft has not been ordered on any day.
  const days = only === 'draft' ? {} : daysOf(ask)
  return { ...(only ? { only } : {}), ...days }
}

export function orderStatus(ask: Asked): Later {
  const { slots } = ask
  if (slots.orderTail) return withOrder(ask, (orderId) => ({ intent: 'order.status', orderId }))
  const before = lastOrder(ask)
  if (slots.named === '' && !slots.isMine && before && !slots.days)
    return asked({ intent: 'order.status', orderId: before })
  if (slots.named === '' && (slots.isMine || !lastCustomer(ask))) return orderList({ ...ask, intent: 'order.list' })
  return withCustomer(ask, (customerId) => ({ intent: 'order.status', customerId, ...filterOf(ask) }))
}

export function orderList(ask: Asked): Later {
  const { slots, message } = ask
  if (slots.orderTail) return withOrder(ask, (orderId) => ({ intent: 'order.status', orderId }))
  // Orders that nobody has placed yet are nothing to answer.
  const isAhead = slots.days !== undefined && slots.days.from > ask.known.today
  if (isAhead && /会|将|预计|估计|可能/.test(message)) return { kind: 'declined' }
  // Orders of a day that is still to come are those that are due then.
  if (isAhead && slots.named === '' && /交期|交货|[要该](?:交|发)|到期/.test(message) && ask.known.may('delivery.due'))
    return deliveryDue({ ...ask, intent: 'delivery.due' })
  const more = { ...whoseOf(ask), ...amountsOf(ask), ...filterOf(ask) }
  if (slots.named === '') return asked({ intent: 'order.list', customerId: pronounCustomer(ask), ...more })
  return withCustomer(ask, (customerId) => ({ intent: 'order.list', customerId, ...more }))
}

/** Where to, and neither by which number nor how far it has come. */
const asksWhere =
  /^(?!.*(?:电话|手机|联系|phone)).*(?:地址|\baddress\b|送(?:到|去|往)?(?:哪|啥地方|什么地方)(?:里|儿|边|家)?(?!了|一?步)|[去往到]哪(?:里|儿|家)?(?:去)?送|去哪些地方|deliver .*to where|where .*deliver)/
const wantsOf = ({ message }: Asked) => (asksWhere.test(message) ? ('address' as const) : undefined)

export function deliveryStatus(ask: Asked): Later {
  const { slots } = ask
  const wants = wantsOf(ask)
  if (slots.orderTail) return withOrder(ask, (orderId) => ({ intent: 'delivery.status', orderId, wants }))
  // Where all of them go is told of what is still to leave.
  if (wants && slots.named === '' && !lastOrder(ask) && !lastCustomer(ask))
    return deliveryDue({ ...ask, intent: 'delivery.due' })
  const before = lastOrder(ask)
  if (slots.named === '' && before && ask.known.context.queries[0] && 'orderId' in ask.known.context.queries[0])
    return asked({ intent: 'delivery.status', orderId: before })
  if (
    slots.named === '' &&
    (slots.isMine || (/单/.test(ask.message) && !lastCustomer(ask))) &&
    ask.known.may('order.list')
  )
    return orderList({ ...ask, intent: 'order.list' })
  if (slots.named === '' && slots.days) return asked({ intent: 'delivery.status', ...daysOf(ask) })
  // The days on which something was ordered are not those on which it leaves.
  if (slots.days && isOrdered.test(ask.message) && ask.known.may('order.status'))
    return orderStatus({ ...ask, intent: 'order.status' })
  return withCustomer(ask, (customerId) => ({ intent: 'delivery.status', customerId, wants, ...daysOf(ask) }))
}

export function deliveryDue(ask: Asked): Understanding {
  const { slots, known, message } = ask
  const isAny =
    !slots.days &&
    /所有|全部|一共|总共|合计|还(?:没|未|有)|[没未](?:有)?(?:发|出)/.test(message) &&
    !/今天/.test(message)
  const isOverdue =
    /逾期|超期|晚[了交发]|过了?.{0,4}(?:日子|日期|时间|期限|交期).{0,4}[没未还]|(?:日子|日期|时间).{0,3}过了|(?:答应|说好|约好|承诺).{0,6}[没未]|延期|误期|迟[交发]|拖|过期|过了?(?:交期|期限|交货期|承诺)|该发[还没未]|(?:日期|期限?|时间)(?:已经?)?过|overdue|late/.test(
      message,
    )
      ? (true as const)
      : undefined
  const days = slots.days
    ? stillToCome(slots.days, known.today)
    : isOverdue || isAny || /下[1一]?(?:家|单|站|个|趟)|接下来/.test(message)
      ? {}
      : { from: known.today, to: addDays(known.today, slots.amounts.span ?? 0) }
  const overDays = isOverdue && slots.amounts.span
  return asked({
    intent: 'delivery.due',
    warehouseId: warehouseOf(ask),
    isOverdue,
    overDays,
    wants: wantsOf(ask),
    ...days,
  })
}
