import { Decimal, type Document, Refusal } from '#contract'
import { checkWritten } from '#server/engines/forms'
import { type Caller, seesOwner } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { sayAlike } from './alike.model.ts'
import { findAlike } from './customer-store.ts'

type Sent = { contacts?: readonly object[]; creditLimit?: string | null }

/** The rights and the kinds of what was sent. To the descriptor contacts are lines; to the caller they are contacts. */
export async function checkSent(
  tx: Tx,
  caller: Caller,
  document: Document,
  sent: Sent,
  mode: 'create' | 'patch',
): Promise<void> {
  try {
    await checkWritten(tx, caller, document, { ...sent, lines: sent.contacts }, mode)
  } catch (error) {
    throw error instanceof Refusal ? inContacts(error) : error
  }
  if (new Decimal(sent.creditLimit ?? 0).isNegative())
    throw new Refusal('malformed', {}, [{ field: 'creditLimit', message: '不能为负 / cannot be negative' }])
}

const inContacts = ({ code, facts, issues }: Refusal): Refusal =>
  new Refusal(
    code,
    facts,
    issues.map((issue) => ({ ...issue, field: issue.field.replace(/^lines\./, 'contacts.') })),
  )

/** Refuses when a customer with one of these keys is there: by name those that the caller sees, the others by their number only. */
export async function refuseAlike(tx: Tx, caller: Caller, id: string, keys: readonly string[]): Promise<void> {
  const alike = await findAlike(tx, id, keys)
  if (alike.length === 0) return
  const seen = alike.filter(({ ownerId }) => seesOwner(caller, 'customer', ownerId))
  throw new Refusal('duplicate_customer', {
    names: sayAlike(
      seen.map(({ shortName }) => shortName),
      alike.length - seen.length,
    ),
    customers: seen.map(({ id, shortName }) => ({ id, name: shortName })),
  })
}
