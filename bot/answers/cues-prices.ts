import type { Intent } from './query.ts'
import type { Reading } from './reading.ts'
import { priceOfOne } from './telling-words.ts'
import { saying } from './word-classes.ts'

/** The words that point to questions about what goods cost and bring. */
export const priceCues = {
  'price.item': {
    cues: [
      [priceOfOne, 1.1],
      [/哪[个款种]更?(?:贵|便宜)|贵多少|便宜多少/, 1.1],
      [/便宜|卖到(?:多少|几)/, 0.9],
      [/拿.{0,12}(?:能到|到|给|算|能给)(?:多少|几)|能到(?:多少|几)/, 0.9],
      [/[可能](?:以)?卖(?!到|多少钱|几[块毛])/, -0.9],
      [/[1一][个只支盒箱包把条卷袋件套双瓶桶台张副片根]多少|批多少|卖多少|(?:给|报)个价/, 0.9],
      [
        saying(
          '卖给.{1,14}(?:什么|啥|多少)(?:价|钱)?|给.{2,14}(?:什么|啥)价|(?:现在|一般)?报(?:多少|几)|(?:能|可以)(?:便宜|优惠|少)|最低(?:多少|几)|零售|卖给',
        ),
        0.9,
      ],
      [
        /价|多少钱|多钱|多少米|怎么卖|咋卖|咋个卖|怎样卖|如何卖|卖多少|卖几|几块|几毛|几元|几钱|多少[一1][个只支盒箱包把条卷袋件套双瓶桶台张副片根]|一[个只支盒箱包把条卷袋件套双瓶桶台张副片根]多少|啥行情|jiage|jia ge|duo ?shao ?qian|zenme ?mai|\bprices?\b|\bpricing\b|how much (?:is|are|for|does .* cost|per|do .* cost)|quote for|unit price/,
        0.9,
      ],
      [saying('{lastTime}'), -0.6],
      [/上次|上回|最近一次|历史|成交|成本|利润|毛利|报个|报价|报一|挣|赚|老价格|欠|进价|进货价|last|卖了|卖给/, -0.5],
      [/报价(?:是)?(?:多少|几)/, 0.6],
      [/还有多少|还剩|应收|回款|打了|付了|收了/, -0.4],
    ],
    with: { item: 0.15 },
    without: { item: -0.6 },
  },
  'price.last': {
    cues: [
      [saying('{lastTime}(?:给|卖).{0,6}(?:多少|几[块毛])$'), 1.3],
      [saying('{lastTime}.{0,24}(?:价|多少钱|几[块毛分]|多少一|怎么卖|咋卖)'), 1.3],
      [/一直(?:是)?按?多少|老客户.{0,8}多少|一直(?:什么|啥)价/, 1.2],
      [
        saying(
          '(?:上次|上回|上[1一]?[次回单]|最近(?:一次)?|之前|以前).{0,24}(?:报|卖|拿|给|成交|买)(?:的|了|过)?(?:是|什么|啥|多少|几)',
        ),
        1.3,
      ],
      [
        /(?:上次|上回|上一?次|最近一次|最后一次|前一次).{0,24}成交|(?:上次|上回|上一?[次回]|最近一次|最近那次|最后一次|前一次|之前|以前|原来|先前|去年|上个?月).{0,24}(?:价|多少钱|几块|几毛|卖|给的|拿的|报的|什么钱)|(?:拿|买|要|进|卖|给|报).{0,12}(?:上次|上回|以前|之前|最近一次).{0,8}(?:多少|几|价)|历史(?:价|成交)|成交价|最近(?:的)?价|老价是|lishi ?jia|shangci.*(?:jia|qian)|last (?:price|time|paid|sold|sale)|previous(?:ly)? (?:price|paid)|(?:price|paid|pay|charge).*(?:last|before|previous)/,
        1.2,
      ],
      [/回款|打款|再来|一样|报个价|报价单|销售额|卖了多少|卖得/, -0.8],
    ],
    with: { item: 0.1, customer: 0.2 },
    without: { item: -0.5 },
  },
  'margin.query': {
    cues: [
      [/(?:净|能|可以|还)?落(?:下|到|着|得)?(?:几|多少)|到手(?:几|多少)|赚头/, 1.6],
      [/\bcosts? (?:us|per|each|a piece|price)\b|\bper (?:piece|unit) cost/, 1.4],
      [saying('亏不亏|(?:赚|挣)不(?:赚|挣)|有没有(?:赚|挣|利)|(?:贡献|带来).{0,4}利'), 1.6],
      [
        /毛利|成本|利润|(?:挣|赚)(?:了|到)?(?:多少|几|钱|不|没)|赚了|挣了|(?:亏|蚀)(?:着|本|钱|了|没)|几个点|进货价|进价|进货.{0,3}(?:多少钱|几块)|(?:多少钱|几块)进的?|采购价|拿货价|maoli|chengben|lirun|jin ?jia|\bmargins?\b|\bcosts? price\b|\bcosts? of\b|\b(?:our|unit|purchase) costs?\b|\bprofit(?:able)?\b/,
        1.6,
      ],
    ],
  },
} satisfies Partial<Record<Intent, Reading>>
