import type { Actions } from '#kernel/perform'
import { endAccess, giveAccess } from './access.ts'
import { account, accounts as listAccounts } from './accounts.ts'
import { checks, settleCheck } from './checks.ts'
import type { accounts, handovers, org } from './contract.ts'
import { handOver } from './hand-over.ts'
import { handover, handovers as listHandovers } from './handovers.ts'
import { me, setLanguage } from './me.ts'
import { delegate, delegations, endDelegation } from './my-delegations.ts'
import { endSession, mySessions, signOut } from './my-sessions.ts'
import { mergePeople } from './merge-people.ts'
import { changePeopleRules, peopleRules } from './people-rules.ts'
import { changeRole, departments, people, person, roles, setRoles } from './people.ts'
import { setManager } from './report-to.ts'
import { splitIdentity } from './split-identity.ts'
import { undoMerge } from './undo-merge.ts'

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

export const accountsActions: Actions<typeof accounts> = {
  accounts: listAccounts,
  account,
  checks,
  settleCheck,
  mergePeople,
  undoMerge,
  splitIdentity,
  setManager,
  endAccess,
  giveAccess,
  peopleRules,
  changePeopleRules,
}

export const handoversActions: Actions<typeof handovers> = { handovers: listHandovers, handover, handOver }
