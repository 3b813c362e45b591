import type { Actions } from '#kernel/perform'
import type { org } from './contract.ts'
import { me, setLanguage } from './me.ts'
import { delegate, delegations, endDelegation } from './my-delegations.ts'
import { endSession, mySessions, signOut } from './my-sessions.ts'
import { changeRole, departments, people, person, roles, setRoles } from './people.ts'

export const orgActions: Actions<typeof org> = {
  me,
  setLanguage,
  signOut,
  mySessions,
  endSession,
  people,
  person,
  departments,
  roles,
  changeRole,
  setRoles,
  delegations,
  delegate,
  endDelegation,
}
