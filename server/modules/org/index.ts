import { registerNames } from '#server/engines/forms'
import { registerOrgExports } from './exported-lists.ts'
import { registerOwnBelongings } from './own-belongings.ts'
import { departmentNames, namesOf } from './person-store.ts'

registerNames('person', (tx, _caller, ids) => namesOf(tx, ids))
registerNames('department', (tx, _caller, ids) => departmentNames(tx, ids))

registerOwnBelongings()
registerOrgExports()

export { accountsActions, handoversActions, orgActions } from './actions.ts'
export { callerOf, callerOfSession } from './caller-of.ts'
export { companyName } from './company.ts'
export { deputyOf } from './delegation-store.ts'
export { departmentsByExternalId } from './directory-store.ts'
export { orgInvariants } from './invariants.ts'
export { addressesOf, identitiesOf, type PlatformPerson, personByStableId, whoIs } from './identity-store.ts'
export { type Belonging, type BelongingKind, type Passing, registerBelonging } from './left-behind.ts'
export { leaveDirectory } from './leave.ts'
export { openSession } from './my-sessions.ts'
export { activeNames, findPersonRow as person, holdersOf, managerOf, namesOf } from './person-store.ts'
export { type LimitedPerson, limitPerson, peopleLimitedTo } from './reach-store.ts'
export { ensureRoles } from './role-store.ts'
export type { SignIn } from './sign-in.ts'
export { type Directory, type DirectoryPerson, keepPerson, syncDirectory } from './sync-directory.ts'
