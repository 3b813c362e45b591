import { z } from 'zod'
import { contract, endpoint, Id, Instant, ListInput, pageOf } from '#contract'
import { platforms } from '#contract/modules/org'

/** From this share of a month's calls on, what only tells waits for a digest, so that decisions and answers have the rest. */
export const savingFrom = 0.8

/** A card or a text that a platform did not take, however often it was asked. */
export const UndeliveredView = z.object({
  id: Id,
  platform: z.enum(platforms),
  /** Who was to have it; nobody of ours when a stranger was answered. */
  person: z.object({ id: Id, name: z.string() }).nullable(),
  title: z.string(),
  /** It was never sent, or what is shown of it is out of date. */
  what: z.enum(['unsent', 'stale']),
  reason: z.string(),
  writtenAt: Instant,
  failedAt: Instant,
})
export type UndeliveredView = z.output<typeof UndeliveredView>

/** What a platform was used for this month, beside what its edition includes; no limit where there is none. */
export const PlatformUseView = z.object({
  platform: z.enum(platforms),
  calls: z.number().int(),
  callsMax: z.number().int().nullable(),
  deliveries: z.number().int(),
  deliveriesMax: z.number().int().nullable(),
  /** What is on its way now, and what was given up. */
  waiting: z.number().int(),
  undelivered: z.number().int(),
})
export type PlatformUseView = z.output<typeof PlatformUseView>

export const outbox = contract('outbox', {
  platformUse: endpoint(
    'GET /platform-use',
    { zh: '各平台本月用量与待发消息', en: 'What each platform was used for this month, and what waits' },
    z.object({}),
    z.object({ month: z.string(), platforms: z.array(PlatformUseView) }),
  ),
  undelivered: endpoint(
    'GET /undelivered',
    { zh: '未送达的消息', en: 'What could not be delivered' },
    ListInput.omit({ q: true }),
    pageOf(UndeliveredView),
  ),
  sendAgain: endpoint(
    'POST /undelivered/:id/send',
    { zh: '重新发送一条', en: 'Send one again' },
    z.object({ id: Id }),
    z.object({}),
  ),
  sendAllAgain: endpoint(
    'POST /undelivered/send',
    { zh: '全部重新发送', en: 'Send all again' },
    z.object({}),
    z.object({ count: z.number().int() }),
  ),
})
