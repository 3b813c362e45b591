import { randomBytes } from 'node:crypto'
import type { Tx } from '#kernel/db'
import type { Card, TokenCard } from './card.ts'
import { asMessage, messageColumns, type MessageRow, type OutboxMessage } from './outbox-store.ts'

/**
 * Gives each button its token. A button that still stands for the same act keeps the token it was sent with. One that now stands for another
 * gets a new one; the old token goes on standing for what it stood for, since somebody may still have the old card before him.
 */
export async function withTokens(tx: Tx, messageId: string, card: Card): Promise<TokenCard> {
  if (card.buttons.length === 0) return { ...card, buttons: [] }
  // Two presses on one card draw it one after the other.
  await tx.$executeRaw`select 1 from outbox_message where id = ${messageId}::uuid for update`
  const known = await tx.cardButton.findMany({ where: { messageId } })
  const buttons: TokenCard['buttons'] = []
  for (const { act, args, ...button } of card.buttons) {
    const before = known.find((one) => one.name === button.name)
    const same = before && before.act === act && JSON.stringify(before.args) === JSON.stringify(sorted(args))
    const token = same ? before.token : newToken()
    if (!same) {
      if (before) await tx.cardButton.update({ where: { token: before.token }, data: { name: before.token } })
      await tx.cardButton.create({ data: { token, messageId, name: button.name, act, args: sorted(args) } })
    }
    buttons.push({ ...button, token })
  }
  return { ...card, buttons }
}

/** The same card for another message: its buttons stand for the same acts, under tokens of their own. */
export async function withOwnTokens(tx: Tx, messageId: string, card: TokenCard): Promise<TokenCard> {
  const known = await tx.cardButton.findMany({ where: { token: { in: card.buttons.map(({ token }) => token) } } })
  const buttons: TokenCard['buttons'] = []
  for (const button of card.buttons) {
    const before = known.find((one) => one.token === button.token)
    if (!before) continue
    const token = newToken()
    const args = before.args as Record<string, never> // a JSON object, stored above
    await tx.cardButton.create({ data: { token, messageId, name: button.name, act: before.act, args } })
    buttons.push({ ...button, token })
  }
  return { ...card, buttons }
}

const newToken = (): string => randomBytes(18).toString('base64url')

// jsonb keeps keys by length and then by letter; arguments are stored in that order so that they compare.
const sorted = (args: Record<string, unknown>): Record<string, never> =>
  Object.fromEntries(Object.entries(args).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))) as Record<
    string,
    never
  > // jsonb input

export type PressedButton = { act: string; args: Record<string, unknown>; name: string; copy: OutboxMessage }

export async function findButton(tx: Tx, token: string): Promise<PressedButton | undefined> {
  const [row] = await tx.$queryRaw<(Omit<PressedButton, 'copy'> & MessageRow)[]>`
    select act, args, name, ${messageColumns} from card_button join outbox_message on id = message_id where token = ${token}`
  if (!row) return undefined
  const { act, args, name, ...message } = row
  return { act, args, name, copy: asMessage(message) }
}
