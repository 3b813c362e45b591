import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { botMessageOf, botPressOf, inboundOf, parseEvent, placeIn } from './wire.ts'
import { element, parseXml } from './xml.ts'

const read = (file: string): string => readFileSync(new URL(`./fixtures/${file}`, import.meta.url), 'utf8')
const json = (name: string): unknown => JSON.parse(read(`${name}.json`))
const inbound = (xml: unknown) => {
  const event = parseEvent(xml)
  return event && inboundOf(event)
}
const recorded = (name: string) => inbound(parseXml(read(`${name}.xml`)))
const now = new Date(1795300001000)

describe('a recorded event becomes what it means to us', () => {
  test('a message to the app, told apart by its own number, which no double holds', () => {
    const message = recorded('message-text')
    expect(message).toMatchObject({
      kind: 'message',
      eventKey: '7000000000000000123',
      openId: 'xiaoli',
      isGroup: false,
      text: '膨胀螺栓 M10*100 还有多少 <!DOCTYPE x> &amp;',
      at: new Date(1795300000000),
    })
  })

  test('a message says where its answer goes: to the person, since WeCom answers no message', () => {
    const message = recorded('message-text')
    expect(placeIn(message?.kind === 'message' ? message.messageId : '')).toEqual({
      by: 'app',
      chat: 'xiaoli',
      messageId: '7000000000000000123',
    })
  })

  test('a picture is a message without words', () => {
    expect(recorded('message-image')).toMatchObject({ kind: 'message', text: '' })
  })

  test('a press: who it was in one spelling, the opaque token, and the code that it brought', () => {
    expect(recorded('card-click')).toMatchObject({
      kind: 'press',
      openId: 'wangjie',
      messageId: 'yidan-0123456789',
      token: 'opaque-token-of-the-button',
      form: {},
      handle: {
        messageId: 'yidan-0123456789',
        userId: 'wangjie',
        responseCode: 'code-of-this-click',
        issuedAt: '1795300000000',
      },
    })
  })

  test('a press that is delivered again with a new code is the same press; another button is another', () => {
    const click = parseXml(read('card-click.xml')) as Record<string, string> // the fixture above
    const key = (changes: object) => inbound({ ...click, ...changes })?.eventKey
    expect(key({ ResponseCode: 'another-code' })).toBe(key({}))
    expect(key({ EventKey: 'another-token' })).not.toBe(key({}))
    expect(key({ CreateTime: '1795300001' })).not.toBe(key({}))
  })

  test('people who come, are given another account, and go', () => {
    expect(recorded('person-joined')).toMatchObject({ kind: 'changed-person', userId: 'XiaoBai', formerId: undefined })
    expect(recorded('person-renamed')).toMatchObject({
      kind: 'changed-person',
      userId: 'BaiYun',
      formerId: 'XiaoBai',
    })
    expect(recorded('person-left')).toMatchObject({ kind: 'left', stableId: 'xiaobai' })
  })

  test('a changed department means that the directory is read again, each change by itself', () => {
    const change = parseXml(read('department-changed.xml')) as Record<string, string> // the fixture above
    expect(inbound(change)).toMatchObject({ kind: 'directory' })
    expect(inbound({ ...change, Id: '8' })?.eventKey).not.toBe(inbound(change)?.eventKey)
  })

  test('what we never asked for is a case of its own', () => {
    expect(recorded('app-opened')).toMatchObject({ kind: 'unknown', type: 'enter_agent' })
  })
})

describe('what the AI bot hears', () => {
  test('a question in a group, without the name of whom it is for, to be answered in the group', () => {
    const message = botMessageOf(json('bot-message-group'), now)
    expect(message).toMatchObject({ kind: 'message', openId: 'xiaoli', isGroup: true, text: '宏达还欠多少' })
    expect(placeIn(message?.kind === 'message' ? message.messageId : '')).toMatchObject({
      by: 'bot',
      chat: 'wr-chat-1',
    })
  })

  test('a question to the bot alone is taken word for word', () => {
    expect(botMessageOf(json('bot-message-single'), now)).toMatchObject({
      chat: 'xiaoli',
      isGroup: false,
      text: '@电锤 还有几个',
      at: now,
    })
  })

  test('a press, whether its particulars stand beside the type or below it', () => {
    expect(botPressOf(json('bot-click-nested'))).toEqual(botPressOf(json('bot-click-flat')))
    expect(botPressOf(json('bot-click-nested'))).toMatchObject({
      kind: 'press',
      openId: 'xiaoli',
      messageId: 'yidan-0123456789',
      token: 'opaque-token-of-the-button',
    })
  })
})

test('a token that is missing or far too long is no press', () => {
  const click = parseXml(read('card-click.xml')) as Record<string, string> // the fixture above
  for (const EventKey of ['', undefined, 'x'.repeat(201)])
    expect(inbound({ ...click, EventKey })).toMatchObject({ kind: 'unknown' })
})

test('whatever is broken in an event, parsing never throws', () => {
  const bodies = ['bot-message-group', 'bot-click-nested'].map(json)
  const click = parseXml(read('card-click.xml')) as object // the fixture above
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(click)), fc.jsonValue(), (field, value) => {
      expect(() => inbound({ ...click, [field]: value })).not.toThrow()
    }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...bodies), fc.string(), fc.jsonValue(), (body, field, value) => {
      const broken = { ...(body as object), [field]: value } // the fixtures above
      expect(() => [botMessageOf(broken, now), botPressOf(broken)]).not.toThrow()
    }),
  )
})

describe('XML', () => {
  test('that we write is read again as it was, whatever texts are in it', () => {
    // oxlint-disable-next-line no-control-regex
    const fit = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\u0000-\u001f\ufffe\uffff]/g, '').trim())
    fc.assert(
      fc.property(fc.oneof(fit, fc.constantFrom(']]>', 'a]]>b', '<x>', '&lt;', '<!DOCTYPE a>')), (text) => {
        expect(parseXml(element('xml', { Text: text }))).toEqual({ Text: text })
      }),
    )
  })

  test.each([
    '<!DOCTYPE xml [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>',
    '<xml><!ENTITY a "b"><Encrypt>x</Encrypt></xml>',
    '<xml><!-- <Encrypt>x</Encrypt> --></xml>',
    '<xml><?php echo 1 ?></xml>',
    '<xml><Encrypt>x</xml>',
    '<other><Encrypt>x</Encrypt></other>',
    '<xml></xml><xml></xml>',
    '',
    'nonsense',
  ])('of another kind is not read at all: %s', (text) => {
    const read = parseXml(text)
    expect(typeof read === 'object' && !Array.isArray(read) ? read : undefined).toBeUndefined()
  })

  test('an entity is never resolved', () => {
    expect(parseXml('<xml><A>&lt;&#65;</A></xml>')).toEqual({ A: '&lt;&#65;' })
  })
})
