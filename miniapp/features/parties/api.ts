import { parties } from '#contract/modules/parties'
import { connect } from '../../api.ts'

export const partiesApi = connect(parties)
