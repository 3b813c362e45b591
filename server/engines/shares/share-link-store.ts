import { createHash } from 'node:crypto'
import type { Tx } from '#kernel/db'
import { SheetArguments } from './contract.ts'

export type ShareLink = {
  id: string
  document: string
  documentId: string
  arguments: SheetArguments
  createdBy: string
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
  opens: number
  lastOpenedAt: Date | null
}

const linksMax = 50
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

const columns = {
  id: true,
  document: true,
  documentId: true,
  arguments: true,
  createdBy: true,
  createdAt: true,
  expiresAt: true,
  revokedAt: true,
  opens: true,
  lastOpenedAt: true,
} as const
type Stored = Omit<ShareLink, 'arguments'> & { arguments: unknown }
const parsed = (row: Stored): ShareLink => ({ ...row, arguments: SheetArguments.parse(row.arguments) })

/** False when there is a link of that id or token already. */
export async function insertLink(
  tx: Tx,
  token: string,
  link: Omit<ShareLink, 'revokedAt' | 'opens' | 'lastOpenedAt'>,
): Promise<boolean> {
  const { count } = await tx.shareLink.createMany({
    data: [{ ...link, tokenHash: hashOf(token) }],
    skipDuplicates: true,
  })
  return count === 1
}

export async function findLink(tx: Tx, id: string): Promise<ShareLink | undefined> {
  const row = await tx.shareLink.findUnique({ where: { id }, select: columns })
  return row ? parsed(row) : undefined
}

/** The links of a document, newest first. */
export async function linksOf(tx: Tx, document: string, documentId: string): Promise<ShareLink[]> {
  const rows = await tx.shareLink.findMany({
    where: { document, documentId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: linksMax,
    select: columns,
  })
  return rows.map(parsed)
}

/** Counts an opening of the link with this token; undefined when there is none, or it has ended, or was withdrawn. */
export async function countOpening(tx: Tx, token: string, at: Date): Promise<ShareLink | undefined> {
  const [row] = await tx.$queryRaw<Stored[]>`
    update share_link set opens = opens + 1, last_opened_at = ${at}
    where token_hash = ${hashOf(token)} and revoked_at is null and expires_at > ${at}
    returning id, document, document_id as "documentId", arguments, created_by as "createdBy", created_at as "createdAt",
      expires_at as "expiresAt", revoked_at as "revokedAt", opens, last_opened_at as "lastOpenedAt"`
  return row && parsed(row)
}

/** Withdraws a link; one that is withdrawn stays as it is. */
export async function revokeLink(tx: Tx, id: string, by: string, at: Date): Promise<boolean> {
  const { count } = await tx.shareLink.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: at, revokedBy: by },
  })
  return count === 1
}
