import type { Tx } from '#kernel/db'
import { sql } from '#kernel/db'

export type KnownPerson = {
  id: string
  name: string
  lang: string
  roles: string[]
  rights: unknown[]
  team: string[]
  warehouses: string[]
  sessionId: string | null
}

// Person, roles and everyone below in one round trip: this runs before every request.
const personColumns = sql`
  p.id, p.name, p.lang, p.warehouse_ids::text[] as warehouses,
  coalesce((select array_agg(pr.role_key order by pr.role_key) from person_role pr where pr.person_id = p.id), '{}') as roles,
  coalesce((select jsonb_agg(r.rights) from person_role pr join role r on r.key = pr.role_key where pr.person_id = p.id), '[]') as rights,
  (with recursive below as (
     select p.id as id
     union
     select c.id from person c join below b on c.manager_id = b.id)
   select array_agg(id::text) from below) as team`

export async function findPerson(tx: Tx, id: string): Promise<KnownPerson | undefined> {
  const rows = await tx.$queryRaw<KnownPerson[]>`
    select ${personColumns}, null as "sessionId" from person p where p.id = ${id}::uuid and p.active`
  return rows[0]
}

export async function findPersonBySession(tx: Tx, tokenHash: string, at: Date): Promise<KnownPerson | undefined> {
  const rows = await tx.$queryRaw<KnownPerson[]>`
    select ${personColumns}, s.id as "sessionId"
    from session s join person p on p.id = s.person_id
    where s.token_hash = ${tokenHash} and s.revoked_at is null and s.expires_at > ${at} and p.active`
  return rows[0]
}
