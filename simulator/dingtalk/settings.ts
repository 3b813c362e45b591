import { z } from 'zod'

import { Unable } from '../platform.ts'
import type { Fields } from '../request-body.ts'
import type { Dingtalk, Settings } from './state.ts'
import { retireOld } from './stream.ts'

/** What can be switched; `null` takes a restriction away. */
const Changes = z.strictObject({
  scopes: z.array(z.string()).nullable().optional(),
  allowedIps: z.array(z.string()).nullable().optional(),
  available: z.array(z.string()).nullable().optional(),
  blockedBy: z.array(z.string()).optional(),
  flowControlled: z.array(z.string()).optional(),
  callsPerMonth: z.number().int().min(0).nullable().optional(),
  pushesPerMonth: z.number().int().min(0).nullable().optional(),
  redirectOrigins: z.array(z.string()).nullable().optional(),
  /** Connections that are older than this are asked to go. */
  connectionLifeMs: z.number().int().min(0).nullable().optional(),
  unpublished: z.array(z.string()).optional(),
})

export const settingsAtFirst: Settings = {
  scopes: undefined,
  allowedIps: undefined,
  available: undefined,
  blockedBy: [],
  flowControlled: [],
  callsPerMonth: undefined,
  pushesPerMonth: undefined,
  redirectOrigins: undefined,
  connectionLifeMs: undefined,
  unpublished: [],
}

/** Changes the switches of app and company. Answers all of them. */
export function configure(dingtalk: Dingtalk, changes: Fields): Promise<Fields> {
  const parsed = Changes.safeParse(changes)
  if (!parsed.success) throw new Unable(400, z.prettifyError(parsed.error))
  const cleared = Object.entries(parsed.data).map(([name, value]) => [name, value ?? undefined])
  Object.assign(dingtalk.settings, Object.fromEntries(cleared))
  retireOld(dingtalk)
  return Promise.resolve({ ...dingtalk.settings })
}
