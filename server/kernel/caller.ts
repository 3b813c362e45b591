import { type Lang, Refusal, type Text } from '#contract'

/** The door a call came through. */
export type Via = 'h5' | 'api' | 'feishu' | 'dingtalk' | 'wecom' | 'job' | 'import'
export type Scope = 'own' | 'team' | 'all'

/** What somebody may do (actions), which rows he sees (scopes), which field groups he reads and writes. */
export type Rights = {
  actions: ReadonlySet<string>
  scopes: Readonly<Record<string, Scope>>
  reads: ReadonlySet<string>
  writes: ReadonlySet<string>
  /** The people whose rows are "the team's": himself and everyone below him. */
  team: readonly string[]
  /** The warehouses he sees and works in; absent: all of them. */
  warehouses?: readonly string[]
  /** The system itself, and administrators where a rule says so: no limit applies. */
  unlimited: boolean
}

/** Who is acting, through which door, and when. One clock reading for the whole call. */
export type Caller = {
  personId: string
  name: string
  roles: readonly string[]
  rights: Rights
  lang: Lang
  via: Via
  at: Date
  /** Made once by whoever first wanted this done; the same key again is the same deed. */
  key?: string
}

export const systemId = '00000000-0000-7000-8000-000000000000'
const noLimits: Rights = {
  actions: new Set(),
  scopes: {},
  reads: new Set(),
  writes: new Set(),
  team: [],
  unlimited: true,
}

/** The house itself, when nobody in particular acts: jobs and reactions. `personId` says on whose deed it follows. */
export const systemCaller = (at: Date, personId = systemId): Caller => ({
  personId,
  name: '系统',
  roles: [],
  rights: noLimits,
  lang: 'zh',
  via: 'job',
  at,
})

/** '*' in a role grants everything of its kind. */
const grants = (granted: ReadonlySet<string>, name: string): boolean => granted.has(name) || granted.has('*')

export const has = (caller: Caller, action: string): boolean =>
  caller.rights.unlimited || grants(caller.rights.actions, action)
export const canRead = (caller: Caller, group: string | undefined): boolean =>
  !group || caller.rights.unlimited || grants(caller.rights.reads, group)
export const canWrite = (caller: Caller, group: string | undefined): boolean =>
  !group || caller.rights.unlimited || grants(caller.rights.writes, group)

/** Refuses unless the caller's roles grant the action; `doing` is the verb a person reads. */
export function allow(caller: Caller, action: string, doing: Text): void {
  if (!has(caller, action)) throw new Refusal('forbidden', { doing })
}

/** The owners whose rows of a document the caller may see; null means everyone's. The one source of row rights. */
export function visibleOwners(caller: Caller, document: string): readonly string[] | null {
  if (caller.rights.unlimited) return null
  const scope = caller.rights.scopes[document]
  if (scope === 'all') return null
  if (scope === 'team') return caller.rights.team
  return scope === 'own' ? [caller.personId] : []
}

/** Prisma's form of the row rights: spread into a `where`. */
export function ownedBy(caller: Caller, document: string): { ownerId?: { in: string[] } } {
  const owners = visibleOwners(caller, document)
  return owners === null ? {} : { ownerId: { in: [...owners] } }
}

export const seesOwner = (caller: Caller, document: string, ownerId: string): boolean =>
  visibleOwners(caller, document)?.includes(ownerId) ?? true

/** The warehouses whose stock and documents the caller may see and move; null means all. The one source of these rights. */
export const visibleWarehouses = (caller: Caller): readonly string[] | null => caller.rights.warehouses ?? null

export const seesWarehouse = (caller: Caller, warehouseId: string): boolean =>
  visibleWarehouses(caller)?.includes(warehouseId) ?? true
