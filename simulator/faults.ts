import { z } from 'zod'

/**
 * How the next calls or callbacks misbehave. Without `on`, a fault that only a callback can have (duplicate, reorder,
 * tamper) is one of callbacks, a status or code is one of API calls, and a delay alone takes whichever comes first.
 */
export const Fault = z.strictObject({
  on: z
    .enum(['api', 'callback', 'client'])
    .optional()
    .describe('where: calls of the product, callbacks to it, or the client'),
  path: z.string().optional().describe('only calls whose path, or events whose type, contains this'),
  latencyMs: z.number().int().min(0).max(86_400_000).optional(),
  status: z.number().int().min(100).max(599).optional(),
  code: z.number().int().optional(),
  rate: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('share of the calls it hits; without `for` it lasts until cleared'),
  duplicate: z.boolean().optional().describe('deliver the same bytes a second time while the first delivery runs'),
  reorder: z.boolean().optional().describe('hold the delivery back until the next one has gone out'),
  tamper: z
    .union([z.boolean(), z.enum(['signature', 'body', 'unsigned', 'plaintext', 'token', 'tenant', 'app', 'old'])])
    .optional()
    .describe('true forges the signature'),
  for: z.number().int().min(1).optional().describe('how many calls it hits; 1 unless told'),
})
export type Fault = z.infer<typeof Fault>

type Place = 'api' | 'callback' | 'client'
type Active = Fault & { left: number }

/** The faults of one platform, in the order in which they were asked for. */
export class Faults {
  #active: Active[] = []
  #random: () => number

  constructor(random: () => number = Math.random) {
    this.#random = random
  }

  add(fault: Fault): void {
    const forever = fault.rate !== undefined && fault.for === undefined
    this.#active.push({ ...fault, left: forever ? Infinity : (fault.for ?? 1) })
  }

  clear(): void {
    this.#active = []
  }

  list(): Fault[] {
    return this.#active.map(({ left, ...fault }) => (Number.isFinite(left) ? { ...fault, for: left } : fault))
  }

  /** The fault that hits this call, if any; it is used up by one. */
  take(place: Place, path: string): Fault | undefined {
    const hit = this.#active.find((fault) => concerns(fault, place) && path.includes(fault.path ?? ''))
    if (!hit || this.#random() >= (hit.rate ?? 1)) return undefined
    hit.left -= 1
    if (hit.left <= 0) this.#active = this.#active.filter((fault) => fault !== hit)
    return hit
  }
}

function concerns(fault: Fault, place: Place): boolean {
  if (fault.on) return fault.on === place
  if (fault.duplicate || fault.reorder || fault.tamper) return place === 'callback'
  if (fault.status !== undefined || fault.code !== undefined) return place === 'api'
  return place !== 'client'
}
