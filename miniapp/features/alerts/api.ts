import { alerts } from '#contract/engines/alerts'
import { connect } from '../../api.ts'

export const alertsApi = connect(alerts)
