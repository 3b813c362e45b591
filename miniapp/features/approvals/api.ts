import { approvals } from '#contract/engines/approvals'
import { connect } from '../../api.ts'

export const approvalsApi = connect(approvals)
