import { spanDays } from './calendar-ranges.ts'
import { type Offered, pricesIn } from './prices-said.ts'

export type Quantity = { n: string; unit?: string; at: number }
/** What a message counts: goods, what they are offered for, a span of days, an amount of money to compare with, how many rows. */
export type Amounts = Offered & {
  quantities: Quantity[]
  /** 30天以上, 15天内, 半年没动过. */
  span?: number
  /** 不到30天, 30天以内: at most. */
  isWithinSpan?: true
  /** 30到60天: the longer of them. */
  spanMost?: number
  /** 五万以上, 低于100. */
  threshold?: string
  /** What the threshold is counted in: 低于2箱. */
  unit?: string
  /** 1万到3万: the greater of them. */
  most?: string
  /** 低于, 不到: less than that. */
  isBelow?: true
  /** 八千以下的别列: it was said of what is not wanted, and stands here for the rest. */
  isLeftOut?: true
  money?: string
  limit?: number
}

const goods =
  '个|只|支|盒|箱|包|把|条|卷|袋|件|套|双|瓶|桶|台|吨|斤|kg|打|副|对|根|米|片|罐|托|捆|扎|筒|pcs|pieces?|boxes|box|cartons?|bags?|pairs?|units?|sets?|rolls?|he|ge|xiang|zhi|jian|tao|shuang|tong|ping'
const latinUnits: Record<string, string> = {
  box: '盒',
  carton: '箱',
  bag: '袋',
  pair: '双',
  set: '套',
  roll: '卷',
  he: '盒',
  ge: '个',
  xiang: '箱',
  zhi: '支',
  jian: '件',
  tao: '套',
  shuang: '双',
  tong: '桶',
  ping: '瓶',
}
const number = String.raw`(\d+(?:\.\d+)?)`
const between = String.raw`(?<![a-z\d*./-])`

type Rule = { pattern: RegExp; read: (amounts: Amounts, found: RegExpExecArray) => void }
const rules: Rule[] = [
  {
    pattern:
      /(?:top|bottom|倒数|前|(?<![里外手码镐锄源老罐])头)\s*(\d{1,2})(?!个?(?:周|天|月|年|次|季|星期|礼拜|回|趟|阵|段|批|字))(?:个|家|户|名|位|条|种|样|款|项|张|笔|单|批)?(?!\d)/,
    read: (amounts, [, n]) => void (amounts.limit = Number(n)),
  },
  {
    pattern:
      /(?:最(?:多|差|好|高|低|大|小|少|旧|老|强|弱|贵|便宜|严重|厉害|久|长|慢|快|急|畅销|近|新|早)|畅销|热销|好卖)的?(?:前)?(\d{1,2})(?:个(?!月|季|周|星期)|家|户|名|位|条|种|样|款|项|张|笔|单|批|次)/,
    read: (amounts, [, n]) => void (amounts.limit = Number(n)),
  },
  {
    pattern: /(?:报|列|挑)(?:出来?|前)?(\d{1,2})(?:个|样|种|家|条)(?=(?:给|出来|来|听听|看看|就[行好可])|\W*$)/,
    read: (amounts, [, n]) => void (amounts.limit = Number(n)),
  },
  // 最近三回
  {
    pattern: /(?:最近|近|最后|前|上)(?:的)?([2-9]|10)(?:次|回|单|笔|趟|张)/,
    read: (amounts, [, n]) => void (amounts.limit = Number(n)),
  },
  {
    pattern:
      /(?:最多|最高|最大|最好|最少|最差)?的?(?<![\d这那])(\d{1,2})(?:个|家|户|名|种|位|款|样)(?=(?:品类|分类|客户|产品|商品|销售|业务员|大客户))/,
    read: (amounts, [, n]) => void (amounts.limit ??= Number(n)),
  },
  {
    pattern:
      /(?<![\d.])(\d{1,4})\s*(天|日|days?|个?月|months?|周|weeks?|年|years?)?\s*(?:到|至|~|-|—|\bto\b)\s*(\d{1,4})\s*(天|日|days?|个月|months?|周|weeks?|年|years?)(?:之间|之?内)?(?!\d)/,
    read: (amounts, [, n, unit, most, unitOfMost]) => {
      amounts.span = spanDays(n, unit ?? unitOfMost)
      amounts.spanMost = spanDays(most, unitOfMost)
    },
  },
  {
    pattern:
      /(\d{1,4})\s*(天|日|days?|个?月|months?|周|weeks?|个?(?:星期|礼拜)|年|years?)(?:之?内|以?内|以上|往上|朝上|开外|没|未|以后|over)?(?!\d)/,
    read: (amounts, { 0: said, 1: n, 2: unit, index, input }) => {
      if (amounts.span !== undefined) return
      amounts.span = spanDays(n, unit)
      if (said.endsWith('内') || /(?:不到|不超过|少于|不足)\s*$/.test(input.slice(0, index)))
        amounts.isWithinSpan = true
    },
  },
  {
    pattern: new RegExp(
      `${between}${number}\\s*(?:元|块)?\\s*(?:到|至|~|—|\\bto\\b|\\band\\b|-(?=\\s*[\\d.]+\\s*(?:元|块|之间)))\\s*${number}\\s*(?:元|块)?(?:钱)?(?:的?之间|以内)?(?![\\d.*a-z月号日天年])`,
    ),
    read: (amounts, [, n, most]) => void (Number(n) < Number(most) && Object.assign(amounts, { threshold: n, most })),
  },
  {
    pattern: new RegExp(
      `(?:低于|少于|不到|不足|小于|跌破|剩|under|below|less than|drops? (?:under|below|to)|不超过|不高于|最多(?!\\d+[个家]))\\s*${number}(${goods})?|${between}${number}\\s*(?:元|块)?(${goods})?(?:以下|以内|之内|往下)`,
    ),
    read: (amounts, [, n, unit, other, otherUnit]) =>
      void Object.assign(amounts, { threshold: n ?? other, isBelow: true, ...unitOf(unit ?? otherUnit) }),
  },
  {
    pattern: new RegExp(
      `(?:超过|大于|高于|超|过了?|over|above|more than)\\s*${number}\\s*(?:元|块)?(?!\\s*(?:个?(?:天|日|周|月|年|季|星期|礼拜|小时)|days|weeks|months)|[\\d.])|${number}\\s*(?:元|块)?(${goods})?(?:以上|往上|朝上|开外)`,
    ),
    read: (amounts, [, n, other, unit]) => void Object.assign(amounts, { threshold: n ?? other, ...unitOf(unit) }),
  },
  {
    pattern: new RegExp(
      `(?:再下|再来|再开|再订|再赊|再拿|再要|再发|再走|another)(?:个|张|\\d+[张个单笔])?\\s*(\\d{3,}(?:\\.\\d+)?)(?![\\d.])\\s*(?:元|块)?(?!\\s*(?:${goods}))`,
    ),
    read: (amounts, [, n]) => void (amounts.money = n),
  },
  {
    pattern: new RegExp(`(?:下|开|订|赊|拿|要|走)(?:个|张)?(\\d{3,}(?:\\.\\d+)?)\\s*(?:元|块)?的?(?:货|单|款|订单)`),
    read: (amounts, [, n]) => void (amounts.money = n),
  },
  {
    pattern: /(?<![a-z\d*./-])(\d{4,7})\s*(?:元|块)?的(?:货|单|款|订单)/,
    read: (amounts, [, n]) => void (amounts.money ??= n),
  },
]
/** 两个口径, 三个客户: what is no goods. */
const otherCounts =
  '口径|价|仓|客户|人|颜色|规格|尺寸|型号|方面|问题|地方|部门|季度|品类|分类|名字|说法|办法|情况|单子|订单|供应商|厂|业务|销售'
// A Latin unit ends where its word ends; behind a Chinese one the next name may begin: 10台26电锤.
const goodsSaid = new RegExp(
  `(?<![a-z\\d*./-])${number}\\s*(${goods})(?!(?<=[个种])(?:${otherCounts}))(?:(?<=[a-z])(?![a-z\\d])|(?<![a-z]))(半(?![价年天月个打]))?`,
  'g',
)

/** Takes what counts out of a text, leaving blanks in its place so that what stands around it keeps its place. `isSpec`: 5kg can be a size. */
export function amountsIn(text: string, isSpec: (word: string) => boolean): { amounts: Amounts; rest: string } {
  const whole = text.replace(steps, (said) => ' '.repeat(said.length))
  const { rest: withoutPrices, ...offered } = pricesIn(whole, isSpec)
  const amounts: Amounts = { quantities: [], ...offered }
  let rest = withoutPrices
  const cut = (found: { 0: string; index: number }): void => {
    const end = found.index + found[0].length
    rest = rest.slice(0, found.index) + ' '.repeat(found[0].length) + rest.slice(end)
  }
  for (const { pattern, read } of rules) {
    const found = pattern.exec(rest)
    if (!found) continue
    const before = amounts.threshold
    read(amounts, found)
    if (amounts.threshold !== before && isLeftOut(rest, found)) leaveOut(amounts)
    cut(found)
  }
  for (const found of rest.matchAll(goodsSaid)) {
    const [said, n = '', unit = '', half] = found
    if (isSpec(said.replace(/\s+/g, ''))) continue
    // 两箱半
    amounts.quantities.push({ n: half ? `${n}.5` : n, ...unitOf(unit), at: found.index })
    cut({ 0: said, index: found.index })
  }
  const ordered =
    /(?<=\b(?:promise|ship|supply|deliver|send|sell|order|quote|need|want|takes?|buys?)\s+)\d{1,6}(?=\s|$)/.exec(rest)
  const inEnglish = ordered ?? /(?<=[a-z]\s+)\d{1,6}(?=\s{2}|\s\p{Script=Han})/u.exec(rest)
  if (inEnglish && amounts.quantities.length === 0 && (ordered?.[0] !== undefined || !isSpec(inEnglish[0]))) {
    amounts.quantities.push({ n: inEnglish[0], at: inEnglish.index })
    cut(inEnglish)
  }
  const wanted =
    /(?<=够不够|够|差|缺|[加减改换提凑变]到|[改换变]成|要是|如果|来个|再来|来)\d{2,7}(?=\s?(?:$|[,，。吗不呢吧]))/.exec(
      rest,
    )
  if (wanted && amounts.quantities.length === 0) {
    amounts.quantities.push({ n: wanted[0], at: wanted.index })
    cut(wanted)
  }
  const last = /(?<=\S\s+)\d{1,6}$/.exec(rest)
  if (last && amounts.quantities.length === 0 && !isSpec(last[0])) {
    amounts.quantities.push({ n: last[0], at: last.index })
    cut(last)
  }
  return { amounts, rest }
}

const leftOutBehind =
  /^的?(?:订?单子?|客户|货|钱|款|账)?(?:就|都|全)?(?:别|不要|不用|甭|不必|免|除外|不算|去掉|剔除|忽略|过滤|不看|不列|不管|刨)/
const leftOutAhead =
  /(?:别|不要|不用|甭|除了?|去掉|剔除|忽略|过滤掉?|不看|不列|刨掉?|不算|不含)(?:列|算|看|给我|报|把)?(?:金额|数量|欠款)?(?:在)?$/
const isLeftOut = (text: string, { 0: said, index }: RegExpExecArray): boolean =>
  leftOutBehind.test(text.slice(index + said.length)) || leftOutAhead.test(text.slice(0, index))

/** 八千以下的别列: what is wanted is the rest, from there on or up to there. */
function leaveOut(amounts: Amounts): void {
  if (amounts.most !== undefined) return
  amounts.isLeftOut = true
  if (amounts.isBelow) delete amounts.isBelow
  else amounts.isBelow = true
}

/** 30、60、90天 are the steps of an ageing, and count nothing. */
const steps = /\d+天?[、,/]\d+天?[、,/]\d+天/g

const unitOf = (said: string | undefined): { unit?: string } => {
  if (said === undefined) return {}
  if (!/^[a-z]/.test(said) || said === 'kg') return { unit: said }
  const singular = said.replace(/(?<=x)es$|s$/, '')
  return latinUnits[singular] ? { unit: latinUnits[singular] } : {}
}
