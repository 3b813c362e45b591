import { Refusal, type Text } from '#contract'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import {
  type Holder,
  type Importable,
  parseInput,
  registerImport,
  registerUse,
  type RowKey,
  type RowValues,
} from '#server/engines/imports'
import { activeNames } from '#server/modules/org'
import { type Caller, seesOwner } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ChangedMeanwhile } from '#kernel/perform'
import { checkSent } from './check-customer.ts'
import { contactsAfter } from './contacts.model.ts'
import { parties, type PaymentTerm } from './contract.ts'
import { customerColumns } from './customer-import-columns.ts'
import { deleteCustomers, findKeyHolders, type KnownCustomer, partiesUses } from './customer-import-store.ts'
import {
  findWholeCustomers,
  holdCustomers,
  insertCustomers,
  keysOf,
  type NewCustomer,
  prefix,
} from './customer-store.ts'
import { rowOf } from './customer-view.ts'
import { customerFields } from './new-customer.ts'
import { findPaymentTerms } from './payment-term-store.ts'

/** Customers come from sheets too: read as the registration of one reads them, written by the thousand. */
export function registerCustomerImport(): void {
  registerImport(customerImport)
  for (const use of partiesUses) registerUse(use)
}

const customerImport: Importable<NewCustomer> = {
  document: 'customer',
  right: 'customer.write',
  columns: customerColumns,
  reader: async (tx, caller) => {
    const document = await documentFor(tx, 'customer')
    const termOf = termFinder(await findPaymentTerms(tx))
    const ownerOf = ownerFinder(caller, await activeNames(tx, null))
    return {
      draft: async ({ term, owner, contactName, contactPhone, ...values }: RowValues, id) => {
        const name = String(values['name'])
        const made = {
          ...values,
          id,
          shortName: values['shortName'] ?? shortNameOf(name),
          termCode: termOf(String(term)),
          contacts: contactOf(contactName, contactPhone),
        }
        const input = parseInput(parties.endpoints.createCustomer.input, made, columnOf)
        await checkSent(tx, caller, document, input, 'create')
        const customer: NewCustomer = {
          ...customerFields(input),
          id,
          state: 'active',
          ownerId: ownerOf(owner),
          contacts: contactsAfter([], input.contacts ?? []),
          createdAt: caller.at,
          createdBy: caller.personId,
        }
        return { title: customer.shortName, keys: rowKeys(customer), input: customer }
      },
      known: async (drafts) => {
        const keys = drafts.flatMap(({ keys }) => keys.map(({ key }) => key))
        return (await findKeyHolders(tx, keys)).map((customer) => holderOf(caller, customer))
      },
    }
  },
  hold: holdCustomers,
  save: saveCustomers,
  remove: (tx, ids) => deleteCustomers(tx, ids, prefix),
}

/** The column from which a value of the input was made. */
const columnOf = ([first]: readonly PropertyKey[]): string =>
  first === 'contacts' ? 'contactPhone' : String(first ?? '')

/** 「云港宏达装饰工程有限公司」 is 云港宏达装饰工程 in short. */
const shortNameOf = (name: string): string =>
  name.replace(/(股份有限公司|有限责任公司|有限公司|公司)$/, '').slice(0, 40) || name

function contactOf(name: unknown, phone: unknown): object[] {
  if (name === undefined && phone === undefined) return []
  return [{ id: newId(), name: name ?? '联系人', role: 'buyer', isMain: true, ...(phone !== undefined && { phone }) }]
}

/** By their code, or as they are called in either language. */
function termFinder(terms: readonly PaymentTerm[]): (word: string) => string {
  const bare = (word: string): string =>
    word
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s，,]/g, '')
  const byWord = new Map(
    terms.flatMap(({ code, name }) => [code, name.zh, name.en ?? name.zh].map((word) => [bare(word), code] as const)),
  )
  const known = terms.map(({ name }) => name.zh).join('、')
  const inEnglish = terms.map(({ name }) => name.en ?? name.zh).join(', ')
  return (word) => {
    const code = byWord.get(bare(word))
    if (code !== undefined) return code
    const message = `没有「${word}」，可写：${known} / There is no "${word}"; write one of: ${inEnglish}`
    throw new Refusal('malformed', {}, [{ field: 'term', message }])
  }
}

/** Mine, or that of the one colleague of this name whose customers I see. */
function ownerFinder(caller: Caller, people: readonly { id: string; name: string }[]): (name: unknown) => string {
  const byName = new Map<string, string[]>()
  for (const { id, name } of people)
    if (seesOwner(caller, 'customer', id)) byName.set(name, [...(byName.get(name) ?? []), id])
  const refuse = (message: string) => new Refusal('malformed', {}, [{ field: 'owner', message }])
  return (name) => {
    if (typeof name !== 'string') return caller.personId
    const [id, another] = byName.get(name) ?? []
    if (another)
      throw refuse(`有两位「${name}」，请导入后再转交 / there are two of the name ${name}; reassign afterwards`)
    if (!id) throw refuse(`通讯录里没有「${name}」 / ${name} is not in the directory`)
    return id
  }
}

const fullKey = (name: string): string => `full:${name.normalize('NFKC').replace(/\s+/g, '')}`

/** The same full name is the same company; what else two share only makes one look. */
const rowKeys = (customer: NewCustomer): RowKey[] => [
  { key: fullKey(customer.name), defines: true },
  ...keysOf(customer, customer.contacts).map((key) => ({ key })),
]

/** A customer that the caller does not see is told of, but not by name. */
function holderOf(caller: Caller, { id, number, name, shortName, ownerId, keys }: KnownCustomer): Holder {
  if (seesOwner(caller, 'customer', ownerId))
    return { id, keys: [fullKey(name), ...keys], words: called(number, shortName) }
  return { id, keys, words: { zh: '其他同事负责的客户', en: 'a customer of a colleague' } }
}

const called = (number: string, shortName: string): Text => ({
  zh: `${number}「${shortName}」`,
  en: `${number} "${shortName}"`,
})

async function saveCustomers(tx: Tx, caller: Caller, customers: readonly NewCustomer[]): Promise<void> {
  if (customers.length === 0) return
  if ((await insertCustomers(tx, customers)) < customers.length) throw new ChangedMeanwhile()
  const document = await documentFor(tx, 'customer')
  for (const customer of await findWholeCustomers(
    tx,
    customers.map(({ id }) => id),
  ))
    await record(tx, caller, document, { id: customer.id, action: 'create', after: rowOf(customer) })
}
