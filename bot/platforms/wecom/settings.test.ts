import { expect, test } from 'vitest'
import { readConfiguration } from '#kernel/config'
import { appIdOf, wecomSettings } from './settings.ts'

const whole = {
  WECOM_CORP_ID: 'ww1234567890abcdef',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'fake-secret-of-the-tests',
  WECOM_CALLBACK_TOKEN: 'fakeTokenOfTheTests',
  WECOM_CALLBACK_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
}
const settingsFrom = (environment: Record<string, string | undefined>) =>
  wecomSettings(readConfiguration(environment), 'https://app.example/')

test('WeCom is off without a company, and on with all of its app', () => {
  expect(settingsFrom({})).toBeUndefined()
  expect(settingsFrom(whole)).toMatchObject({ agentId: '1000002', appUrl: 'https://app.example', bot: undefined })
})

test('apps of two companies are two, though WeCom gave both the same number', () => {
  expect(appIdOf({ corpId: 'ww1', agentId: '1000002' })).not.toBe(appIdOf({ corpId: 'ww2', agentId: '1000002' }))
})

test('the AI bot is on when it has an id', () => {
  const bot = { WECOM_BOT_ID: 'bot-of-the-tests', WECOM_BOT_SECRET: 'fake-secret-of-the-bot' }
  expect(settingsFrom({ ...whole, ...bot })?.bot).toMatchObject({
    id: 'bot-of-the-tests',
    url: expect.stringMatching(/^wss:/),
  })
})

test('what is half-configured does not start, and says what is missing', () => {
  for (const name of Object.keys(whole).filter((one) => one !== 'WECOM_CORP_ID'))
    expect(() => settingsFrom({ ...whole, [name]: undefined })).toThrow(name)
  expect(() => settingsFrom({ ...whole, WECOM_BOT_ID: 'bot-of-the-tests' })).toThrow('WECOM_BOT_SECRET')
})
