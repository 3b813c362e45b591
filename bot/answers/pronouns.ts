import type { BotQuery } from './query.ts'
import type { Slots } from './slots.ts'
import type { Thing, Understanding } from './understanding.ts'

/** What stands for something that was said before, what that would be, where it matters, and whether the message itself says it. */
type Pronoun = { words: RegExp; what: Thing; of: RegExp; isNamed: (slots: Slots) => boolean }

const namesWho = ({ namesCustomer, colleagues, suppliers, orderTail }: Slots): boolean =>
  namesCustomer || colleagues.length + suppliers.length > 0 || orderTail !== undefined
const namesGoods = ({ named, categories, warehouses, suppliers, lotCode }: Slots): boolean =>
  named !== '' || lotCode !== undefined || categories.length + warehouses.length + suppliers.length > 0

/** What is asked of it stands right behind 那个; before a noun it only points: 那个仓. */
const asks =
  '(?=(?:现在|今天|明天|大概|到底|还|什么时候|啥时候|几时|哪天|多久|多少|几|卖|什么价|啥价|怎么卖|咋卖|够|到货|到了|能(?:到|发|卖)|有货|有没有货|有吗|剩|库存|进价|成本|毛利|报价))'

const thatOne = new RegExp(`(?:^|[,，。\\s])(?:[那这][个款种批]|它)的?${asks}|\\b(?:it|this one|that one)\\b`)

/** Whether goods are pointed at, and asked of as if they had been named. */
export const pointsAtGoods = (said: string): boolean => thatOne.test(said.toLowerCase())

const pronouns: readonly Pronoun[] = [
  {
    words:
      /(?:(?<![其吉])[他她它]们?|[那这该])家(?!伙|里|具|居|电|用)|[那这该]个?客户|\b(?:their|this customer|that customer)\b/,
    what: 'customer',
    of: /^(?:ar|order|delivery|crm|sales|price\.last|margin)/,
    isNamed: namesWho,
  },
  {
    words: /(?<![其吉]|老板娘?|领导|客户|经理)[他她](?![们人家乡日])|\b(?:he|she|his|her|him)\b/,
    what: 'person',
    of: /^(?:ar|order|delivery|crm|sales|target|margin|approval)/,
    isNamed: namesWho,
  },
  {
    words: thatOne,
    what: 'item',
    of: /^(?:stock|price|margin)/,
    isNamed: namesGoods,
  },
  {
    words: /[那这](?:[1一]?张(?:订?单)?|[1一]?票|个?(?:订单|单子|单))(?!位|价|据)/,
    what: 'order',
    of: /^(?:order|delivery|approval)/,
    isNamed: (slots) => namesWho(slots) || slots.namesItem || slots.days !== undefined,
  },
]

/** 他上个月卖了多少, before anybody was spoken of: whom it stands for is asked. */
export function lacksMeant(query: BotQuery, said: string, slots: Slots): Understanding | undefined {
  const open = pronouns.find(
    ({ words, of, isNamed }) => of.test(query.intent) && words.test(said.toLowerCase()) && !isNamed(slots),
  )
  return open && { kind: 'missing', what: open.what, intent: query.intent }
}
