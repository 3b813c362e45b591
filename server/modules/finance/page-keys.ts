import { z } from 'zod'
import { Day, Id, Money, Refusal } from '#contract'
import { keysOf } from '#kernel/paging'

const DayKeys = z.tuple([Day, Id])
const MoneyKeys = z.tuple([Money, Id])

/** Where a page of a list by day ended. */
export const dayKeys = (cursor: string | undefined): [string, string] | undefined => parsed(DayKeys, cursor)
/** Where a page of a list by amount ended. */
export const moneyKeys = (cursor: string | undefined): [string, string] | undefined => parsed(MoneyKeys, cursor)

function parsed(keys: typeof DayKeys | typeof MoneyKeys, cursor: string | undefined): [string, string] | undefined {
  const given = keysOf(cursor, 2)
  if (!given) return undefined
  const { data } = keys.safeParse(given)
  if (!data) throw new Refusal('malformed', {}, [{ field: 'cursor', message: '翻页标识无效 / not a cursor' }])
  return data
}
