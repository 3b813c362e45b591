const digits: Record<string, number> = {
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  俩: 2,
  仨: 3,
  廿: 20,
}
const places: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 }

/** 两百五 is 250, 一万二 is 12000, 三千零六 is 3006. Undefined where the characters do not make a number. */
export function readNumeral(text: string): number | undefined {
  let total = 0
  let section = 0
  let digit: number | undefined
  let last = 0
  for (const sign of text) {
    const place = places[sign]
    if (sign === '零') last = 0
    else if (digits[sign] !== undefined) {
      if (digit !== undefined) return undefined
      digit = digits[sign]
    } else if (place === undefined) return undefined
    else if (place >= 10_000) {
      total = (total + section + (digit ?? (section === 0 ? 1 : 0))) * place
      section = 0
      digit = undefined
      last = place
    } else {
      section += (digit ?? 1) * place
      digit = undefined
      last = place
    }
  }
  // 两百五 leaves out its last place: five of the place below the hundred.
  if (digit !== undefined) section += last >= 100 ? digit * (last / 10) : digit
  return total + section
}

const numeral = '[零一二两三四五六七八九十百千万亿廿]'
/** What is counted: units of goods, time, documents, places in an order. */
const counted =
  '个|只|支|盒|箱|包|把|条|卷|袋|件|套|双|瓶|桶|台|吨|斤|公斤|张|单|笔|块|元|天|日|号|周|月|年|季度|家|户|名|位|种|款|批|码|万|千|折|点|打|副|对|根|米|片|桶|罐|托|捆|扎|筒|寸|目|毫米|副'
/** 里头, 店里头: there 头 begins no list. */
const heads = '[里外手码镐锄源老罐]'
const inContext = new RegExp(
  [
    `(?<=[块毛])[一二三四五六七八九](?![零一二两三四五六七八九]?[十百千万]|${counted})`, // 5毛六
    '[一二两三四五六七八九](?=毛)',
    `${numeral}*[十百千万亿]${numeral}+(?!金)`, // 两百, 一万二
    `${numeral}+(?:个)?(?=${counted})`,
    `${numeral}+(?=(?:到|至)[零一二两三四五六七八九十百\\d]+(?:个)?(?:${counted}))`, // 七到九月
    `(?<=前|(?<!${heads})头|top )${numeral}+(?!字)`,
    `(?<=第)(?!一)${numeral}+`,
    '[二两三四五六七八九十]+(?=[样回趟])', // 一样 counts nothing
    `${numeral}{2,}`,
  ].join('|'),
  'g',
)
/** 八点八级 is 8.8级, and three o'clock is no number. */
const spokenDecimal = /([零一二两三四五六七八九十百]+)点([零一二三四五六七八九]+)(?!分)/g
const measure = /^(?:级|平方|平米|寸|米|毫米|mm|kg|公斤|吨|折|瓦|w|升)/
const countedNext = new RegExp(`^(?:${counted})`)
const wordsThatLook = /^(?:万|千|百|十|亿|一)$|^(?:千万|万一|一一)$/

/**
 * Numbers that are spoken, as digits, where they count something: 五万以上 is 50000以上, 两百双 is 200双. `isSize`: 850w may be so many watts of
 * something, and no 8.5 million.
 */
export function withDigits(text: string, isSize: (said: string) => boolean = () => false): string {
  const inMillimetres = (said: string, count: string): string => {
    const size = String(Number(count) * 10)
    return [`${size}mm`, size].find(isSize) ?? said
  }
  return text
    .replace(spokenDecimal, (said, whole: string, part: string, at: number, all: string) => {
      const size = `${readNumeral(whole)}.${[...part].map((one) => digits[one]).join('')}`
      const isNamed = measure.test(all.slice(at + said.length)) || isSize(size) || isSize(`${size}级`)
      return isNamed ? `${/[a-z\d]/.test(all[at - 1] ?? '') ? ' ' : ''}${size}` : said
    })
    .replace(
      /([一二两三四五六七八九1-9])个半月/g,
      (_, count: string) => `${(digits[count] ?? Number(count)) * 30 + 15}天`,
    )
    .replace(/([一二两三1-9])年半/g, (_, count: string) => `${(digits[count] ?? Number(count)) * 12 + 6}个月`)
    .replace(/(?<![上下前后])半个?年/g, '6个月')
    .replace(/半个?月/g, '15天')
    .replace(/([俩仨])(?=个?(?:礼拜|星期|周|天|年))/g, (_, count: string) => String(digits[count]))
    .replace(/([两俩仨])月/g, (_, count: string) => `${digits[count]}个月`)
    .replace(
      /([一二三四五六七八九])([一二三四五六七八九])?折/g,
      (_, tens: string, ones = '') => `${digits[tens]}${digits[ones] ?? ''}折`,
    )
    .replace(/半打/g, '6个')
    .replace(
      /([一二两三四五六七八九1-9])打(?!电话|款|钱|过|来|听)/g,
      (_, count: string, at: number, all: string) =>
        `${/[a-z\d]/.test(all[at - 1] ?? '') ? ' ' : ''}${(digits[count] ?? Number(count)) * 12}个`,
    )
    .replace(inContext, (said, at: number, all: string) => {
      const count = said.endsWith('个') ? said.slice(0, -1) : said
      if (wordsThatLook.test(count) && count !== '一' && count !== '十') return said
      const number = readNumeral(count)
      // 二八电锤, hs六零: figure by figure, where goods of that size are known.
      const size = [...said].map((one) => digits[one]).join('')
      const isFigures = /^\d\d$/.test(size) && said.length === 2 && !countedNext.test(all.slice(at + 2))
      if (isFigures && (number === undefined || said.endsWith('零')) && isSize(size)) return size
      if (number === undefined) return said
      // HS-60一套 is not HS-601套.
      const gap = /[a-z\d零一二两三四五六七八九]/.test(all[at - 1] ?? '') ? ' ' : ''
      return `${gap}${number}${said.endsWith('个') ? '个' : ''}`
    })
    .replace(/(\d+(?:\.\d+)?)\s*万(\d)(?!\d)/g, (_, whole: string, rest: string) =>
      String(Number(whole) * 10_000 + Number(rest) * 1000),
    )
    .replace(/(\d+(?:\.\d+)?)\s*(万|w(?![a-z]))/g, (said, whole: string) =>
      isSize(said) ? said : String(Math.round(Number(whole) * 10_000)),
    )
    .replace(/(\d+)(米|寸|kg|公斤|斤|升|吨)半(?![天月年价个])/g, '$1.5$2')
    .replace(/(?<![a-z\d*.-])(\d+(?:\.\d+)?)\s*(?:公分|厘米|cm)/g, inMillimetres)
    .replace(/(?<![a-z\d*-])(\d+(?:\.\d+)?)\s*(千|k(?![a-z])|百(?!分))/g, (said, whole: string, place: string) =>
      isSize(said) ? said : String(Math.round(Number(whole) * (place === '百' ? 100 : 1000))),
    )
}
