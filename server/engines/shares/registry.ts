import { Refusal, type Text } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Sheet, SheetArguments } from './contract.ts'

/** A kind of document that can be given to customers. Its module says who may give it, and what a customer sees of it. */
export type Shareable = {
  label: Text
  /** The document whose timeline tells that it was shared and opened, if that is another one. */
  toldBy?: string
  /** Refuses a caller who may not read everything that the sheet says; a foreign document answers as a missing one. */
  mayRead: (tx: Tx, caller: Caller, id: string) => Promise<void>
  /** What a customer may see of it at this moment; nothing while it is not meant for him. */
  sheet: (tx: Tx, asked: { id: string; at: Date } & SheetArguments) => Promise<Sheet | undefined>
}

const shareables = new Map<string, Shareable>()

/** Makes a kind of document one that can be shared; each module does so for its own when it is loaded. */
export const registerShareable = (document: string, shareable: Shareable): void =>
  void shareables.set(document, shareable)

export function shareableOf(document: string): Shareable {
  const found = shareables.get(document)
  if (!found) throw new Refusal('not_found', { what: { zh: '可分享的单据', en: 'document to share' } })
  return found
}
