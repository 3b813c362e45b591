import { connections } from '#contract/modules/connections'
import { connect } from '../../api.ts'

export const connectionsApi = connect(connections)
