import type { Tx } from '#kernel/db'
import type { Broken, Invariant } from '#kernel/invariant'

/** What must hold for the tables that belong to no module: calls done once, cards sent once. */
export const houseInvariants: Invariant[] = [
  {
    id: 'I13',
    name: { zh: '幂等键只对应一个结果', en: 'An idempotency key stands for one finished call' },
    find: (tx) =>
      first(
        tx.$queryRaw`select key as number, user_id as id, 'done_call' as document, 'no output kept' as detail from done_call where output is null limit 1`,
      ),
  },
  {
    id: 'I14',
    name: { zh: '已发送的卡片都有平台编号，没有重复发送', en: 'Every sent card can be found again on its platform' },
    find: (tx) =>
      first(tx.$queryRaw`
        select id, send_key as number, 'outbox_message' as document, 'sent without a handle' as detail
        from outbox_message where state in ('sent', 'final') and handle is null limit 1`),
  },
]

const first = async (rows: ReturnType<Tx['$queryRaw']>): Promise<Broken | null> => ((await rows) as Broken[])[0] ?? null // columns named as in Broken
