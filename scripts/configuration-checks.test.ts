import { describe, expect, test } from 'vitest'
import { assertSafeForProduction, assertSomebodyCanSignIn, isDemo } from './configuration-checks.ts'
import { demoFeishu, useSimulator } from './demo-simulator.ts'

const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://yidan.test',
  FEISHU_APP_ID: 'cli_0123456789abcdef',
  FEISHU_APP_SECRET: 'Qx7vT2mK9pLw4RzN',
  FEISHU_ENCRYPT_KEY: 'b8JdYs3HfUa6GcWe',
  FEISHU_VERIFICATION_TOKEN: 'Zn5rVt1XoPq0MkLi',
  FEISHU_TENANT_KEY: '1a2b3c4d',
}
const mistakesOf = (env: Record<string, string | undefined>): string[] => {
  try {
    assertSafeForProduction(env)
    return []
  } catch (error) {
    return String(error)
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
  }
}

test('a configuration that is complete may go into production', () => {
  expect(mistakesOf(production)).toEqual([])
})

describe('production is refused', () => {
  test.each([
    [
      'with a second platform half configured',
      { DINGTALK_CLIENT_ID: 'ding0123456789ab', DINGTALK_CORP_ID: 'ding42' },
      'DINGTALK_CLIENT_SECRET is missing',
    ],
    [
      'without the company',
      { FEISHU_TENANT_KEY: '' },
      'FEISHU_TENANT_KEY is missing: people of any company could sign in',
    ],
    ['without its own address', { PUBLIC_URL: '' }, 'PUBLIC_URL is missing: links on cards would lead nowhere'],
    ['without a secret', { FEISHU_APP_SECRET: undefined }, 'FEISHU_APP_SECRET is missing'],
    ['with an empty secret', { FEISHU_ENCRYPT_KEY: '' }, 'FEISHU_ENCRYPT_KEY is missing'],
    [
      'with a short secret',
      { FEISHU_VERIFICATION_TOKEN: 'Zn5rVt1XoPq0MkL' },
      'FEISHU_VERIFICATION_TOKEN is shorter than 16 characters',
    ],
    [
      'with one character for a secret',
      { FEISHU_ENCRYPT_KEY: 'a'.repeat(32) },
      'FEISHU_ENCRYPT_KEY is an example, not a secret',
    ],
    [
      'with an example for a secret',
      { FEISHU_APP_SECRET: 'changeme-changeme' },
      'FEISHU_APP_SECRET is an example, not a secret',
    ],
    [
      "with the demo's secrets",
      { FEISHU_APP_SECRET: demoFeishu.FEISHU_APP_SECRET },
      'FEISHU_APP_SECRET is an example, not a secret',
    ],
    ['with an address in the clear', { PUBLIC_URL: 'http://yidan.test' }, 'PUBLIC_URL does not begin with https://'],
    [
      'with a platform in the clear',
      { FEISHU_BASE_URL: 'http://127.0.0.1:3001' },
      'FEISHU_BASE_URL does not begin with https://',
    ],
    [
      'with a platform in the clear on which only stored apps are',
      { WECOM_BASE_URL: 'http://127.0.0.1:3001' },
      'WECOM_BASE_URL does not begin with https://',
    ],
    [
      'with a log for finding faults',
      { LOG_LEVEL: 'debug' },
      'LOG_LEVEL is debug: it would write down more than anybody should read',
    ],
  ])('%s', (_, changes, mistake) => {
    expect(mistakesOf({ ...production, ...changes })).toEqual([mistake])
  })

  test('with every mistake said at once', () => {
    expect(mistakesOf({ NODE_ENV: 'production', LOG_LEVEL: 'debug' })).toHaveLength(2)
    expect(mistakesOf({ NODE_ENV: 'production', FEISHU_APP_ID: 'cli_0123456789abcdef' })).toHaveLength(5)
  })

  test('when it is pointed at the simulator', () => {
    const env: Record<string, string | undefined> = { ...production }
    useSimulator(env, 'http://127.0.0.1:3001')
    expect(mistakesOf(env).length).toBeGreaterThan(4)
  })
})

test('a platform may be set up in the environment or on the setup pages, but in production there is one', () => {
  const { FEISHU_APP_ID: _, ...environment } = production
  expect(mistakesOf(environment)).toEqual([])
  expect(() => assertSomebodyCanSignIn(environment, 0)).toThrow('nobody could sign in')
  expect(() => assertSomebodyCanSignIn(environment, 1)).not.toThrow()
  expect(() => assertSomebodyCanSignIn({}, 0)).not.toThrow()
})

describe('the demo', () => {
  test('is never in production', () => {
    expect(isDemo({ NODE_ENV: 'production' })).toBe(false)
  })

  test('is there where nothing is configured, and gone with a real platform', () => {
    expect(isDemo({})).toBe(true)
    expect(isDemo({ NODE_ENV: 'development' })).toBe(true)
    expect(isDemo({ FEISHU_APP_ID: production.FEISHU_APP_ID })).toBe(false)
  })

  test('needs none of it', () => {
    expect(mistakesOf({})).toEqual([])
    expect(mistakesOf({ NODE_ENV: 'development', PUBLIC_URL: 'http://127.0.0.1:3000' })).toEqual([])
  })
})
