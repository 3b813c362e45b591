import { z } from 'zod'
import { aboutVersion, type Definition } from '#server/engines/definitions'
import { FlowNodes, type FlowVersion } from './contract.ts'

const Body = z.object({ always: z.boolean(), nodes: FlowNodes })
export type FlowBody = z.output<typeof Body>

/** What a stored version says; it was checked when it was saved. */
export const flowBodyOf = (definition: Definition): FlowBody => Body.parse(definition.body)

export const flowVersion = (definition: Definition): FlowVersion => ({
  ...aboutVersion(definition),
  move: definition.event,
  ...flowBodyOf(definition),
})
