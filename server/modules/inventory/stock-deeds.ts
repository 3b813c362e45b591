import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { record, type Stored } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { assertVersion } from './document-page.ts'
import { allowMove } from './policy.ts'

/** How one kind of stock document is seen, kept and shown. `Besides`: what its page and its trail need to know besides itself. */
type Kind<D, Besides, Page> = {
  name: string
  see: (tx: Tx, caller: Caller, id: string) => Promise<D>
  insert: (tx: Tx, document: D) => Promise<void>
  save: (tx: Tx, before: D, after: D) => Promise<void>
  besides: (tx: Tx, documents: readonly D[]) => Promise<Besides>
  row: (tx: Tx, document: D, besides: Besides) => Stored | Promise<Stored>
  page: (tx: Tx, caller: Caller, document: D, besides: Besides) => Promise<Page>
}
type Looked = { id: string; version: number }

/** What is done alike with every kind of stock document. */
export function stockDeeds<D extends Looked & { state: string }, Besides, Page>(kind: Kind<D, Besides, Page>) {
  const { name, see, insert, save, besides, row, page } = kind

  /** The page of a document that is there. */
  async function shown(tx: Tx, caller: Caller, id: string): Promise<Page> {
    const document = await see(tx, caller, id)
    return page(tx, caller, document, await besides(tx, [document]))
  }

  /** Keeps a new document, writes that down, and answers its page. */
  async function created(tx: Tx, caller: Caller, document: D): Promise<Page> {
    await insert(tx, document)
    const known = await besides(tx, [document])
    const deed = { id: document.id, action: 'create', after: await row(tx, document, known) }
    await record(tx, caller, await documentFor(tx, name), deed)
    return page(tx, caller, document, known)
  }

  /** A document with which the caller may do this, as he looked at it. */
  async function held(tx: Tx, caller: Caller, { id, version }: Looked, move: string): Promise<D> {
    const document = await see(tx, caller, id)
    allowMove(caller, await documentFor(tx, name), move, document.state)
    assertVersion(version, document.version)
    return document
  }

  /** Saves a document as a deed has left it, writes the deed down, and answers its page. */
  async function changed(tx: Tx, caller: Caller, action: string, before: D, after: D): Promise<Page> {
    await save(tx, before, after)
    const known = await besides(tx, [before, after])
    const deed = {
      id: after.id,
      action,
      before: await row(tx, before, known),
      after: await row(tx, after, known),
    }
    await record(tx, caller, await documentFor(tx, name), deed)
    return page(tx, caller, { ...after, version: after.version + 1 }, known)
  }

  return { shown, created, held, changed }
}
