import { z } from 'zod'
import { contract, endpoint, Instant, Text } from '#contract'

const Finding = z.object({
  id: z.string(),
  name: Text,
  document: z.string(),
  documentId: z.string(),
  number: z.string(),
  detail: z.string(),
})
/** What the proof found: every invariant that was asked, and the first document where one fails. */
export const ProofResult = z.object({
  at: Instant,
  ms: z.number().int(),
  checked: z.array(z.object({ id: z.string(), name: Text })),
  findings: z.array(Finding),
})
export type ProofResult = z.output<typeof ProofResult>

export const proof = contract('proof', {
  prove: endpoint(
    'POST /proof',
    { zh: '对账：检查全部账目不变量', en: 'Prove the books: check every invariant' },
    z.object({}),
    ProofResult,
    { changes: false },
  ),
})
