import { config } from '#kernel/config'

const format = new Intl.DateTimeFormat('zh-CN', {
  timeZone: config.TIME_ZONE,
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})

/** A moment as cards say it: 11/22 14:02, in the company's zone. */
export const moment = (iso: string | Date): string => format.format(new Date(iso)).replace(/\s+/, ' ')
