import { imports } from '#contract/engines/imports'
import { connect } from '../../api.ts'

export const importsApi = connect(imports)
