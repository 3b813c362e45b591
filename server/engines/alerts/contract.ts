import { z } from 'zod'
import { contract, defineRefusals, endpoint, Id, Instant, Quantity, Text } from '#contract'

export const alertRefusals = defineRefusals({
  alert_unknown: { status: 422, zh: '没有这种提醒，请重新选择', en: 'There is no such alert; choose again' },
  alert_incomplete: {
    status: 422,
    zh: '「{event}」还要说明{what}',
    en: 'For "{event}" {what} must be given as well',
  },
  too_many_alerts: {
    status: 409,
    zh: '最多同时订 {max} 个提醒，请先停掉不用的',
    en: 'There can be {max} alerts at a time; end some first',
  },
})

/** Something that one can be told of. `of`: what it is about; `needs`: what else must be said. */
export const AlertEvent = z.object({
  event: z.string(),
  label: Text,
  of: z.enum(['item', 'customer']).nullable(),
  needs: z.enum(['below', 'hour']).nullable(),
})
export type AlertEvent = z.output<typeof AlertEvent>

export const AlertView = z.object({
  id: Id,
  event: z.string(),
  label: Text,
  /** What it is about, with its name and page; null where it is about nothing in particular. */
  subject: z.object({ id: Id, name: z.string(), page: z.string() }).nullable(),
  below: Quantity.nullable(),
  hour: z.number().int().nullable(),
  createdAt: Instant,
})
export type AlertView = z.output<typeof AlertView>

export const NewAlert = z.strictObject({
  id: Id,
  event: z.string().min(1).max(40),
  subjectId: Id.nullish(),
  below: Quantity.nullish(),
  hour: z.number().int().min(0).max(23).nullish(),
})

/** What somebody wants to be told of whenever it happens. */
export const alerts = contract('alerts', {
  alerts: endpoint(
    'GET /me/alerts',
    { zh: '我订的提醒', en: 'My alerts' },
    z.object({}),
    z.object({ alerts: z.array(AlertView), events: z.array(AlertEvent) }),
  ),
  createAlert: endpoint(
    'POST /me/alerts',
    { zh: '订一个提醒', en: 'Ask to be told of something' },
    NewAlert,
    z.object({ alert: AlertView }),
  ),
  endAlert: endpoint(
    'DELETE /me/alerts/:id',
    { zh: '停掉一个提醒', en: 'End an alert' },
    z.object({ id: Id }),
    z.object({ ended: z.literal(true) }),
  ),
})
