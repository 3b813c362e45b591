import type { BotQuery } from './query.ts'
import type { Known } from './understanding.ts'

// Messages that pick from what was offered, or correct what was said.

const correction =
  /^(?:不对|错了|说错了|说反了|反了|搞错了|弄错了|看错了|打错了|口误)[,，、。\s!！]*(?:我(?:说|要)的?)?(?:应该)?(?:是|要)(?<again>.+)$|^(?:(?:不对|错了|说错了|说反了|反了|搞错了|弄错了|看错了|打错了|口误)[,，、。\s!！]*)?不是([^,，、\s]+)[,，、\s]+(?:我)?(?:是|看|要|查|问)(?:的是)?(.+)$|^(?:我说的?)?不是(.+?)[,，、\s]*(?:我(?:说|问)的?)?是(.+)$|^(?:no,? )?not (.+?),? (?:but|i mean) (.+)$/
const ordinal =
  /^(?:选|要|就|看)?(?:第)?([1-5一二三四五])(?:个|条|家|种|张)?(?:那个|的)?(?:吧|呢)?$|^(?:the )?(first|second|third|fourth|fifth)(?: one)?$/
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth']

const yes = /^(?:对|对的|是|是的|嗯|没错|好|好的|yes|yep|right|ok)[!。.]?$/

export function chosenBy(message: string, { context }: Known): BotQuery | undefined {
  if (context.choices.length === 1 && yes.test(message)) return context.choices[0]
  const found = ordinal.exec(message)
  if (!found) return undefined
  const [, sign, word] = found
  const place = word
    ? ordinals.indexOf(word)
    : /\d/.test(sign ?? '')
      ? Number(sign) - 1
      : '一二三四五'.indexOf(sign ?? '')
  return context.choices.length > 0 ? context.choices[place] : oneOfListed(context.queries[0], place)
}

/** 第二个, where several were just told of: the same of that one. */
function oneOfListed(last: BotQuery | undefined, place: number): BotQuery | undefined {
  if (last?.intent === 'stock.item' || last?.intent === 'stock.atp' || last?.intent === 'price.item') {
    const id = last.itemIds.length > 1 ? last.itemIds[place] : undefined
    return id ? { ...last, itemIds: [id] } : undefined
  }
  const id = last?.intent === 'ar.customer' && last.customerIds.length > 1 ? last.customerIds[place] : undefined
  return id && last?.intent === 'ar.customer' ? { ...last, customerIds: [id] } : undefined
}

/** 不是宏达，是宏达建材: the question before is asked again about what is meant. */
export function correctedBy(message: string): string | undefined {
  const found = correction.exec(message)
  return found ? (found.groups?.['again'] ?? found.slice(2).findLast((one) => one !== undefined)) : undefined
}
