import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { record } from '#server/engines/audit'
import { documentFor, namesFor } from '#server/engines/forms'
import type { shares, ShareLinkView } from './contract.ts'
import { shareableOf } from './registry.ts'
import { findLink, insertLink, linksOf, revokeLink, type ShareLink } from './share-link-store.ts'
import { sheet } from './sheet.ts'

type Endpoints = (typeof shares)['endpoints']
type Subject = { document: string; documentId: string }
const dayMs = 86_400_000
const noLink = () => new Refusal('not_found', { what: { zh: '分享链接', en: 'link' } })

/** The links of a document that the caller may share, newest first. Their addresses are nowhere: only hashes of them are kept. */
export async function shareLinks(
  tx: Tx,
  caller: Caller,
  { document, documentId }: Input<Endpoints['shareLinks']>,
): Promise<Output<Endpoints['shareLinks']>> {
  await mayShare(tx, caller, { document, documentId })
  return { rows: await views(tx, caller, await linksOf(tx, document, documentId)) }
}

/** Makes a document readable for whoever has the address, as far as a customer may see it. */
export async function createShareLink(
  tx: Tx,
  caller: Caller,
  { id, token, document, documentId, from, to, days }: Input<Endpoints['createShareLink']>,
): Promise<ShareLinkView> {
  allowSharing(caller)
  // Whoever may not read its sheet gives none away, and what has none now is not to be given.
  await sheet(tx, caller, { document, documentId, from, to })
  const link = {
    id,
    document,
    documentId,
    arguments: { from, to },
    createdBy: caller.personId,
    createdAt: caller.at,
    expiresAt: new Date(caller.at.getTime() + days * dayMs),
  }
  if (!(await insertLink(tx, token, link))) throw new Refusal('stale')
  await tell(tx, caller, link, 'share')
  return view(tx, caller, { ...link, revokedAt: null, opens: 0, lastOpenedAt: null })
}

/** From now on nobody reads the document by this link. */
export async function revokeShareLink(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['revokeShareLink']>,
): Promise<ShareLinkView> {
  const link = await findLink(tx, id)
  if (!link) throw noLink()
  await mayShare(tx, caller, link)
  if (await revokeLink(tx, id, caller.personId, caller.at)) await tell(tx, caller, link, 'revoke_link')
  return view(tx, caller, { ...link, revokedAt: link.revokedAt ?? caller.at })
}

const allowSharing = (caller: Caller): void =>
  allow(caller, 'shares.create', { zh: '分享给客户', en: 'share with customers' })

async function mayShare(tx: Tx, caller: Caller, { document, documentId }: Subject): Promise<void> {
  allowSharing(caller)
  await shareableOf(document).mayRead(tx, caller, documentId)
}

/** Writes on the document's timeline what became of its link. */
export async function tell(tx: Tx, caller: Caller, { document, documentId }: Subject, action: string): Promise<void> {
  const teller = shareableOf(document).toldBy ?? document
  await record(tx, caller, await documentFor(tx, teller), { id: documentId, action })
}

const view = async (tx: Tx, caller: Caller, link: ShareLink): Promise<ShareLinkView> =>
  (await views(tx, caller, [link]))[0]!

async function views(tx: Tx, caller: Caller, links: readonly ShareLink[]): Promise<ShareLinkView[]> {
  const people = links.map(({ createdBy }) => ({ kind: 'person', id: createdBy }))
  const nameOf = await namesFor(tx, caller, people)
  return links.map((link) => ({
    id: link.id,
    createdBy: nameOf('person', link.createdBy) ?? '—',
    createdAt: link.createdAt.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
    isOpen: link.revokedAt === null && link.expiresAt > caller.at,
    isRevoked: link.revokedAt !== null,
    opens: link.opens,
    lastOpenedAt: link.lastOpenedAt?.toISOString() ?? null,
    arguments: link.arguments,
  }))
}
