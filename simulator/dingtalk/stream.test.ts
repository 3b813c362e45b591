import axios from 'axios'
import { DWClient, TOPIC_CARD, TOPIC_ROBOT } from 'dingtalk-stream'
import type { DWClientDownStream } from 'dingtalk-stream'
import { afterEach, expect, test, vi } from 'vitest'

import { eventually } from '../test-eventually.ts'
import type { Fields } from '../request-body.ts'
import { isFields, jsonOf } from '../request-body.ts'
import { aTenant, corpId } from './test-tenant.ts'
import type { Overrides, Tenant } from './test-tenant.ts'

// Everything here goes through the official client, unmodified: only the addresses it calls are rewritten.

let tenant: Tenant
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each()
  await tenant.close()
})

type Frame = { headers: DWClientDownStream['headers']; data: Fields }
const frameOf = ({ headers, data }: DWClientDownStream): Frame => {
  const value = jsonOf(data)
  return { headers, data: isFields(value) ? value : {} }
}

async function begin(overrides: Overrides = {}): Promise<void> {
  tenant = await aTenant(overrides)
  const quiet = vi.spyOn(console, 'info').mockImplementation(() => {})
  const interceptor = axios.interceptors.request.use((request) => {
    const url = request.url?.replace(/^https:\/\/(o?api)\.dingtalk\.com/, tenant.url)
    return Object.assign(request, { url })
  })
  undo.push(
    () => axios.interceptors.request.eject(interceptor),
    () => quiet.mockRestore(),
  )
}

type Handlers = {
  message?: (frame: Frame, client: DWClient) => void
  press?: (frame: Frame, client: DWClient) => void
  event?: (frame: Frame) => unknown
}

async function connect(handlers: Handlers = {}): Promise<DWClient> {
  const client = new DWClient({ clientId: tenant.app.clientId, clientSecret: tenant.app.clientSecret })
  client.registerCallbackListener(TOPIC_ROBOT, (frame) => handlers.message?.(frameOf(frame), client))
  client.registerCallbackListener(TOPIC_CARD, (frame) => handlers.press?.(frameOf(frame), client))
  client.registerAllEventListener((frame) => (handlers.event?.(frameOf(frame)) ?? { status: 'SUCCESS' }) as never)
  await client.connect()
  undo.push(() => client.disconnect())
  await eventually(async () => client.registered || undefined)
  return client
}

const answer = (client: DWClient, { headers }: Frame, value: unknown) =>
  client.socketCallBackResponse(headers.messageId, value)

test('the official client opens a stream, gets what is written to the robot, and answers at its address', async () => {
  await begin()
  const frames: Frame[] = []
  await connect({
    message: (frame, client) => {
      frames.push(frame)
      answer(client, frame, null)
      void fetch(String(frame.data['sessionWebhook']), {
        method: 'POST',
        body: JSON.stringify({ msgtype: 'text', text: { content: '库存 1,200' } }),
      })
    },
  })
  const { messages } = await tenant.control('POST', '/dingtalk/people/xiaoli/messages', { text: '库存' })
  expect(messages).toMatchObject([{ kind: 'text', content: '库存 1,200' }])
  expect(frames).toMatchObject([
    {
      headers: { topic: TOPIC_ROBOT },
      data: {
        ...{ conversationType: '1', msgtype: 'text', text: { content: '库存' }, chatbotCorpId: corpId },
        ...{ senderStaffId: tenant.idsOf('xiaoli').userId, robotCode: tenant.app.clientId },
      },
    },
  ])
})

test('the answer to a press changes the card of everybody, and something more for him who pressed', async () => {
  await begin()
  const presses: Frame[] = []
  await connect({
    press: (frame, client) => {
      presses.push(frame)
      answer(client, frame, {
        cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
        cardData: { cardParamMap: { status: '已同意', isOpen: 'false' } },
        userPrivateData: { cardParamMap: { remark: '你已同意' } },
      })
    },
  })
  const { chatId } = await tenant.control('POST', '/dingtalk/chats', { name: '审批', members: ['xiaoli', 'wangjie'] })
  await tenant.createCard('xiaoli', {
    openSpaceId: `dtv1.card//IM_GROUP.${String(chatId)}`,
    imGroupOpenSpaceModel: {},
    imGroupOpenDeliverModel: { robotCode: tenant.app.clientId },
  })
  const [card] = await tenant.inbox('xiaoli')
  const view = await tenant.click(card?.messageId ?? '', 'xiaoli', 'approve', { form: { comment: '可以' } })
  expect(view.card).toMatchObject({ variables: { title: '订单 SO1 待审批', status: '已同意', remark: '你已同意' } })
  expect(presses.map((press) => press.data)).toMatchObject([
    {
      type: 'actionCallback',
      outTrackId: 'card-1',
      corpId,
      userId: tenant.idsOf('xiaoli').userId,
      spaceType: 'IM_GROUP',
    },
  ])
  expect(jsonOf(String(presses[0]?.data['content']))).toEqual({
    cardPrivateData: { actionIds: ['approve'], params: { comment: '可以' } },
  })
  const [ofOther] = await tenant.inbox('wangjie')
  expect(ofOther?.content).toMatchObject({ variables: { status: '已同意' } })
  expect(JSON.stringify(ofOther?.content)).not.toContain('你已同意')
})

test('the client takes its token from the old api', async () => {
  await begin()
  const client = await connect()
  expect(await client.getAccessToken()).toBe(await tenant.token())
})
