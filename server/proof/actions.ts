import type { Actions } from '#kernel/perform'
import type { proof } from './contract.ts'
import { prove } from './prove.ts'

export const proofActions: Actions<typeof proof> = { prove }
