import { sales } from '#contract/modules/sales'
import { connect } from '../../api.ts'

export const salesApi = connect(sales)
