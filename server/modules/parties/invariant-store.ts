import { sql, type Tx } from '#kernel/db'
import { type Broken, firstFound } from '#kernel/invariant'
import type { Followed } from '#server/engines/audit'

type Found = Promise<Broken | null>

/** A customer who belongs to nobody that there is. */
export const customerWithoutOwner = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'customer' as document, c.id, c.number, c.owner_id::text as detail
    from customer c left join person p on p.id = c.owner_id where p.id is null or p.merged_into_id is not null
    order by c.number`

/** The documents of this module whose states the audit trail tells. */
export const followedParties: Followed[] = [{ document: 'customer', rows: sql`select id, number, state from customer` }]
