import { Refusal } from '#contract'
import { type Caller, has } from '#kernel/caller'

export const administer = { zh: '管理人员与权限', en: 'administer people and rights' }

export const noColleague = () => new Refusal('not_found', { what: { zh: '同事', en: 'colleague' } })

/** Who may pass on what somebody left behind: whose task it is, whoever stands above the one who left, and the administrator. */
export const mayHandOver = (
  caller: Caller,
  { personId, holderId }: { personId: string; holderId: string | null },
): boolean =>
  caller.personId !== personId &&
  (caller.personId === holderId || caller.rights.team.includes(personId) || has(caller, 'org.admin'))
