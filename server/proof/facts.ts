import type { Fact } from '#kernel/events'
import type { ProofResult } from './contract.ts'

/** The nightly proof is done. */
export type ProofFinished = Fact<'proof.finished', ProofResult>
