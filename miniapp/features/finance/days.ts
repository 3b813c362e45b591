import dayjs from 'dayjs'

const written = 'YYYY-MM-DD'

export const addDays = (day: string, days: number): string => dayjs(day).add(days, 'day').format(written)

export const periodNames = ['thisMonth', 'lastMonth', 'threeMonths', 'thisYear'] as const
export type PeriodName = (typeof periodNames)[number]

/** The days of a period as people name it, on a day; none ends in the future. */
export function periodOn(name: PeriodName, today: string): { from: string; to: string } {
  const month = dayjs(today).startOf('month')
  switch (name) {
    case 'thisMonth':
      return { from: month.format(written), to: today }
    case 'lastMonth':
      return { from: month.subtract(1, 'month').format(written), to: month.subtract(1, 'day').format(written) }
    case 'threeMonths':
      return { from: month.subtract(2, 'month').format(written), to: today }
    case 'thisYear':
      return { from: `${today.slice(0, 4)}-01-01`, to: today }
  }
}
