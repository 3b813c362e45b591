import { exports } from '#contract/engines/exports'
import { addressOf, connect } from '../api.ts'

export const exportsApi = connect(exports)
export const fileAddress = (id: string): string => addressOf(exports.endpoints.exportFile, { id })
