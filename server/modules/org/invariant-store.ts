import type { Tx } from '#kernel/db'
import { type Broken, firstFound } from '#kernel/invariant'

type Found = Promise<Broken | null>

/** Somebody without access who has a session that still counts. */
export const sessionOfLeaver = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'person' as document, p.id, p.name as number, s.platform as detail
    from session s join person p on p.id = s.person_id
    where s.revoked_at is null and not p.active
    order by p.name, s.id`

/** An identity in use that stands for a person who turned out to be another. */
export const identityOfMerged = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'person' as document, p.id, p.name as number, format('%s %s', i.platform, i.open_id) as detail
    from identity i join person p on p.id = i.person_id
    where i.active and p.merged_into_id is not null
    order by p.name`

/** Somebody who is, over any number of steps, his own manager. */
export const managerOfHimself = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with recursive above as (
      select id, manager_id, 1 as steps from person where manager_id is not null
      union all
      select a.id, p.manager_id, a.steps + 1 from above a join person p on p.id = a.manager_id
      where a.manager_id <> a.id and a.steps < 50)
    select 'person' as document, p.id, p.name as number, format('%s ↑ %s', steps, p.name) as detail
    from above a join person p on p.id = a.id where a.manager_id = a.id
    order by p.name, p.id`

/** Somebody who has left and whose things are nobody's task. */
export const leaverWithoutHandover = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'person' as document, p.id, p.name as number, p.left_at::text as detail
    from person p
    where p.left_at is not null and not p.active and p.merged_into_id is null
      and not exists (select from handover h where h.person_id = p.id)
    order by p.name`
