import { beforeAll, expect, test } from 'vitest'
import { ask, perform } from '#kernel/perform'
import { aCustomer, anItem, as, type Name, openCompany, order, stock } from './fixtures/company.ts'
import { salesActions } from './index.ts'

beforeAll(async () => {
  await openCompany()
  const bolt = await anItem({ listPrice: '1' })
  await stock(bolt, { quantity: '1000' })
  for (const [owner, quantity] of [
    ['li', '100'],
    ['he', '30'],
  ] as const)
    await order(owner, await aCustomer({ owner }), [{ item: bolt, quantity }], { submit: true })
}, 60_000)

const set = async (by: Name, whose: Name, amount: string | null, month = '2026-11') => {
  const { personId } = await as(whose)
  return perform(await as(by), salesActions.setSalesTarget, { month, personId, amount })
}
const rows = async (name: Name, from = '2026-11', to = from) => {
  const { rows: found } = await ask(await as(name), salesActions.salesTargets, { from, to })
  return found.map(({ name: who, target, done }) => [who, target, done])
}

test('a seller sees his own, a manager those of the team, with what was sold until now', async () => {
  await set('wang', 'li', '200.00')
  await set('wang', 'he', '60.00')
  await set('wang', 'li', '300.00', '2026-12')
  expect(await rows('li')).toEqual([['小李', '200.00', '100.00']])
  expect(await rows('wang')).toEqual(
    expect.arrayContaining([
      ['小李', '200.00', '100.00'],
      ['小何', '60.00', '30.00'],
    ]),
  )
  expect(await rows('li', '2026-11', '2026-12')).toEqual([['小李', '500.00', '100.00']])
  await set('wang', 'he', null)
  expect(await rows('he')).toEqual([['小何', null, '30.00']])
})

test('a seller sets none, a manager only for those below him', async () => {
  await expect(set('li', 'li', '1.00')).rejects.toMatchObject({ code: 'forbidden' })
  await expect(set('wang', 'chen', '1.00')).rejects.toMatchObject({ code: 'not_found' })
  await expect(rows('zhao')).rejects.toMatchObject({ code: 'forbidden' })
})
