import type { RoleRights } from './contract.ts'

export type Granted = {
  actions: Set<string>
  scopes: Record<string, 'own' | 'team' | 'all'>
  reads: Set<string>
  writes: Set<string>
  /** Absent: all. */
  warehouses?: string[]
}

const width = { own: 1, team: 2, all: 3 }

/** Several roles grant what any of them grants; of two scopes the wider holds. */
export function mergeRights(roles: readonly RoleRights[]): Granted {
  const merged: Granted = { actions: new Set(), scopes: {}, reads: new Set(), writes: new Set() }
  for (const role of roles) {
    role.actions.forEach((action) => merged.actions.add(action))
    role.reads.forEach((group) => merged.reads.add(group))
    role.writes.forEach((group) => merged.writes.add(group))
    for (const [document, scope] of Object.entries(role.scopes)) {
      const before = merged.scopes[document]
      if (!before || width[scope] > width[before]) merged.scopes[document] = scope
    }
  }
  const reached = roles.map((role) => role.warehouses)
  if (roles.length === 0 || reached.includes(undefined)) return merged
  return { ...merged, warehouses: [...new Set(reached.flatMap((ids) => ids ?? []))] }
}

/** What is granted to somebody who is limited to some warehouses himself; none named: no limit of his own. */
export function limitedTo(warehouseIds: readonly string[], granted: Granted): Granted {
  if (warehouseIds.length === 0) return granted
  return { ...granted, warehouses: warehouseIds.filter((id) => granted.warehouses?.includes(id) ?? true) }
}
