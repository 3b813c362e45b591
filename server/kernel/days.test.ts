import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chineseDay, daysApart, daysLater, lastOfMonth } from '../test/calendar-oracle.ts'
import { seeded } from '../test/seed.ts'
import { addDays, dateOf, dayAt, dayOf, daysBetween, endOfMonth } from './days.ts'

const [first, last] = [Date.UTC(1992, 0, 1), Date.UTC(2060, 0, 1)]
/** Any moment, and often one within a second of a midnight in China or in UTC. */
const moment = fc.oneof(
  fc.integer({ min: first, max: last }),
  fc
    .record({
      day: fc.integer({ min: first / 86_400_000, max: last / 86_400_000 }),
      hour: fc.constantFrom(0, 16),
      off: fc.integer({ min: -1000, max: 1000 }),
    })
    .map(({ day, hour, off }) => day * 86_400_000 + hour * 3_600_000 + off),
)
const day = moment.map(chineseDay)

test('days are those of a calendar that knows nothing but whole numbers', () => {
  fc.assert(
    fc.property(moment, day, day, fc.nat(4000), fc.nat(48), (at, one, other, days, months) => {
      expect(dayAt(new Date(at))).toBe(chineseDay(at))
      expect(dayOf(dateOf(one))).toBe(one)
      expect(addDays(one, days)).toBe(daysLater(one, days))
      expect(daysBetween(one, other)).toBe(daysApart(one, other))
      expect(endOfMonth(one, months)).toBe(lastOfMonth(one, months))
    }),
    { numRuns: 10_000, ...seeded() },
  )
})
