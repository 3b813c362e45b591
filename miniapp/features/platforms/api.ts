import { outbox } from '#contract/outbox'
import { connect } from '../../api.ts'

export const outboxApi = connect(outbox)
