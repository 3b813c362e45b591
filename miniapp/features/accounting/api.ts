import { accounting } from '#contract/modules/accounting'
import { connect } from '../../api.ts'

export const accountingApi = connect(accounting)
