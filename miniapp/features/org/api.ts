import { org, signIn } from '#contract/modules/org'
import { connect } from '../../api.ts'

export const orgApi = connect(org)
export const signInApi = connect(signIn)
