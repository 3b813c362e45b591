import { allow, type Caller, systemId } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { readSetting, type Setting, writeSetting } from '#kernel/settings'
import { note } from '#server/engines/audit'
import { PeopleRules } from './contract.ts'
import { administer } from './policy.ts'

/** Until the administrator says otherwise: a mobile number is trusted most, and leaving any platform ends access. */
export const peopleRulesSetting: Setting<PeopleRules> = {
  key: 'org.people_rules',
  schema: PeopleRules,
  initial: { matching: ['mobile', 'email', 'employeeNo'], leaving: 'any' },
}

export async function peopleRules(tx: Tx, caller: Caller): Promise<PeopleRules> {
  allow(caller, 'org.admin', administer)
  return readSetting(tx, peopleRulesSetting)
}

/** Holds from the next person that a platform tells us of. */
export async function changePeopleRules(tx: Tx, caller: Caller, rules: PeopleRules): Promise<PeopleRules> {
  allow(caller, 'org.admin', administer)
  const before = await readSetting(tx, peopleRulesSetting)
  await writeSetting(tx, caller, peopleRulesSetting, rules)
  await note(tx, caller, {
    document: 'people_rules',
    id: systemId,
    action: 'edit',
    changes: [{ field: 'rules', before, after: rules }],
  })
  return rules
}
