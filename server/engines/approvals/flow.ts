import { z } from 'zod'
import { aboutVersion, type Definition } from '#server/engines/definitions'
import { FlowNodes, type FlowVersion } from './contract.ts'

const Body = z.object({ always: z.boolean(), nodes: FlowNodes })
export type FlowBody = z.output<typeof Body>

/** What versions say that were read before: as long as nothing that is set up changes, they are the same ones. */
const bodies = new WeakMap<Definition, FlowBody>()

/** What a stored version says; it was checked when it was saved. */
export function flowBodyOf(definition: Definition): FlowBody {
  const body = bodies.get(definition) ?? Body.parse(definition.body)
  bodies.set(definition, body)
  return body
}

export const flowVersion = (definition: Definition): FlowVersion => ({
  ...aboutVersion(definition),
  move: definition.event,
  ...flowBodyOf(definition),
})
