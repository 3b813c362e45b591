import { accounts, handovers, org, signIn } from '#contract/modules/org'
import { connect } from '../../api.ts'

export const orgApi = connect(org)
export const accountsApi = connect(accounts)
export const handoversApi = connect(handovers)
export const signInApi = connect(signIn)
