import { cueWordAt } from './cue-words.ts'
import { loose, pinyinOf } from './lexicon.ts'
import type { NameIndex } from './name-index.ts'
import { knows } from './parts.ts'
import type { Known } from './understanding.ts'

// What was typed in pinyin, or heard as other characters of the same sound, as the words of the trade that it sounds like.

/** Words that questions are made of, by which pinyin and slips are known. */
const phrases = `
今天 昨天 前天 明天 后天 本周 这周 上周 下周 本月 这个月 上月 上个月 下个月 今年 去年 本季度 上季度 一个月 两个月 三个月 半年 月底 以上 以下 以内 之内
库存 现货 有货 可用量 安全库存 缺货 断货 补货 补货点 呆滞 呆滞料 积压 临期 过期 快过期 保质期 批次 批号 先出 规格 颜色 尺码 各个 各种 分别 在途 到货 采购 到了没 到了吗
出入库 流水 明细 入库 出库 出货 进货 调拨 仓库 价格 单价 什么价 多少钱 批发价 阶梯价 标价 成交价 上次 上回 最近 毛利 毛利率 利润 成本 成本价 进价
订单 单子 进度 状态 发货 发货了没 发了没 发了吗 物流 签收 待发货 没发货 要发 要送 要送的单 要出 送货 应收 应收账款 欠款 欠多少 还欠 欠钱 逾期 超期 账龄 账期 信用 信用额度 额度 回款 收款 到账 打款 付款 对账单 对账 到期 应付
审批 待我 等我 待审批 待我审批 批了没 处理 商机 漏斗 跟进 回访 拜访 联系 没联系 联系人 联系方式 电话 地址 客户 客户名片 负责人 谁在跟 销售额 销量 业绩 营业额 排名 排行 排行榜 目标 完成率 完成 任务 卖了多少 买过 申请 报价 报个价 下单 开单 提醒 通知 告诉我 叫我 订阅 帮助
还有 还有多少 多少 几个 什么 哪些 哪个 有些什么 有些 怎么样 怎么样了 情况 什么情况 没人接 再打 记一下 供应商 业务员 谁的钱 收钱 给钱 我的 我们 没有
左 右 的 单 谁 欠 没 有 吗 了
`
  .split(/\s+/)
  .filter(Boolean)

/** What keyboards write otherwise than it is spelt. */
const spelt: readonly (readonly [string, string])[] = [
  ['shei', '谁'],
  ['wanchenglv', '完成率'],
  ['maolilv', '毛利率'],
]
const byPinyin = new Map([...phrases.toReversed().map((phrase) => [pinyinOf(phrase), phrase] as const), ...spelt])
const heardAs = new Map(
  phrases.filter((phrase) => phrase.length > 1).map((phrase) => [loose(pinyinOf(phrase)), phrase]),
)
/** Words of their own that only sound like one of them. */
const ownWords = new Set(
  '预期 假装 语气 练习 队长 小量 有限 元件 原价 限价 保价 订货 定价 实际 公里 之前 前面 刚才 左右 上回 上面 下面 已经 一边 以便 跟今'.split(
    ' ',
  ),
)

const englishEnough = 2
const englishWord =
  /\b(?:the|of|is|are|for|from|to|in|on|at|by|my|our|how|what|which|who|when|any|please|show|list|order|stock|price)\b/g

export function withWordsBySound(message: string, known: Known): string {
  const english = message.match(englishWord)?.length ?? 0
  return withHeardWords(english >= englishEnough ? message : withTypedPinyin(message, known), known)
}

const tokensMax = 6
/** Latin words beside each other that are pinyin: the longest that makes a word first. A message of which no word of two syllables is one is none. */
function withTypedPinyin(message: string, known: Known): string {
  let isPinyin = false
  const typed = message
    .replace(/(?<=\d)\s*yue(?:fen)?\b/g, '月')
    .replace(/(?<=\d)\s*cun\b/g, '寸')
    .replace(/(?<=\d)\s*hao\b/g, '号')
    .replace(/(?<![a-z\d])[a-z]+(?:\s+[a-z]+)*(?![a-z\d])/g, (words) => {
      const tokens = words.split(/\s+/)
      const said: string[] = []
      for (let i = 0; i < tokens.length;) {
        const { word, length } = wordAt(tokens, i, known)
        if (word.length > 1 && /\p{Script=Han}/u.test(word)) isPinyin = true
        said.push(word)
        i += length
      }
      // Words of the trade stand together, as they are written.
      return said.join(' ').replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    })
  return isPinyin ? typed : message
}

function wordAt(tokens: readonly string[], at: number, known: Known): { word: string; length: number } {
  for (let length = Math.min(tokensMax, tokens.length - at); length > 0; length--) {
    const sound = tokens.slice(at, at + length).join('')
    const word = byPinyin.get(sound) ?? onlyCalled(known.colleagues, sound)
    if (word) return { word, length }
  }
  return { word: tokens[at]!, length: 1 }
}

const nameMin = 3
const wordMin = 2
const windowMax = 5
/**
 * Characters that were heard for others: a name, or a word of the trade, that sounds so. A word stands between words: what is written together
 * with characters that nobody knows is part of a name, 雀货 in 金雀货栈 no 缺货.
 */
function withHeardWords(message: string, known: Known): string {
  let heard = ''
  let isWord = true
  for (let i = 0; i < message.length;) {
    const found = heardAt(message, i, isWord, known)
    heard += found?.word ?? message[i]!
    isWord = found !== undefined || isRecognised(message, i, known)
    i += found?.length ?? 1
  }
  return heard
}

type Heard = { word: string; length: number }
function heardAt(message: string, at: number, isAfterWord: boolean, known: Known): Heard | undefined {
  const run = /^\p{Script=Han}+/u.exec(message.slice(at, at + windowMax))?.[0] ?? ''
  for (let length = run.length; length >= wordMin; length--) {
    const piece = run.slice(0, length)
    if (isItself(piece, known)) return { word: piece, length }
    const name = length >= nameMin ? nameHeard(piece, known) : undefined
    if (name) return { word: name, length }
    const word = heardAs.get(loose(pinyinOf(piece)))
    const standsAlone = isAfterWord && isRecognised(message, at + length, known)
    const isAnotherCount = numeral.test(piece) && piece.match(numeral)?.[0] !== word?.match(numeral)?.[0]
    if (word?.length === length && standsAlone && !isAnotherCount && !knows(piece, known)) return { word, length }
  }
  return undefined
}

/** What counts is never heard for a word that does not: 近两个月 is not 今年. */
const numeral = /[一二三四五六七八九十百千两几半]/

const nameHeard = (piece: string, known: Known): string | undefined =>
  [known.customers, known.items]
    .map((index) => onlyCalled(index, pinyinOf(piece)))
    .find((name) => name?.length === piece.length)

/** Whether a message ends here, or goes on with what is no strange character. */
const isRecognised = (message: string, at: number, known: Known): boolean =>
  !/\p{Script=Han}/u.test(message[at] ?? '') || cueWordAt(message, at) > 0 || knows(message.slice(at, at + 2), known)

const isItself = (piece: string, known: Known): boolean =>
  ownWords.has(piece) ||
  (piece.length > 1 && (cueWordAt(piece, 0) === piece.length || known.items.knows(piece))) ||
  [known.customers, known.items, known.categories, known.warehouses, known.suppliers, known.colleagues].some(
    (index) => index.called(piece).length > 0,
  )

/** What is called so by its sound, where only one thing is. */
function onlyCalled(index: NameIndex, sound: string): string | undefined {
  const forms = new Set(index.sounding(sound))
  return forms.size === 1 ? [...forms][0] : undefined
}
