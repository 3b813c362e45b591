import type { Colour, Text } from '#contract'
import type { ApprovalState, ApprovalView } from '#contract/engines/approvals'

/** Orange waits, green approved, red rejected, grey void: the same here as on the cards. */
export const approvalColours: Record<ApprovalState, Colour> = {
  open: 'orange',
  approved: 'green',
  rejected: 'red',
  withdrawn: 'grey',
  returned: 'blue',
}

/** An approval's state as a tag wants it, in the server's own words for it. */
export const tagOf = (approval: { state: ApprovalState; stateLabel: Text }) => ({
  [approval.state]: { label: approval.stateLabel, colour: approvalColours[approval.state] },
})

export const signWords: Record<NonNullable<ApprovalView['steps'][number]['sign']>, Text> = {
  any: { zh: '或签', en: 'any of them' },
  all: { zh: '会签', en: 'all of them' },
  in_turn: { zh: '依次', en: 'in turn' },
}

export const choiceWords = {
  approve: { zh: '同意', en: 'approved' },
  reject: { zh: '拒绝', en: 'rejected' },
  return: { zh: '退回', en: 'returned' },
} satisfies Record<string, Text>
