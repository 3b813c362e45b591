import { expect, test } from 'vitest'
import { platforms } from '#contract/modules/org'
import { type PlatformAppView, platformSetups } from '#contract/modules/connections'
import { connectionStates, isSettling, standingOf } from './connection-states.ts'
import { entryFor, sentOf } from './setup-form.ts'

const app: PlatformAppView = {
  id: '0193b7c0-0000-7000-8000-000000000001',
  platform: 'wecom',
  name: '公司企微',
  isOn: true,
  settings: { corpId: 'ww1', agentId: '1000002' },
  kept: ['secret'],
  missing: [],
  version: 3,
  changedAt: '2026-11-20T02:00:00.000Z',
  state: null,
}

test('a form begins with what is stored, and its secrets empty', () => {
  expect(entryFor('wecom', app)).toMatchObject({
    name: '公司企微',
    values: { corpId: 'ww1', secret: '', callbackKey: '' },
  })
  expect(entryFor('feishu').values['receive']).toBe('long_connection')
})

test('a secret that was left empty is not sent, so that it stays; one that was typed is, without the blanks around it', () => {
  const entry = entryFor('wecom', app)
  entry.values['callbackToken'] = ' Token1 '
  expect(sentOf('wecom', entry)).toEqual({
    settings: { corpId: 'ww1', agentId: '1000002' },
    secrets: { callbackToken: 'Token1' },
  })
})

test('an app that does not run yet as it is stored says that it takes effect, then how it is connected', () => {
  const state = { version: 2, connection: 'lost' } as PlatformAppView['state'] // the rest is not looked at
  const standings = (changes: Partial<PlatformAppView>) => standingOf({ ...app, ...changes })
  expect([standings({}), standings({ state }), standings({ version: 2, state })]).toEqual([
    'settling',
    'settling',
    'lost',
  ])
  expect(standings({ isOn: false, state })).toBe('off')
  expect([isSettling({ ...app, isOn: false, state }), isSettling({ ...app, isOn: false })]).toEqual([true, false])
  expect(connectionStates.elsewhere.colour).toBe('green')
})

test.each(platforms)(
  'everything that %s asks for is said in both languages, and what is copied needs only the address',
  (platform) => {
    const { fields, steps, tenantKey, appKeys } = platformSetups[platform]
    expect(fields.map(({ key }) => key)).toEqual(expect.arrayContaining([tenantKey, ...appKeys]))
    for (const { title, words, copies } of steps) {
      expect(title.en && words.en).toBeTruthy()
      for (const { value } of copies) expect(value.replace(/\{(url|host|app)\}/g, '')).not.toMatch(/[{}]/)
    }
  },
)
