import { z } from 'zod'
import { defineRefusals, Id, Instant, Text } from '#contract'

export const definitionRefusals = defineRefusals({
  definition_unfit: {
    status: 422,
    zh: '这份定义还不能用，请修改标出的内容',
    en: 'This definition cannot work yet; mend what is marked',
  },
})

/** Draft: being written. Published: in force, and never changed again. Retired: replaced, or taken out of force. */
const definitionStates = ['draft', 'published', 'retired'] as const
export type DefinitionState = (typeof definitionStates)[number]

/** What stands for a definition through all its versions: 'credit_over_90'. */
export const DefinitionKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,59}$/, { error: '标识只用小写字母、数字和下划线 / small letters, digits and _ only' })
export const DefinedDocument = z.string().regex(/^[a-z][a-z_]{0,59}$/)
/** A move of the document. */
export const DefinedMove = z.string().regex(/^[A-Za-z][\w-]{0,39}$/)

/** What a version tells about itself, whatever it defines. */
export const versionShape = {
  key: DefinitionKey,
  version: z.number().int(),
  state: z.enum(definitionStates),
  revision: z.number().int(),
  name: Text,
  document: DefinedDocument,
  publishedAt: Instant.nullable(),
  publishedBy: Id.nullable(),
}

export const ByKey = z.object({ key: DefinitionKey })
/** One version; without a number the newest. */
export const ByVersion = ByKey.extend({ version: z.coerce.number().int().min(1).optional() })
/** `revision` is that of the draft one has read: nobody publishes or overwrites what he has not seen. */
export const ByRevision = ByKey.extend({ revision: z.number().int().min(1) })
export const WhichDefinitions = z.object({
  document: DefinedDocument.optional(),
  state: z.enum(definitionStates).optional(),
})

/** A draft as it is saved; `revision` 0 begins a new one. */
export const draftShape = {
  key: DefinitionKey,
  revision: z.number().int().min(0),
  name: Text,
  document: DefinedDocument,
}

/** Guards a recursive schema: whoever nests without end is told so before the schema follows him down. */
export const notDeeperThan = <T extends z.ZodType>(levels: number, schema: T) =>
  z
    .unknown()
    .refine((value) => depthIsAtMost(value, levels), {
      error: `嵌套太深，最多 ${levels} 层 / nested too deeply, ${levels} levels at most`,
    })
    .pipe(schema)

function depthIsAtMost(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return (
    levels > 0 && Object.values(value).every((part) => depthIsAtMost(part, levels - (Array.isArray(value) ? 0 : 1)))
  )
}
