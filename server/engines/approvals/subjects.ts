import type { Facts } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Fired } from '#server/engines/rules'
import type { Background } from './contract.ts'

/** What approvals ask about the documents of a type; its module answers. */
export type Subject = {
  /** Whether the rules still ask for an approval by the facts of this moment, and which of them fire. */
  reassess: (tx: Tx, caller: Caller, documentId: string) => Promise<{ needed: boolean; facts: Fired[] }>
  /** The facts of this moment that conditions look at: those registered by `registerFactFields`. */
  conditionFacts: (tx: Tx, documentId: string) => Promise<Facts>
  /** Whether the caller may read the document itself. */
  mayRead: (tx: Tx, caller: Caller, documentId: string) => Promise<boolean>
  /** What else somebody who decides wants to see; asked only for those who may read the document. */
  background?: (tx: Tx, caller: Caller, documentId: string) => Promise<Background[]>
}

const subjects = new Map<string, Subject>()

/** Makes the documents of a type ones that can be approved; each module does so for its own when it is loaded. */
export function registerSubject(document: string, subject: Subject): void {
  subjects.set(document, subject)
}

export const canBeApproved = (document: string): boolean => subjects.has(document)

export function subjectOf(document: string): Subject {
  const subject = subjects.get(document)
  if (!subject) throw new Error(`No module answers for ${document}: registerSubject was not called.`)
  return subject
}
