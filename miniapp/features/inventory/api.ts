import { inventory } from '#contract/modules/inventory'
import { connect } from '../../api.ts'

export const inventoryApi = connect(inventory)
