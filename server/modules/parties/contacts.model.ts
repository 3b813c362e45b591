import { Refusal } from '#contract'

export type Contact = {
  id: string
  name: string
  role: string
  phone: string | null
  email: string | null
  isMain: boolean
  custom: Record<string, unknown>
}
export type SentContact = {
  id: string
  name?: string | null
  role?: string | null
  phone?: string | null
  email?: string | null
  isMain?: boolean | null
  custom?: Record<string, unknown>
}

/**
 * The contacts after a change: the sent ones, in their order. One that was there keeps what was not sent of it, so that
 * somebody who may not see a phone number does not wipe it out. Where nobody is marked, the first is the main contact.
 */
export function contactsAfter(before: readonly Contact[], sent: readonly SentContact[]): Contact[] {
  const known = new Map(before.map((contact) => [contact.id, contact]))
  const isMain = sent.map((contact) => contact.isMain ?? known.get(contact.id)?.isMain ?? false)
  refuseTwice(sent, isMain)
  return sent.map((contact, i) => {
    const kept = known.get(contact.id)
    return {
      id: contact.id,
      name: contact.name ?? kept?.name ?? '',
      role: contact.role ?? kept?.role ?? 'other',
      phone: contact.phone === undefined ? (kept?.phone ?? null) : contact.phone,
      email: contact.email === undefined ? (kept?.email ?? null) : contact.email,
      isMain: isMain.includes(true) ? isMain[i] === true : i === 0,
      custom: { ...kept?.custom, ...contact.custom },
    }
  })
}

function refuseTwice(sent: readonly SentContact[], isMain: readonly boolean[]): void {
  const refuse = (i: number, message: string) => new Refusal('malformed', {}, [{ field: `contacts.${i}`, message }])
  const secondMain = isMain.findIndex((main, i) => main && isMain.indexOf(true) < i)
  if (secondMain >= 0) throw refuse(secondMain, '首要联系人只能有一个 / only one main contact')
  const again = sent.findIndex(({ id }, i) => sent.findIndex((one) => one.id === id) < i)
  if (again >= 0) throw refuse(again, '联系人重复 / given twice')
}
