import type { Tx } from '#kernel/db'

/** Takes or renews a lease, by the database's clock, which all processes share. False when another holds it. */
export async function takeLease(tx: Tx, key: string, holder: string, ms: number): Promise<boolean> {
  const taken = await tx.$executeRaw`
    insert into connection_lease as lease (key, holder, until)
    values (${key}, ${holder}::uuid, clock_timestamp() + ${ms} * interval '1 millisecond')
    on conflict (key) do update set holder = excluded.holder, until = excluded.until
    where lease.holder = excluded.holder or lease.until < clock_timestamp()`
  return taken === 1
}

/** Gives a lease back, so that whoever waits for it need not wait for its end. */
export async function giveLease(tx: Tx, key: string, holder: string): Promise<void> {
  await tx.connectionLease.deleteMany({ where: { key, holder } })
}
