import dayjs from 'dayjs'

/** A day so many days later, or earlier. */
export const addDays = (day: string, days: number): string => dayjs(day).add(days, 'day').format('YYYY-MM-DD')
export const monthOf = (day: string): string => `${day.slice(0, 8)}01`
