import type { Text } from '#contract'
import type { ApprovalState, Choice } from './contract.ts'

export const stateWords: Record<ApprovalState, Text> = {
  open: { zh: '审批中', en: 'In approval' },
  approved: { zh: '已同意', en: 'Approved' },
  rejected: { zh: '已拒绝', en: 'Rejected' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  returned: { zh: '已退回', en: 'Returned' },
}
/** As in "it was … by him". */
export const doneWords: Record<ApprovalState, Text> = {
  open: { zh: '提交', en: 'opened' },
  approved: { zh: '同意', en: 'approved' },
  rejected: { zh: '拒绝', en: 'rejected' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  returned: { zh: '退回', en: 'returned' },
}
export const choiceWords: Record<Choice, Text> = {
  approve: { zh: '同意', en: 'approve' },
  reject: { zh: '拒绝', en: 'reject' },
  return: { zh: '退回', en: 'return' },
}
export const copyName: Text = { zh: '抄送', en: 'Copy' }
export const somebody: Text = { zh: '系统', en: 'the system' }
