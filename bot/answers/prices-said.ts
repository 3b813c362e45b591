import { Decimal } from '#contract'

/** A price that somebody names for what he offers: of one of a unit, where he says so. */
export type SaidPrice = { n: string; unit?: string; at: number }
/** `discount`: what is left of the usual price, in per cent. */
export type Offered = { prices: SaidPrice[]; discount?: string }

const goods =
  '个|只|支|盒|箱|包|把|条|卷|袋|件|套|双|瓶|桶|台|吨|斤|kg|打|副|对|根|米|片|罐|托|pcs|pieces?|box(?:es)?|rolls?|sets?|pairs?'
const bare = String.raw`(?<bare>\d+(?:\.\d+)?)(?:\s*(?:元|块钱|块))?`
/** 12块8, 5毛6, 3块, 6分. */
const coins = String.raw`(?:(?<yuan>\d+(?:\.\d+)?)\s*块(?:(?<tenths>\d{1,2})(?!\d)毛?)?|(?<jiao>\d)\s*[毛角](?:(?<fen>\d)(?!\d)分?)?|(?<alone>\d)\s*分)钱?`
const money = `(?:${coins}|${bare})`
const notInName = String.raw`(?<![a-z\d*./-])`
const each = `(?:/|每|(?<!\\d)1)\\s*(?<unit>${goods})`
/** Nothing follows that it could be the size or the count of: where a name was, there are several blanks. */
const end = String.raw`(?=\s?(?:$|[,，。.;；、!！?？)）吧的了报下开出算卖走给])|\s\S)`

/** Said of one of them behind the figure, before it, or with a word for prices. */
const said: readonly RegExp[] = [
  new RegExp(`${notInName}${money}\\s*(?:钱)?${each}(?![\\p{L}]*\\d*折)`, 'gu'),
  new RegExp(`每\\s*(?<unit>${goods})\\s*(?:卖|算|按|报|价)?\\s*${money}${end}`, 'gu'),
  new RegExp(
    `(?:单价|售价|(?<![总合])价格?(?!格)|按照?|报价?(?!单)|算|@|\\bat\\b)\\s*(?:他们?|你们?)?(?:是|为|按|到|[:：])?\\s*(?:${coins}|${bare}${end}(?!\\s*(?:${goods})(?!\\S)))`,
    'gu',
  ),
]
/** In coins, which count nothing else: 12块8. */
const inCoins = new RegExp(
  `${notInName}(?:(?<yuan>\\d+)\\s*块(?<tenths>\\d{1,2})(?!\\d)毛?|(?<jiao>\\d)\\s*[毛角](?:(?<fen>\\d)(?!\\d)分?)?)`,
  'gu',
)
/** A figure with decimals, right behind how many: 500支0.56. */
const behindCount = new RegExp(`(?<=\\d\\s*(?:${goods})[\\s,，]?)(?<bare>\\d+\\.\\d+)(?:\\s*(?:元|块))?${end}`, 'gu')
/** 1套185, where so many are counted elsewhere. */
const ofOne = new RegExp(`(?<!\\d)1\\s*(?<unit>${goods})\\s*(?:卖|算|按|报)?\\s*${money}${end}`, 'gu')
const counts = new RegExp(`${notInName}\\d+(?:\\.\\d+)?\\s*(?:${goods})`, 'g')
const counted = new RegExp(`\\d\\s*(?:${goods})[\\s,，]*$`)
const discounts: readonly RegExp[] = [
  /打?(?<left>\d{1,2}(?:\.\d)?)\s*折/,
  /(?:便宜|优惠|让利?|降|减|少|下浮)\s*(?<off>\d{1,2}(?:\.\d)?)\s*(?:个点|%|个百分点)/,
]

/** Takes prices out of a text, leaving blanks in their place. `isSize`: 230 一片 is one of that size, and no price. */
export function pricesIn(text: string, isSize: (said: string) => boolean): Offered & { rest: string } {
  const prices: SaidPrice[] = []
  const take = (rest: string, pattern: RegExp): string =>
    rest.replace(pattern, (whole, ...found) => {
      const [at, , groups] = found.slice(-3) as [number, string, Record<string, string | undefined>] // how replace hands over named groups
      const n = amountOf(groups)
      const isBare = pattern === said[0] && groups['bare'] !== undefined && !/[元块]/.test(whole)
      const isBehindCount = counted.test(rest.slice(0, at))
      if (n.lte(0) || (isBare && !isBehindCount && isSize(groups['bare'] ?? ''))) return whole
      prices.push({ n: n.toString(), at, ...(groups['unit'] ? { unit: groups['unit'] } : {}) })
      return ' '.repeat(whole.length)
    })
  const found = discounts.map((pattern) => pattern.exec(text)).find((one) => one !== null)
  const whole = found ? text.replace(found[0], ' '.repeat(found[0].length)) : text
  const plain = said.reduce(take, whole)
  const isCountedElsewhere = (plain.match(counts)?.length ?? 0) > 1
  const rest = [inCoins, behindCount].reduce(take, isCountedElsewhere ? take(plain, ofOne) : plain)
  const discount = found?.groups && leftOf(found.groups)
  return { prices: prices.toSorted((a, b) => a.at - b.at), rest, ...(discount ? { discount } : {}) }
}

function amountOf({ yuan, tenths, jiao, fen, alone, bare: plain }: Record<string, string | undefined>): Decimal {
  if (plain) return new Decimal(plain)
  if (alone) return new Decimal(alone).div(100)
  if (yuan) return new Decimal(yuan).plus(tenths ? new Decimal(`0.${tenths}`) : 0)
  return new Decimal(jiao ?? 0).div(10).plus(new Decimal(fen ?? 0).div(100))
}

/** 95折 leaves 95 per cent, 9折 leaves 90. */
function leftOf({ left, off }: Record<string, string | undefined>): string | undefined {
  const n = off ? new Decimal(100).minus(off) : new Decimal(left ?? 0).times(Number(left) < 10 ? 10 : 1)
  return n.gt(0) && n.lt(100) ? n.toString() : undefined
}
