import { expect, test } from 'vitest'
import type { CustomerView } from '#contract/modules/parties'
import { changedFields, formOf, newContact, newCustomer, sentCustomer } from './customer-form.model.ts'

const contact = {
  id: '01900000-0000-7000-8000-0000000000e1',
  name: '宏经理',
  role: 'buyer',
  isMain: true,
  names: {},
  custom: {},
}
const customer: CustomerView = {
  id: '01900000-0000-7000-8000-0000000000c1',
  version: 3,
  can: ['edit'],
  names: {},
  custom: { since: '2019-01-01' },
  lines: [contact],
  name: '宏达装饰工程有限公司',
  shortName: '宏达装饰',
  level: 'B',
  termCode: 'month_end_30',
  region: '城东',
}

test('what was not touched is not sent, so that nobody needs a right to it', () => {
  const before = formOf(customer, ['宏达'])
  expect(changedFields({ ...before, region: '城南' }, before)).toEqual({ region: '城南', evenIfAlike: false })
})

test('what this person may not read is neither in the form nor sent back', () => {
  const form = formOf(customer, [])
  expect('phone' in form).toBe(false)
  expect('phone' in sentCustomer(form)).toBe(false)
  expect('phone' in (sentCustomer(form).contacts[0] ?? {})).toBe(false)
})

test('a contact is sent with its own id and without the names beside it', () => {
  const before = formOf(customer, [])
  const { contacts } = changedFields({ ...before, contacts: [...before.contacts, newContact(false)] }, before)
  expect(contacts).toHaveLength(2)
  expect(contacts?.[0]).toEqual({ id: contact.id, name: '宏经理', role: 'buyer', isMain: true, custom: {} })
})

test('other names are read however people divide them', () => {
  expect(sentCustomer({ ...newCustomer('佳筑'), aliases: '佳筑、JZ， 佳筑工地;' }).aliases).toEqual([
    '佳筑',
    'JZ',
    '佳筑工地',
  ])
})
