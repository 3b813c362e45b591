import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '#kernel/db'
import {
  aCustomer,
  aFlow,
  anItem,
  aRule,
  order,
  owes,
  pays,
  stock,
} from '../../server/modules/sales/fixtures/company.ts'
import { type ChatHouse, openChatHouse } from '../../server/test/chat-house.ts'

// The finance director is on Feishu, the owner on WeCom: one decision, wherever it is made.
let house: ChatHouse
beforeAll(async () => {
  house = await openChatHouse({
    on: ['feishu', 'wecom'],
    where: { director: ['feishu'], chen: ['wecom'], li: ['wecom'] },
    isTimed: true,
  })
  await aFlow({ key: 'credit', approvers: [{ role: 'finance_director' }, { role: 'owner' }] })
  await aRule({
    key: 'credit_over_90',
    condition: { field: 'credit.usedPercent', is: 'gt', value: '90' },
    actions: [{ do: 'require_approval', flow: 'credit' }],
  })
})
afterAll(() => house.stop())

const hourMs = 3_600_000

test('credit over 90 %: cards on two platforms, a receipt meanwhile, a press on the old view, a tap eighty hours later', async () => {
  const [feishu, wecom] = [house.on('feishu'), house.on('wecom')]
  const bolt = await anItem({ name: '膨胀螺栓 M10*100' })
  await stock(bolt, { quantity: '100000' })
  const customerId = await aCustomer({ creditLimit: '100000' })
  await owes(customerId, '71400')
  await order('li', customerId, [{ item: bolt, quantity: '38000', price: '0.4' }], { submit: true, at: new Date() })
  const { order: placed } = await order('li', customerId, [{ item: bolt, quantity: '12007', price: '0.52' }], {
    submit: true,
    at: new Date(),
  })
  await house.settled()
  const [hers, his] = [await feishu.newest('director'), await wecom.newest('chen')]
  for (const said of ['92.84% > 90%', '先收款 ¥2,843.64']) expect(feishu.card.words(hers.content)).toContain(said)
  expect(wecom.card.words(his.content)).toContain('92.84% > 90%')

  await pays(customerId, '3000')
  await house.settled()
  const view = await wecom.presses('chen', his.messageId, 'approve', { version: 0 })
  expect(wecom.card.words(view.card)).toContain('89.84%')
  expect(wecom.card.words(view.card)).toContain('不再需要审批')

  const order1 = () => db.salesOrder.findUniqueOrThrow({ where: { id: placed.id } })
  expect((await order1()).state).toBe('confirmed')
  expect(feishu.card.words((await feishu.newest('director')).content)).toContain('不再需要审批')
  expect(wecom.card.words((await wecom.newest('chen')).content)).toContain('不再需要审批')
  expect(feishu.card.buttons((await feishu.newest('director')).content)).toEqual([])
  expect(wecom.card.buttons((await wecom.newest('chen')).content)).toEqual([])

  house.pass(80 * hourMs)
  const late = await wecom.presses('chen', his.messageId, 'approve', { version: 0 })
  expect(wecom.card.words(late.card)).toMatch(/不用再处理|已经处理过了/)
  const late2 = await feishu.presses('director', hers.messageId, 'approve', { version: 0 })
  expect(late2.toast?.content).toContain('不用再处理')
  expect(
    await db.event.count({
      where: { name: 'sales.order-confirmed', body: { path: ['orderId'], equals: placed.id } },
    }),
  ).toBe(1)
  expect(await db.approval.count({ where: { documentId: placed.id, state: 'approved' } })).toBe(1)
})
