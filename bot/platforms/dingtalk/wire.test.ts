import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chatOf, messageIdOf } from './chats.ts'
import { saidBy } from './wire.ts'

const app = { clientId: 'dingfixtureapp0001', corpId: 'dingcorpfixtures' }
const sentMs = 1795300000000
const folder = new URL('./fixtures/', import.meta.url)
type Recorded = { headers: Record<string, string>; data: string }
const fixture = (name: string): Recorded => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
const said = (frame: unknown, nowMs = sentMs + 100) => saidBy(frame, app, nowMs)
const withData = (name: string, changes: object): Recorded => {
  const frame = fixture(name)
  return { ...frame, data: JSON.stringify({ ...JSON.parse(frame.data), ...changes }) }
}

describe('a recorded frame becomes what it means to us', () => {
  test('a message to the robot, told apart by its own id, answered in its chat', () => {
    const [message] = said(fixture('message-p2p'))
    expect(message).toEqual({
      kind: 'message',
      eventKey: 'msgAbC==',
      openId: 'manager01',
      chat: 'cidP2P/abc+def==',
      isGroup: false,
      messageId: messageIdOf('msgAbC==', { kind: 'person', id: 'manager01' }),
      text: '膨胀螺栓 M10*100 还有多少',
      at: new Date(sentMs),
    })
  })

  test('a message in a group is answered in the group', () => {
    const [message] = said(fixture('message-group'))
    expect(message).toMatchObject({ kind: 'message', isGroup: true, text: '宏达还欠多少' })
    expect(chatOf(message?.kind === 'message' ? message.messageId : '')).toEqual({ kind: 'group', id: 'cidGroup==' })
  })

  test('what was spoken is what was heard', () => {
    expect(said(fixture('message-voice'))).toMatchObject([{ kind: 'message', text: '主仓库存还有多少' }])
  })

  test('a picture is a message without words', () => {
    expect(said(fixture('message-picture'))).toMatchObject([{ kind: 'message', text: '' }])
  })

  test('somebody outside the company is nobody to answer', () => {
    expect(said(fixture('message-external'))).toMatchObject([{ kind: 'unknown' }])
  })

  test('a press brings the token of its button and what was typed', () => {
    expect(said(fixture('click'))).toEqual([
      {
        kind: 'press',
        eventKey: 'f-6',
        openId: 'manager01',
        chat: 'manager01',
        messageId: 'yidan-42',
        token: 'opaque-token',
        form: { comment: '同意，尽快发货' },
      },
    ])
  })

  test.each(['click-params-beside', 'click-legacy-value'])('%s is a press as well', (name) => {
    expect(said(fixture(name))).toMatchObject([{ kind: 'press', token: 'opaque-token' }])
  })

  test('people who joined are to be read, each under a key of his own', () => {
    expect(said(fixture('people-joined'))).toEqual([
      { kind: 'changed', eventKey: 'ev-1:manager01', userId: 'manager01' },
      { kind: 'changed', eventKey: 'ev-1:staff02', userId: 'staff02' },
    ])
  })

  test('of very many people the whole directory is read', () => {
    const many = Array.from({ length: 21 }, (_, i) => `staff${i}`)
    expect(said(withData('people-joined', { userId: many }))).toEqual([{ kind: 'directory', eventKey: 'ev-1' }])
  })

  test('people who left are named, however many', () => {
    expect(said(fixture('people-left'))).toEqual([{ kind: 'left', eventKey: 'ev-2:staff02', stableId: 'staff02' }])
    const many = Array.from({ length: 21 }, (_, i) => `staff${i}`)
    expect(said(withData('people-left', { userId: many }))).toHaveLength(21)
  })

  test('a changed department means that the directory is read', () => {
    expect(said(fixture('department-changed'))).toEqual([{ kind: 'directory', eventKey: 'ev-3' }])
  })

  test('an event that we do not listen to is unknown', () => {
    expect(said(fixture('approval-changed'))).toEqual([
      { kind: 'unknown', eventKey: 'f-12', type: 'bpms_instance_change' },
    ])
  })
})

describe('left alone is', () => {
  test.each([
    ['a message to the robot of another company', withData('message-p2p', { chatbotCorpId: 'dingothercorp' })],
    ['a message to another robot', withData('message-p2p', { robotCode: 'dinganotherapp01' })],
    ['a press in another company', withData('click', { corpId: 'dingothercorp' })],
    ['a press without a token', withData('click', { content: '{"cardPrivateData":{"params":{}}}' })],
    ['a press with a token that is no text', withData('click', { content: '{"params":{"token":{"a":1}}}' })],
    ['data that is no JSON', { ...fixture('click'), data: '{"type":"actionCallback"' }],
    ['a frame of a kind that we do not know', { ...fixture('click'), headers: { topic: '/v2', messageId: 'm' } }],
    [
      'an event of another company',
      { ...fixture('people-left'), headers: { ...fixture('people-left').headers, eventCorpId: 'dingothercorp' } },
    ],
    ['something that is no frame', { hello: 'world' }],
  ])('%s', (_, frame) => {
    expect(said(frame)).toMatchObject([{ kind: 'unknown' }])
  })

  test('what was written so long ago that nobody waits for the answer', () => {
    expect(said(fixture('message-p2p'), sentMs + 8 * 3_600_000 + 1)).toMatchObject([{ kind: 'unknown' }])
  })

  test('whatever becomes of a frame on its way: nothing throws', () => {
    const names = readdirSync(folder)
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.string(), (name, at, put) => {
        const text = readFileSync(new URL(name, folder), 'utf8')
        const frame = JSON.parse(text) as Recorded // our own fixtures
        const cut = at % (frame.data.length + 1)
        expect(said({ ...frame, data: frame.data.slice(0, cut) + put }).length).toBeGreaterThan(0)
        expect(said({ ...frame, headers: { ...frame.headers, topic: put } }).length).toBeGreaterThan(0)
      }),
    )
  })
})
