import { Decimal, type Lang } from '#contract'
import { ageBuckets, type AgeBucket, type Ageing } from '#contract/modules/finance'
import { shortAmount } from '../../ui/amounts.ts'
import { addDays } from './days.ts'

/** The due days that an age stands for, on a day. */
export function dueDaysOf(age: AgeBucket, on: string): { dueFrom?: string; dueTo?: string } {
  switch (age) {
    case 'notDue':
      return { dueFrom: on }
    case 'upTo30':
      return { dueFrom: addDays(on, -30), dueTo: addDays(on, -1) }
    case 'upTo60':
      return { dueFrom: addDays(on, -60), dueTo: addDays(on, -31) }
    case 'upTo90':
      return { dueFrom: addDays(on, -90), dueTo: addDays(on, -61) }
    case 'over90':
      return { dueTo: addDays(on, -91) }
  }
}

export const isAge = (text: string): text is AgeBucket => ageBuckets.some(({ key }) => key === text)
export const overdueIn = ({ owed, notDue }: Ageing): Decimal => new Decimal(owed).minus(notDue)

/** A bar of the chart: its parts by age, and what it comes to. */
export type AgeBar = { id: string; name: string; owed: string; parts: Record<AgeBucket, string> }
/** What a tap in the chart means: the age that was hit, of the one whose bar it is. */
export type Mark = { id: string; age?: AgeBucket }

const parts = (ageing: Ageing): AgeBar['parts'] => ({
  notDue: ageing.notDue,
  upTo30: ageing.upTo30,
  upTo60: ageing.upTo60,
  upTo90: ageing.upTo90,
  over90: ageing.over90,
})

/** One bar for each age, in which only that age counts. */
export function barsOfAges(totals: Ageing, nameOf: (age: AgeBucket) => string): AgeBar[] {
  const none = { notDue: '0', upTo30: '0', upTo60: '0', upTo90: '0', over90: '0' }
  return ageBuckets.map(({ key }) => ({
    id: key,
    name: nameOf(key),
    owed: totals[key],
    parts: { ...none, [key]: totals[key] },
  }))
}

/** One stacked bar for each who owes, most first. */
export const barsOfGroups = (rows: readonly (Ageing & { id: string; name: string })[], max: number): AgeBar[] =>
  rows
    .filter(({ owed }) => new Decimal(owed).gt(0))
    .slice(0, max)
    .map((row) => ({ id: row.id, name: row.name, owed: row.owed, parts: parts(row) }))

/** The chart in one sentence, for those who hear it. */
export const chartWords = (bars: readonly AgeBar[], lang: Lang): string =>
  bars.map(({ name, owed }) => `${name} ${shortAmount(owed, lang)}`).join(lang === 'en' ? ', ' : '，')

export type ChartColours = { ages: Record<AgeBucket, string>; ink: string; sheet: string }
type ChartSetting = { bars: readonly AgeBar[]; colours: ChartColours; words: string; font: string; lang: Lang }

export const barHeight = 38
const nameWidth = 92
const amountWidth = 74

/** The picture as the chart library wants it: bars that lie, the first on top, with what each comes to at its end. */
export function chartOption({ bars, colours, words, font, lang }: ChartSetting) {
  const label = { fontFamily: font, fontSize: 12 }
  const ends = bars.map(({ owed }) => shortAmount(owed, lang))
  return {
    animationDuration: 300,
    aria: { enabled: true, label: { description: words } },
    grid: { left: nameWidth + 8, right: amountWidth, top: 4, bottom: 4 },
    xAxis: { type: 'value', show: false, max: 'dataMax', min: 0 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      triggerEvent: true,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...label, color: colours.ink, width: nameWidth, overflow: 'truncate', margin: 10 },
    },
    series: [
      ...ageBuckets.map(({ key }) => ({
        id: key,
        type: 'bar',
        stack: 'owed',
        barWidth: 18,
        // A little beside a lot is still seen, and still hit by a finger.
        barMinHeight: 4,
        cursor: 'pointer',
        // The hairline between two parts is seen also where their colours are not told apart.
        itemStyle: { color: colours.ages[key], borderColor: colours.sheet, borderWidth: 0.5 },
        data: bars.map((bar) => Number(bar.parts[key]) || null),
      })),
      // Nothing itself, it stands where a bar ends and says what it comes to.
      {
        id: 'end',
        type: 'bar',
        stack: 'owed',
        silent: true,
        data: bars.map(() => 0),
        label: {
          ...label,
          show: true,
          position: 'right',
          color: colours.ink,
          fontWeight: 600,
          formatter: ({ dataIndex }: { dataIndex: number }) => ends[dataIndex] ?? '',
        },
      },
    ],
  }
}

/** What was hit: a part of a bar, or the name beside it. */
export function markAt(
  bars: readonly AgeBar[],
  hit: { componentType?: string; dataIndex?: number; seriesIndex?: number },
): Mark | undefined {
  const bar = bars[hit.dataIndex ?? -1]
  if (!bar) return undefined
  const age = hit.componentType === 'series' ? ageBuckets[hit.seriesIndex ?? -1]?.key : undefined
  return age ? { id: bar.id, age } : { id: bar.id }
}

/** From pale to dark, so that the order is read without telling hues apart. `colour` reads one of the theme. */
export const chartColours = (colour: (name: string) => string): ChartColours => ({
  ages: {
    notDue: colour('age-0'),
    upTo30: colour('age-1'),
    upTo60: colour('age-2'),
    upTo90: colour('age-3'),
    over90: colour('age-4'),
  },
  ink: colour('ink'),
  sheet: colour('sheet'),
})
