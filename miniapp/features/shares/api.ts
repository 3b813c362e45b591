import { shares, sharing } from '#contract/engines/shares'
import { connect } from '../../api.ts'

export const sharesApi = connect(shares)
/** What needs no signing in. */
export const sharingApi = connect(sharing)
