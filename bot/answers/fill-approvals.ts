import { addDays } from '#kernel/days'
import { daysOf } from './days-meant.ts'
import { lastOrder } from './last-spoken.ts'
import type { Asked } from './asked.ts'
import { asked, withCustomer, withOrder } from './pick.ts'
import type { QueryOf } from './query.ts'
import type { Understanding } from './understanding.ts'

type Later = Understanding | Promise<Understanding>
type About = Omit<QueryOf<'approval.mine'>, 'intent'>

const kinds: readonly (readonly [RegExp, NonNullable<About['document']>])[] = [
  [/报价|\bquot(?:e|ation)s?\b/, 'quotation'],
  [/退货/, 'sales_return'],
]
const reasons: readonly (readonly [RegExp, NonNullable<About['about']>])[] = [
  [/信用|超?额度|授信|\bcredit\b/, 'credit'],
  [/价格|特价|折扣|折让|让价|打折|优惠|\b(?:price|discount)s?\b/, 'price'],
]
/** 昨天提的: the days of an approval are those on which somebody asked for it. */
const isOpened = /提|交|申请|发起|报(?:上|的|了)|送(?:上|来|审)|\b(?:asked|submitted|sent|raised)\b/

const oneOf = <T>(message: string, words: readonly (readonly [RegExp, T])[]): T | undefined =>
  words.find(([pattern]) => pattern.test(message))?.[1]

/** What kind of approval is meant: of which document, for which reason, whose wish, and since when. */
function aboutOf(ask: Asked): About {
  const { message, slots, known } = ask
  const { span } = slots.amounts
  const openers = openersIn(ask)
  return {
    document: oneOf(message, kinds),
    about: oneOf(message, reasons),
    openedById: openers.length === 1 ? openers[0] : undefined,
    // 压了三天: those that wait since then.
    ...(span === undefined ? {} : { to: addDays(known.today, -span) }),
    ...(isOpened.test(message) || (slots.days && slots.days.to < known.today) ? daysOf(ask) : {}),
  }
}

/** 王姐批了没 names who decides, and no one who asks. */
const decides =
  '(?:(?:[也还都再没]|什么时候|啥时候)?(?:[批审签点]|那[儿里边了]|手[里上]|处|同意|卡)|的?(?:待办|待[批审]|要[批审]))'
const openersIn = ({ slots: { colleagues }, message }: Pick<Asked, 'slots' | 'message'>): string[] =>
  colleagues.flatMap(({ entry }) => {
    const said = entry.forms.find((form) => message.includes(form))
    return said && new RegExp(said + decides).test(message) ? [] : [entry.id]
  })

export const approvalMine = (ask: Asked): Understanding => {
  const isOfOrders = /订单|\border/.test(ask.message)
  const { document = isOfOrders ? ('sales_order' as const) : undefined, ...about } = aboutOf(ask)
  return asked({ intent: 'approval.mine', document, ...about })
}

export function approvalStatus(ask: Asked): Later {
  const { slots, message } = ask
  if (slots.orderTail) return withOrder(ask, (orderId) => ({ intent: 'approval.status', orderId }))
  const before = lastOrder(ask)
  if (slots.named === '' && before && /这|那|卡在/.test(message))
    return asked({ intent: 'approval.status', orderId: before })
  const about = aboutOf(ask)
  const [last] = ask.known.context.queries
  const isOfOrders = last && 'customerId' in last && /^order|^approval\.status|^delivery\.status/.test(last.intent)
  if (slots.named === '' && isOfOrders && !/我.{0,2}(?:提|申请|报)/.test(message))
    return asked({ intent: 'approval.status', customerId: last.customerId, ...about })
  if (!slots.namesCustomer) return asked({ intent: 'approval.status', ...about })
  return withCustomer(ask, (customerId) => ({ intent: 'approval.status', customerId, ...about }))
}
