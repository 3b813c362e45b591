import { catalog } from '#contract/modules/catalog'
import { connect } from '../../api.ts'

export const catalogApi = connect(catalog)
