import type { RoleRights } from './contract.ts'

export type Granted = {
  actions: Set<string>
  scopes: Record<string, 'own' | 'team' | 'all'>
  reads: Set<string>
  writes: Set<string>
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
  return merged
}
