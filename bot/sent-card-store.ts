import { createHash, randomBytes } from 'node:crypto'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Card, TokenCard } from './card.ts'
import type { Handle } from './platforms/platform.ts'

export type Copy = {
  id: string
  platform: string
  appId: string
  personId: string
  handle: Handle | null
  shown: string
  sendKey: string
  state: string
}
type NewCopy = {
  platform: string
  appId: string
  personId: string
  subject: string
  subjectId: string
  sendKey: string
  at: Date
}

/** Writes down a copy before it is sent, so that a send that was cut off is known of. The same key again finds the same copy. */
export async function planCopy(tx: Tx, copy: NewCopy): Promise<Copy> {
  const { at, ...columns } = copy
  const row = await tx.sentCard.upsert({
    where: { sendKey: copy.sendKey },
    create: { ...columns, id: newId(), state: 'pending', updatedAt: at },
    update: {},
  })
  return asCopy(row)
}

export async function markSent(tx: Tx, id: string, handle: Handle, shown: string, at: Date): Promise<void> {
  await tx.sentCard.update({
    where: { id },
    data: { state: 'sent', handle, shown, sentAt: at, updatedAt: at, tries: 0, error: null },
  })
}

export async function markShown(tx: Tx, id: string, shown: string, state: 'sent' | 'final', at: Date): Promise<void> {
  await tx.sentCard.update({ where: { id }, data: { shown, state, updatedAt: at, tries: 0, error: null } })
}

/** The copy stays as it is for good: it can no longer be changed, or it was tried often enough. */
export async function markFailed(tx: Tx, id: string, error: string, at: Date): Promise<void> {
  await tx.sentCard.update({ where: { id }, data: { state: 'failed', error, updatedAt: at } })
}

/** Writes down that sending or changing a copy did not work this time; answers how often that was so. */
export async function countFailure(tx: Tx, id: string, error: string, at: Date): Promise<number> {
  const { tries } = await tx.sentCard.update({
    where: { id },
    data: { tries: { increment: 1 }, error, updatedAt: at },
  })
  return tries
}

/** The copies of a subject that may still change. */
export async function liveCopies(tx: Tx, subject: string, subjectId: string): Promise<Copy[]> {
  const rows = await tx.sentCard.findMany({ where: { subject, subjectId, state: 'sent' }, orderBy: { id: 'asc' } })
  return rows.map(asCopy)
}

/**
 * Gives each button its token. A button that still stands for the same act keeps the token it was sent with. One that now stands for another
 * gets a new one; the old token goes on standing for what it stood for, since somebody may still have the old card before him.
 */
export async function withTokens(tx: Tx, copyId: string, card: Card): Promise<TokenCard> {
  const known = await tx.cardButton.findMany({ where: { sentCardId: copyId } })
  const buttons: TokenCard['buttons'] = []
  for (const { act, args, ...button } of card.buttons) {
    const before = known.find((one) => one.name === button.name)
    const same = before && before.act === act && JSON.stringify(before.args) === JSON.stringify(sorted(args))
    const token = same ? before.token : randomBytes(18).toString('base64url')
    if (!same) {
      if (before) await tx.cardButton.update({ where: { token: before.token }, data: { name: before.token } })
      await tx.cardButton.create({ data: { token, sentCardId: copyId, name: button.name, act, args: sorted(args) } })
    }
    buttons.push({ ...button, token })
  }
  return { ...card, buttons }
}

// jsonb keeps keys by length and then by letter; arguments are stored in that order so that they compare.
const sorted = (args: Record<string, unknown>): Record<string, never> =>
  Object.fromEntries(Object.entries(args).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))) as Record<
    string,
    never
  > // jsonb input

export type PressedButton = { act: string; args: Record<string, unknown>; name: string; copy: Copy }

export async function findButton(tx: Tx, token: string): Promise<PressedButton | undefined> {
  const row = await tx.cardButton.findUnique({ where: { token }, include: { sentCard: true } })
  return row
    ? { act: row.act, args: row.args as Record<string, unknown>, name: row.name, copy: asCopy(row.sentCard) }
    : undefined // a JSON object, stored above
}

/** What a card shows, in short: an unchanged card is not sent again. */
export const shownHash = (card: Card): string =>
  createHash('sha256').update(JSON.stringify(card)).digest('hex').slice(0, 32)

const asCopy = (row: Omit<Copy, 'handle'> & { handle: unknown }): Copy => ({
  ...row,
  handle: row.handle as Handle | null,
}) // written by markSent
