import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aCompany, type Company } from '../../../simulator/wecom/test-company.ts'
import type { TokenCard } from '../../card.ts'
import { PlatformRefusal } from '../platform.ts'
import { wecom } from './index.ts'
import { settingsOf } from './test-settings.ts'

let company: Company
beforeEach(async () => {
  company = await aCompany()
})
afterEach(() => company.close())

const card = (title: string, more: Partial<TokenCard> = {}): TokenCard => ({
  colour: 'orange',
  title,
  parts: [],
  buttons: [{ name: 'approve', label: '同意', look: 'primary', token: 'opaque' }],
  ...more,
})
const shown = async (person = 'xiaoli') => (await company.inbox(person)).map(({ content }) => content)
const titles = async () =>
  (await shown()).map((content) => (content as { main_title: { title: string } }).main_title.title) // our own cards
const calls = async (path: string) => (await company.log()).filter((entry) => entry.title.includes(path))
const refusal = (sent: Promise<unknown>) => sent.catch((error: unknown) => error)
const wordsOf = (error: unknown) => JSON.stringify(error, Object.getOwnPropertyNames(error))

describe('a message', () => {
  test('reaches the person, in whatever case his account is written', async () => {
    await wecom(settingsOf(company)).sendCard('XIAOLI', card('一'), 'key-1')
    expect(await titles()).toEqual(['一'])
  })

  test('that is sent twice under one key is there once', async () => {
    const platform = wecom(settingsOf(company))
    const first = await platform.sendCard('xiaoli', card('一'), 'key-1')
    const second = await platform.sendCard('xiaoli', card('一'), 'key-1')
    const changed = await platform.sendCard('xiaoli', card('变了'), 'key-1')
    expect([second['messageId'], changed['messageId']]).toEqual([first['messageId'], first['messageId']])
    expect(await titles()).toEqual(['一'])
  })

  test('can be told from another by keys of any length', async () => {
    const platform = wecom(settingsOf(company))
    for (const key of ['k'.repeat(300), `${'k'.repeat(299)}j`])
      await platform.sendCard('xiaoli', card(key.slice(-1)), key)
    expect(await titles()).toEqual(['k', 'j'])
  })

  test('of words is sent as often as it is asked for: two questions may have one answer', async () => {
    const platform = wecom(settingsOf(company))
    for (const key of ['key-1', 'key-2']) await platform.sendText('xiaoli', '没有逾期。', key)
    expect(await shown()).toEqual(['没有逾期。', '没有逾期。'])
  })

  test('of too many words ends with a sign that there was more', async () => {
    await wecom(settingsOf(company)).sendText('xiaoli', '库存'.repeat(1000), 'key-1')
    const [text = ''] = (await shown()) as string[] // a text message
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048)
    expect(text).toMatch(/库…$/)
  })

  test('is answered to the one who wrote', async () => {
    const platform = wecom(settingsOf(company))
    await platform.reply('app:xiaoli:7000000000000000001', { text: '有 20 盒' }, 'key-1')
    await platform.reply('app:xiaoli:7000000000000000001', { card: card('库存') }, 'key-2')
    expect(await shown()).toMatchObject(['有 20 盒', { main_title: { title: '库存' } }])
  })

  test('to somebody who has left is refused for good, in WeCom’s words, without the request', async () => {
    await company.control('POST', '/wecom/people/xiaoli/leave')
    const refused = await refusal(wecom(settingsOf(company)).sendCard('xiaoli', card('一'), 'key-1'))
    expect(refused).toBeInstanceOf(PlatformRefusal)
    expect(refused).toMatchObject({ forGood: true, message: expect.stringMatching(/WeCom refused .*: 81013/) })
    expect(wordsOf(refused)).not.toContain(company.app.secret)
  })
})

describe('the token', () => {
  test('is asked for once, however many calls begin together', async () => {
    const platform = wecom(settingsOf(company))
    await Promise.all(Array.from({ length: 8 }, (_, i) => platform.sendText('xiaoli', `${i}`, `key-${i}`)))
    expect(await calls('gettoken')).toHaveLength(1)
  })

  test('that WeCom no longer takes is renewed once, and the call goes through', async () => {
    const platform = wecom(settingsOf(company))
    await platform.sendCard('xiaoli', card('一'), 'key-1')
    await company.control('POST', '/wecom/faults', { revokeTokens: true })
    await platform.sendCard('xiaoli', card('二'), 'key-2')
    expect(await titles()).toEqual(['一', '二'])
    expect(await calls('gettoken')).toHaveLength(2)
  })

  test('is not renewed again and again', async () => {
    await company.control('POST', '/wecom/faults', { path: '/message/send', code: 42001, for: 9 })
    await expect(wecom(settingsOf(company)).sendText('xiaoli', '一', 'key-1')).rejects.toThrow('42001')
    expect(await calls('/message/send')).toHaveLength(2)
  })

  test('is not asked for again and again with a wrong secret, for which WeCom would bar us', async () => {
    const platform = wecom(settingsOf(company, { secret: 'a-wrong-secret-of-tests' }))
    for (const key of ['key-1', 'key-2', 'key-3'])
      await expect(platform.sendText('xiaoli', '一', key)).rejects.toThrow('40001')
    expect(await calls('gettoken')).toHaveLength(1)
  })

  test('is in no error', async () => {
    const platform = wecom(settingsOf(company))
    await company.control('POST', '/wecom/faults', { path: '/message/send', code: 40058 })
    const token = await company.tokenOf(company.app.secret)
    expect(wordsOf(await refusal(platform.sendText('xiaoli', '一', 'key-1')))).not.toContain(token)
  })
})

describe('too many calls', () => {
  test('at the same moment are made again a little later', async () => {
    await company.control('POST', '/wecom/faults', { path: '/message/send', code: 45033 })
    await wecom(settingsOf(company)).sendCard('xiaoli', card('一'), 'key-1')
    expect(await titles()).toEqual(['一'])
  })

  test('in a minute are left to the queue, with how long to wait', async () => {
    await company.control('POST', '/wecom/faults', { path: '/message/send', code: 45009 })
    const refused = await refusal(wecom(settingsOf(company)).sendCard('xiaoli', card('一'), 'key-1'))
    expect(refused).toMatchObject({ afterMs: 60_000, forGood: false })
    expect(await calls('/message/send')).toHaveLength(1)
  })
})

test('a server that fails counts as one that cannot be reached, not as one that refuses', async () => {
  await company.control('POST', '/wecom/faults', { path: '/message/send', status: 502, for: 9 })
  const failed = await refusal(wecom(settingsOf(company)).sendText('xiaoli', '一', 'key-1'))
  expect(failed).not.toBeInstanceOf(PlatformRefusal)
  expect(wordsOf(failed)).toContain('HTTP 502')
})

describe('a sent card', () => {
  const settled = card('二', { buttons: [], tag: '已通过' })

  test('is redrawn with the code of its sending, once', async () => {
    const platform = wecom(settingsOf(company))
    const handle = await platform.sendCard('xiaoli', card('一'), 'key-1')
    expect(await platform.updateCard(handle, settled)).toBe(true)
    expect(await shown()).toMatchObject([{ card_type: 'text_notice', main_title: { title: '二' } }])
    expect(await platform.updateCard(handle, card('三'))).toBe(false)
    expect(await titles()).toEqual(['二'])
  })

  test('that is older than three days can no longer be changed, which is no error', async () => {
    const platform = wecom(settingsOf(company))
    const handle = await platform.sendCard('xiaoli', card('一'), 'key-1')
    const before = (await calls('update_template_card')).length
    expect(await platform.updateCard({ ...handle, issuedAt: String(Date.now() - 73 * 3_600_000) }, settled)).toBe(false)
    expect(await calls('update_template_card')).toHaveLength(before)
    company.clock.advance(72 * 3_600_000 + 1)
    expect(await platform.updateCard(handle, settled)).toBe(false)
  })

  test('without buttons has no code, and stays as it is', async () => {
    const platform = wecom(settingsOf(company))
    const handle = await platform.sendCard('xiaoli', card('提醒', { buttons: [] }), 'key-1')
    expect(await platform.updateCard(handle, settled)).toBe(false)
  })

  test('that WeCom cannot take now is an error, for the queue to try again', async () => {
    const platform = wecom(settingsOf(company))
    const handle = await platform.sendCard('xiaoli', card('一'), 'key-1')
    await company.control('POST', '/wecom/faults', { path: '/message/update', code: 45009 })
    await expect(platform.updateCard(handle, settled)).rejects.toThrow('45009')
    expect(await platform.updateCard(handle, settled)).toBe(true)
  })
})

test('a platform that is away is said in words, without the request that was made', async () => {
  const platform = wecom(settingsOf(company, { baseUrl: 'http://127.0.0.1:9' }))
  const failed = await refusal(platform.sendCard('xiaoli', card('一'), 'key-1'))
  expect(String(failed)).toContain('WeCom could not be reached')
  expect(wordsOf(failed)).not.toContain(company.app.secret)
})
