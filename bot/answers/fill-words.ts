import { addDays } from '#kernel/days'
import { daysIn } from './dates.ts'
import type { Asked } from './asked.ts'
import { withCustomer } from './pick.ts'
import type { QueryOf } from './query.ts'
import type { Understanding } from './understanding.ts'

// What is to be passed on or written down goes along as it was said; nothing looks into it afterwards.

const textMax = 500
const invisible = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/g
const politeness =
  /^(?:麻烦|请问|请|帮我看下|帮我|你好|您好|please|[\s,，.。!！])+|[\s哈呢吧]*(?:谢谢|多谢|thanks|thank you)?[\s哈呢吧!！]*$/giu

/** What was said, without those it was said to and the politeness around it. */
const wordsSaid = ({ said }: Asked): string =>
  said
    .replace(invisible, '')
    .replace(/@(?!一?下)\S+/g, ' ')
    .replace(politeness, '')
    .trim()
    .slice(0, textMax)

export function ownerRemind(ask: Asked): Understanding {
  const reason =
    /[催追讨要]{1,2}.{0,3}[款钱账]|[款钱账].{0,3}(?:催|追|讨|要)|收款|要.{0,2}账|回款|收钱|付钱|付款|欠|额度|对账|逾期|payment|overdue|\bow(?:e|es|ed|ing)\b|\bpay\b/.test(
      ask.message,
    )
      ? 'ar'
      : /货|发货|签收|deliver/.test(ask.message)
        ? 'delivery'
        : 'other'
  const text = wordsSaid(ask)
  return withCustomer(ask, (customerId) => ({ intent: 'owner.remind', customerId, reason, text }))
}

const command =
  /^(?:(?:帮我)?(?:记(?:个|条|一?条)?(?:跟进|拜访|回访)|记一下|记录一下|(?:客户)?跟进记录|记录|记下来|记下|记一笔)|log(?=[:：\s]))[:：,，\s]*|[,，\s]*(?:记下来|记一下|记录一下)[。.!！]*$/giu
const kinds: readonly (readonly [RegExp, QueryOf<'crm.log'>['kind']])[] = [
  [
    /拜访|上门|刚从|从.{2,8}(?:出来|回来)|去了|跑了?(?:一)?趟|去了?(?:一)?趟|刚跑|见了|见完|刚见|见面|去过|\bmet\b|\bvisit/,
    'visit',
  ],
  [/催款|催过款?|催收|回款|付款|打款|打钱|给钱|结账|账款|欠款|对账|payment/, 'collection'],
  [/电话|打了|再打|没人接|\bcall/, 'call'],
  [/微信|wechat/, 'wechat'],
]
const companyKinds = /建材|装饰|门业|五金|机电|机械|工程|贸易|家具|超市|商行|公司|集团|实业|幕墙|钢构|物业|建筑/

/** What is logged stands right behind the name, so that the name is looked for by itself: unless what follows makes it another company. */
export function crmLog(ask: Asked): Understanding {
  const { customers, customerParts } = ask.slots
  const isOther = companyKinds.test(ask.slots.unknown)
  const named = customers.length > 0 || isOther ? customers : (customerParts[0]?.customers ?? [])
  const slots = { ...ask.slots, customers: named }
  const text = wordsSaid(ask).replace(command, '').trim()
  if (text === '') return { kind: 'missing', what: 'words', intent: ask.intent }
  const kind = kinds.find(([pattern]) => pattern.test(ask.message))?.[1] ?? 'other'
  const nextOn = nextDay(ask)
  // Words that no name knows are what is to be written down.
  if (slots.customers.length === 0 && !slots.namesCustomer && slots.unknown === '')
    return withCustomer({ ...ask, slots: { ...slots, named: '', strange: '' } }, (customerId) => ({
      intent: 'crm.log',
      customerId,
      text,
      kind,
      nextOn,
    }))
  return withCustomer({ ...ask, slots }, (customerId) => ({ intent: 'crm.log', customerId, text, kind, nextOn }))
}

/** The day that is still to come, of all that are named: who plans on a Sunday for Friday means the next one. */
function nextDay({ message, known: { today } }: Asked): string | undefined {
  let rest = message
  for (;;) {
    const { days, rest: further } = daysIn(rest, today)
    if (!days) return undefined
    const day =
      /^(?:周|星期|礼拜|(?:mon|tues|wednes|thurs|fri|satur|sun)day)/.test(days.said) && days.from <= today
        ? addDays(days.from, 7)
        : days.from
    if (day > today && days.from === days.to) return day
    rest = further
  }
}
