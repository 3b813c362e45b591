import { cueWordAt } from './cue-words.ts'

// What stands in a message and no name, day or amount was made of.

/** 北仓, where there is none of that name, or none that he may see: as it was said, without the words that ask before it. */
export function otherPlaceIn(text: string): string {
  const found = otherPlace.exec(text)
  if (!found) return ''
  let named = /\p{Script=Han}*$/u.exec(text.slice(0, found.index))?.[0] ?? ''
  for (let length = cueWordAt(named, 0); length > 0; length = cueWordAt(named, 0)) named = named.slice(length)
  return named.slice(-otherPlaceMax) + found[0]
}
const otherPlaceMax = 2
const otherPlace = /(?![进入到出压爆清全各个本该整开库货满家么些几哪这那在从的有里])\p{Script=Han}仓(?![库储管])/u

/** 一 is as often no number. */
export function unreadIn(text: string): string {
  const numbers = (text.replace(countsSaid, ' ').match(/\d+(?:\.\d+)?/g) ?? []).filter((one) => one !== '1')
  return [...numbers, ...(otherPerson.exec(text) ?? [])].join(' ')
}

/** 这两样, 两个口径: counts what was named. */
const countsSaid = /这[2-5](?:样|个|种|家|者|位|款)|[2-5](?:个口径|者)/g

/** 老王, where nobody of that name is there, or nobody whose figures he may see. */
const otherPerson =
  /[老小阿](?=[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马苗方俞任袁柳唐罗薛贺郝邵汪毛戴宋熊董梁杜阮江郭梅林徐高夏蔡田胡霍万卢莫邓刘黄丁崔侯龚程陆段白])\p{Script=Han}(?!.?[问说想要让叫])|(?:张三|李四|王五|赵六)(?!\p{Script=Han}{0,2}(?:公司|五金))/u
