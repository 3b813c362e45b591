import { beforeAll, describe, expect, test } from 'vitest'
import { addDays, dayAt } from '#kernel/days'
import { newId } from '#kernel/ids'
import { ask, perform } from '#kernel/perform'
import { aCustomer, as, type Name, openCompany, order, anItem, stock } from './fixtures/company.ts'
import { partiesActions } from '../parties/index.ts'

const now = new Date('2026-11-20T10:00:00+08:00')
const today = dayAt(now)
let swan: string
let finch: string
beforeAll(async () => {
  await openCompany()
  swan = await aCustomer({ shortName: '白鹭货栈', owner: 'li' })
  finch = await aCustomer({ shortName: '金雀货栈', owner: 'he' })
}, 60_000)

type Kind = Parameters<typeof partiesActions.logFollowUp>[2]['kind']
const log = async (name: Name, id: string, text: string, more: { kind?: Kind; nextOn?: string; at?: Date } = {}) => {
  const { kind = 'call', nextOn, at = now } = more
  const input = { id, followUpId: newId(), kind, text, nextOn }
  return (await perform(await as(name, at), partiesActions.logFollowUp, input)).followUp
}
const due = async (name: Name, asked: Partial<Parameters<typeof partiesActions.dueCustomers>[2]> = {}) => {
  const { rows } = await ask(await as(name), partiesActions.dueCustomers, {
    isMine: false,
    since: 'any',
    limit: 50,
    ...asked,
  })
  return rows.map(({ shortName }) => shortName)
}
const textsOf = async (name: Name, id: string) =>
  (await ask(await as(name), partiesActions.followUps, { id })).rows.map(({ text }) => text)

describe('a follow-up', () => {
  test('is read newest first, and taken back by whoever wrote it', async () => {
    await log('li', swan, '样品已寄')
    const last = await log('wang', swan, '陪小李去过', { kind: 'visit' })
    expect(await textsOf('li', swan)).toEqual(['陪小李去过', '样品已寄'])
    await expect(perform(await as('li'), partiesActions.removeFollowUp, { id: last.id })).rejects.toMatchObject({
      code: 'not_found',
    })
    await perform(await as('wang'), partiesActions.removeFollowUp, { id: last.id })
    expect(await textsOf('li', swan)).toEqual(['样品已寄'])
  })

  test('of a foreign customer is neither read nor written', async () => {
    await expect(log('he', swan, '抢单')).rejects.toMatchObject({ code: 'not_found' })
    await expect(textsOf('he', swan)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('by accounting is about money only, and so is what accounting reads', async () => {
    await expect(log('liu', swan, '去拜访', { kind: 'visit' })).rejects.toMatchObject({ code: 'forbidden' })
    await log('liu', swan, '说月底付', { kind: 'collection' })
    expect(await textsOf('liu', swan)).toEqual(['说月底付'])
    expect(await textsOf('li', swan)).toContain('说月底付')
  })

  test('plans nothing for a day that is over', async () => {
    await expect(log('li', swan, 'x', { nextOn: addDays(today, -1) })).rejects.toMatchObject({
      code: 'planned_in_the_past',
    })
  })
})

describe('whom to get in touch with', () => {
  test('are those whose latest plan is due, his own or the team’s', async () => {
    await log('li', swan, '今天回电', { nextOn: today })
    await log('he', finch, '今天回电', { nextOn: today })
    expect(await due('li')).toEqual(['白鹭货栈'])
    expect(await due('wang')).toEqual(expect.arrayContaining(['白鹭货栈', '金雀货栈']))
    const later = { from: undefined, to: addDays(today, 3) }
    expect(await due('li', later)).toEqual(['白鹭货栈'])
    expect(await due('wang', { isMine: true })).toEqual([])
    await log('li', swan, '改到明天', { nextOn: addDays(today, 1), at: new Date(now.getTime() + 1000) })
    expect(await due('li')).toEqual([])
    expect(await due('li', { from: addDays(today, 1), to: addDays(today, 1) })).toEqual(['白鹭货栈'])
  })

  test('are those that nothing was heard of; whoever orders is heard of', async () => {
    const [quiet, buyer] = [
      await aCustomer({ shortName: '沉默', owner: 'li' }),
      await aCustomer({ shortName: '常客', owner: 'li' }),
    ]
    const old = new Date('2026-09-01T10:00:00+08:00')
    await log('li', quiet, '聊过', { at: old })
    await log('li', buyer, '聊过', { at: old })
    const bolt = await anItem()
    await stock(bolt, { quantity: '1000' })
    await order('li', buyer, [{ item: bolt, quantity: '10' }], { submit: true })
    expect(await due('li', { silentDays: 30 })).toContain('沉默')
    expect(await due('li', { silentDays: 30 })).not.toContain('常客')
    expect(await due('li', { silentDays: 30, since: 'order' })).not.toContain('沉默')
  })
})
