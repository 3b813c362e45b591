import { WSClient } from '@wecom/aibot-node-sdk'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../../../simulator/test-eventually.ts'
import { aCompany, bot, type Company } from '../../../simulator/wecom/test-company.ts'
import type { TokenCard } from '../../card.ts'
import type { Inbound, Message, Platform, PressAnswer } from '../platform.ts'
import { wecom } from './index.ts'
import { settingsOf } from './test-settings.ts'

let company: Company
let platform: Platform
let chat: string
const received: Inbound[] = []
const hangUps: (() => Promise<void>)[] = []
let answer: PressAnswer | undefined

const card: TokenCard = {
  colour: 'blue',
  title: '你问的是哪一个',
  parts: [],
  buttons: [{ name: 'a', label: '电锤', look: 'plain', token: 'token-a' }],
}
const chosen: TokenCard = {
  ...card,
  title: '电锤',
  parts: [{ kind: 'figure', value: '12 台', label: '可用' }],
  buttons: [],
}

beforeEach(async () => {
  received.length = 0
  answer = { toast: { look: 'success', text: '电锤' }, card: chosen }
  company = await aCompany()
  platform = wecom(settingsOf(company))
  hangUps.push(
    await platform.listen(async (inbound) => {
      received.push(inbound)
      return inbound.kind === 'press' ? answer : undefined
    }),
  )
  chat = String(
    (await company.control('POST', '/wecom/chats', { name: '销售群', members: ['xiaoli', 'wangjie'], withBot: true }))[
      'chatId'
    ],
  )
})
afterEach(async () => {
  for (const hangUp of hangUps.splice(0)) await hangUp()
  await company.close()
})

const next = async (): Promise<Message> =>
  eventually(async () => received.find((one): one is Message => one.kind === 'message'))
const seenBy = async (person: string) => (await company.inbox(person)).filter(({ from }) => from.kind === 'bot')

describe('in a group', () => {
  test('a question to the bot arrives without its name, and is answered before everybody', async () => {
    await company.says('xiaoli', `@${bot.name} 电锤还有几个`, { chat })
    const message = await next()
    expect(message).toMatchObject({ openId: 'xiaoli', isGroup: true, text: '电锤还有几个', chat })
    await platform.reply(message.messageId, { text: '还有 *12* 台' }, 'key-1')
    expect(await seenBy('wangjie')).toMatchObject([{ content: '还有 ∗12∗ 台' }])
  })

  test('a card is pressed, and redrawn for everybody who sees it', async () => {
    await company.says('xiaoli', `@${bot.name} 锤`, { chat })
    const handle = await platform.reply((await next()).messageId, { card }, 'key-1')
    const [sent] = await seenBy('xiaoli')
    expect(await company.click(sent?.messageId, 'xiaoli', 'a')).toMatchObject({
      card: { main_title: { title: '电锤' } },
    })
    expect(received.at(-1)).toMatchObject({ kind: 'press', messageId: handle['messageId'], token: 'token-a' })
    expect((await seenBy('wangjie'))[0]?.content).toMatchObject({ main_title: { title: '电锤' }, replace_text: '电锤' })
    expect(await platform.updateCard(handle, chosen)).toBe(false)
  })

  test('a card that is sent twice under one key is there once', async () => {
    for (let i = 0; i < 2; i++) await platform.reply(`bot:${chat}:1`, { card }, 'key-1')
    expect(await seenBy('wangjie')).toHaveLength(1)
  })

  test('what WeCom does not take is said in its words', async () => {
    await expect(platform.reply('bot:no-such-chat:1', { card }, 'key-1')).rejects.toThrow(
      /WeCom refused the AI bot: 40058/,
    )
  })
})

describe('the connection', () => {
  test('comes back after it was cut', async () => {
    const subscriptions = async () => (await company.log()).filter(({ title }) => title === 'aibot_subscribe').length
    const before = await subscriptions()
    await company.control('POST', '/wecom/faults', { socket: 'cut' })
    await eventually(async () => (await subscriptions()) > before || undefined)
    await company.says('xiaoli', `@${bot.name} 还在吗`, { chat })
    expect(await next()).toMatchObject({ text: '还在吗' })
  })

  test('is left to a newer one, and whoever lost it says so instead of answering into the void', async () => {
    const newer = new WSClient({ botId: bot.botId, secret: bot.secret, wsUrl: company.botUrl, logger: silent })
    hangUps.push(async () => newer.disconnect())
    newer.connect()
    await eventually(async () =>
      platform.reply(`bot:${chat}:1`, { text: '在' }, 'key-1').then(
        () => undefined,
        (error: unknown) => String(error),
      ),
    )
    expect(newer.isConnected).toBe(true)
  })

  test('with wrong credentials does not keep the house from opening', async () => {
    const wrong = wecom(
      settingsOf(company, { bot: { id: bot.botId, secret: 'wrong-secret-of-tests', url: company.botUrl } }),
    )
    hangUps.push(await wrong.listen(async () => undefined))
    await expect(wrong.reply(`bot:${chat}:1`, { text: '在' }, 'key-1')).rejects.toThrow('not connected')
  })
})

const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore }
function ignore(): void {}
