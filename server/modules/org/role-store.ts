import type { Tx } from '#kernel/db'
import { builtInRoles } from './built-in-roles.ts'
import type { RoleRights } from './contract.ts'

/** Puts the built-in roles where they are missing; what a company has changed stays. */
export async function ensureRoles(tx: Tx): Promise<void> {
  await tx.role.createMany({ data: builtInRoles, skipDuplicates: true })
}

export const listRoles = (tx: Tx) =>
  tx.role.findMany({ orderBy: { key: 'asc' }, include: { _count: { select: { people: true } } } })

export async function saveRole(tx: Tx, key: string, version: number, rights: RoleRights): Promise<boolean> {
  const { count } = await tx.role.updateMany({ where: { key, version }, data: { rights, version: { increment: 1 } } })
  return count === 1
}

export const countRoles = (tx: Tx, keys: readonly string[]): Promise<number> =>
  tx.role.count({ where: { key: { in: [...keys] } } })
