import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inboundOf, parseEnvelope } from './wire.ts'

const app = { appId: 'cli_0123456789abcdef', tenant: 'tenant-of-fixtures' }
const folder = new URL('./fixtures/', import.meta.url)
const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
const inbound = (payload: unknown) => {
  const envelope = parseEnvelope(payload)
  return envelope && inboundOf(envelope, app)
}
const oneself = 'ou_00000000000000000000000000000001'

describe('a recorded payload becomes what it means to us', () => {
  test('a message to the bot, told apart by its own id', () => {
    expect(inbound(fixture('message-p2p'))).toEqual({
      kind: 'message',
      eventKey: 'om_00000000000000000000000000000001',
      openId: oneself,
      chat: 'oc_00000000000000000000000000000001',
      isGroup: false,
      messageId: 'om_00000000000000000000000000000001',
      text: '膨胀螺栓 M10*100 还有多少',
      at: new Date(1795300000000),
    })
  })

  test('a message in a group, without those who are mentioned', () => {
    expect(inbound(fixture('message-group-mention'))).toMatchObject({
      kind: 'message',
      isGroup: true,
      text: '宏达还欠多少',
    })
  })

  test('what a bot wrote is nothing to answer', () => {
    expect(inbound(fixture('message-by-bot'))).toMatchObject({ kind: 'unknown' })
  })

  test('a picture is a message without words', () => {
    expect(inbound(fixture('message-image'))).toMatchObject({ kind: 'message', text: '' })
  })

  test('a press: who the platform says it was, the opaque token, and the texts of the form', () => {
    expect(inbound(fixture('card-click'))).toEqual({
      kind: 'press',
      eventKey: '5e3702a84e847582be8db7fb73283c02',
      openId: oneself,
      chat: 'oc_00000000000000000000000000000001',
      messageId: 'om_00000000000000000000000000000005',
      token: 'opaque-token-of-the-button',
      form: { comment: '价格太低' },
    })
  })

  test('people who come and go, known by the id that outlives the app', () => {
    expect(inbound(fixture('person-joined'))).toMatchObject({
      kind: 'person',
      person: {
        ...{ platform: 'feishu', tenant: app.tenant, appId: app.appId, name: '小白', employeeNo: 'HR099' },
        stableId: 'on_00000000000000000000000000000003',
        departmentExternalId: 'feishu:od-00000000000000000000000000000001',
      },
    })
    expect(inbound(fixture('person-left'))).toEqual({
      kind: 'left',
      eventKey: '5e3702a84e847582be8db7fb73283c02',
      stableId: 'on_00000000000000000000000000000003',
    })
  })

  test('a changed department means that the directory is read again', () => {
    expect(inbound(fixture('department-changed'))).toMatchObject({ kind: 'directory' })
  })

  test('what we never asked for is a case of its own', () => {
    expect(inbound(fixture('calendar-changed'))).toMatchObject({
      kind: 'unknown',
      type: 'calendar.calendar.changed_v4',
    })
  })
})

test('a token that is no text, or far too long, is no press', () => {
  for (const token of [7, null, { a: 1 }, 'x'.repeat(201)]) {
    const click = structuredClone(fixture('card-click')) as { event: { action: { value: { token: unknown } } } } // the fixture above
    click.event.action.value.token = token
    expect(inbound(click)).toMatchObject({ kind: 'unknown' })
  }
})

test('whatever is broken in a payload, parsing never throws', () => {
  const payloads = readdirSync(folder).map((file) => fixture(file.replace('.json', '')))
  const place = fc.array(fc.nat(9), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(fc.constantFrom(...payloads), place, fc.jsonValue(), (payload, path, value) => {
      const broken = structuredClone(payload)
      put(broken, path, value)
      expect(() => inbound(broken)).not.toThrow()
    }),
    { numRuns: 2000 },
  )
})

/** Replaces whatever stands at a place: at each step the key of that number. */
function put(within: unknown, [first = 0, ...rest]: number[], value: unknown): void {
  if (typeof within !== 'object' || within === null) return
  const entries = Object.entries(within)
  const [key, inner] = entries[first % Math.max(1, entries.length)] ?? ['extra', undefined]
  if (rest.length > 0 && typeof inner === 'object' && inner !== null) put(inner, rest, value)
  else Object.assign(within, { [key]: value })
}
