import { finance } from '#contract/modules/finance'
import { connect } from '../../api.ts'

export const financeApi = connect(finance)
