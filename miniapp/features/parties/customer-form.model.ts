import { v7 as newId } from 'uuid'
import type { Input } from '#contract'
import type { CustomerView, parties } from '#contract/modules/parties'

/** A customer while it is being written. Fields stand under the names of the descriptor, as a document's form wants them. */
export type CustomerForm = {
  name: string
  shortName: string
  level: string
  termCode: string
  aliases: string
  contacts: ContactForm[]
  custom: Record<string, unknown>
  /** Said after the warning that such a customer is there. */
  evenIfAlike: boolean
} & Partial<Record<OptionalField, string | null>>
type SentContacts = NonNullable<Input<(typeof parties)['endpoints']['createCustomer']>['contacts']>
export type ContactForm = SentContacts[number] & Record<string, unknown>

const optional = ['region', 'industry', 'address', 'phone', 'taxNumber', 'creditLimit', 'note'] as const
type OptionalField = (typeof optional)[number]

export const newContact = (isMain: boolean): ContactForm => ({
  id: newId(),
  name: '',
  role: 'buyer',
  phone: null,
  email: null,
  isMain,
})

export const newCustomer = (name = ''): CustomerForm => ({
  name,
  shortName: '',
  level: 'C',
  termCode: '',
  aliases: '',
  contacts: [],
  custom: {},
  evenIfAlike: false,
})

/** What is there, to be changed. Fields that this person may not read are not in it, and so are not sent back. */
export function formOf(customer: CustomerView, aliases: readonly string[]): CustomerForm {
  const known = Object.fromEntries(optional.filter((key) => key in customer).map((key) => [key, customer[key] ?? null]))
  return {
    ...newCustomer(customer.name ?? ''),
    shortName: customer.shortName ?? '',
    level: customer.level ?? 'C',
    termCode: customer.termCode ?? '',
    aliases: aliases.join('、'),
    contacts: customer.lines.map(contactOf),
    custom: customer.custom,
    ...known,
  }
}

/** A form as it is sent: other names as a list. */
export function sentCustomer({ aliases, contacts, custom, evenIfAlike, ...fields }: CustomerForm) {
  return {
    ...fields,
    aliases: aliases
      .split(/[、,，;；]/)
      .map((alias) => alias.trim())
      .filter(Boolean),
    contacts,
    custom,
    evenIfAlike,
  }
}

/** Only what differs from what was there: whoever may write one field need not have the right to all of them. */
export function changedFields(form: CustomerForm, before: CustomerForm): Partial<ReturnType<typeof sentCustomer>> {
  const now = sentCustomer(form)
  const then = sentCustomer(before)
  const changed = Object.entries(now).filter(
    ([key, value]) => key !== 'evenIfAlike' && JSON.stringify(value) !== JSON.stringify(then[key as keyof typeof then]), // the same function made both
  )
  return { ...Object.fromEntries(changed), evenIfAlike: form.evenIfAlike }
}

function contactOf(line: CustomerView['lines'][number]): ContactForm {
  const { names: _, ...contact } = line
  return contact as ContactForm // a contact that was saved has its required fields
}
