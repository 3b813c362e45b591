import { sql } from '#kernel/db'
import type { Use } from '#server/engines/imports'

/** What in this module speaks of customers. */
export const financeUses: Use[] = [
  {
    of: 'customer',
    what: { zh: '有应收', en: 'has receivables' },
    ids: sql`select customer_id as id from receivable_entry union all select customer_id from expected_receivable`,
  },
  { of: 'customer', what: { zh: '有收款', en: 'has receipts' }, ids: sql`select customer_id as id from receipt` },
]
