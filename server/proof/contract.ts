import { z } from 'zod'
import { contract, endpoint, Id, Instant, ListInput, pageOf, Text } from '#contract'

/** An invariant that was asked, and how long its answer took. */
const Check = z.object({ id: z.string(), name: Text, ms: z.number().int() })
/** The first document where an invariant does not hold, and what is wrong with it. */
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
  checked: z.array(Check),
  findings: z.array(Finding),
})
export type ProofResult = z.output<typeof ProofResult>

/** A proof as it is kept. */
export const ProofRun = ProofResult.extend({ id: Id, isNightly: z.boolean(), by: z.string() })
export type ProofRun = z.output<typeof ProofRun>

/** One line of the history. */
export const ProofRunRow = ProofRun.omit({ checked: true, findings: true }).extend({
  checked: z.number().int(),
  broken: z.number().int(),
})
export type ProofRunRow = z.output<typeof ProofRunRow>

export const proof = contract('proof', {
  prove: endpoint(
    'POST /proof',
    { zh: '对账：检查全部账目不变量', en: 'Prove the books: check every invariant' },
    z.object({}),
    ProofRun,
  ),
  proofRuns: endpoint(
    'GET /proof/runs',
    { zh: '对账记录', en: 'What each proof of the books found' },
    ListInput.omit({ q: true }),
    pageOf(ProofRunRow),
  ),
  proofRun: endpoint(
    'GET /proof/runs/:id',
    { zh: '一次对账的结果', en: 'What one proof of the books found' },
    z.object({ id: Id }),
    ProofRun,
  ),
})
