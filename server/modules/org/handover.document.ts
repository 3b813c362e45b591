import { z } from 'zod'
import { defineRefusals, Id, Instant, Money, Text } from '#contract'

/** What somebody who left has left behind, as his manager sees it. */
export const handoverRefusals = defineRefusals({
  handover_settled: {
    status: 409,
    zh: '交接已经完成，请刷新查看结果',
    en: 'This has been handed over already; reload to see to whom',
  },
  heir_missing: { status: 422, zh: '请为「{kind}」选择接手人', en: 'Choose who takes over: {kind}' },
  heir_gone: {
    status: 422,
    zh: '接手人要是在职的另一位同事',
    en: 'The heir must be another colleague who has not left',
  },
  heir_without_right: {
    status: 422,
    zh: '{heir} 的角色看不到「{kind}」，请先给他角色，或者换一个人',
    en: '{heir} has no role that sees "{kind}"; give him one first, or choose somebody else',
  },
  left_ownerless: {
    status: 409,
    zh: '还有 {count} 项「{kind}」不能交给 {heir}，请换一个人',
    en: '{count} of "{kind}" cannot go to {heir}; choose somebody else',
  },
})

export const Named = z.object({ id: Id, name: z.string() })

export const HandoverHead = z.object({
  id: Id,
  person: Named,
  holder: Named.nullable(),
  platform: z.string(),
  state: z.enum(['open', 'done', 'void']),
  openedAt: Instant,
  doneAt: Instant.nullable(),
  doneBy: z.string().nullable(),
})
/** One kind of what somebody leaves behind. */
export const LeftKind = z.object({
  kind: z.string(),
  label: Text,
  count: z.number(),
  /** What it comes to, where it is money and the reader may see amounts. */
  amount: Money.nullable(),
  /** It goes where this other kind goes. */
  follows: z.string().nullable(),
  rows: z.array(z.object({ id: Id, title: z.string(), path: z.string().nullable(), amount: Money.nullable() })),
})
export type LeftKind = z.output<typeof LeftKind>
const PassedKind = z.object({ kind: z.string(), label: Text, heir: Named, count: z.number() })
export const HandoverView = HandoverHead.extend({ kinds: z.array(LeftKind), passed: z.array(PassedKind) })
export type HandoverView = z.output<typeof HandoverView>
