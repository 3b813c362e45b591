import { createHash } from 'node:crypto'

import { isFields, textOf } from '../request-body.ts'
import type { RefusalName } from './refusals.ts'
import { aCallbackServer, aCard, anApp, cardMessage, decrypted, textMessage } from './test-tenant.ts'
import type { Overrides, Tenant } from './test-tenant.ts'

import {
  askForConnection,
  browserCode,
  byToken,
  click,
  clicked,
  codeOf,
  configured,
  connected,
  createTask,
  errnoOf,
  exchange,
  idsByContact,
  infoPath,
  loginCode,
  longCard,
  oldCard,
  patchTask,
  range,
  redirectUri,
  settings,
  taskOf,
  toChat,
  update,
  userInfo,
  withToken,
} from './test-requests.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const sendPath = '/open-apis/im/v1/messages?receive_id_type=open_id'
const tokenPath = '/open-apis/auth/v3/tenant_access_token/internal'
const childrenPath = '/open-apis/contact/v3/departments/0/children'

/** The request that provokes a refusal, after whatever must have happened before. Answers the code that came back. */
type Provoke = (tenant: Tenant) => Promise<unknown>
type Case = Provoke | { with: Overrides; provoke: Provoke }

const anotherApp = anApp()
const twoApps = { with: { feishu: { apps: [anApp(), anotherApp] } } }

/**
 * For each refusal the request that provokes it. The test walks through all of them, so a refusal without a request does
 * not compile, and a check that is taken out fails.
 */
export const refusalRequests: Record<RefusalName, Case> = {
  // The gateway
  body_not_json: (tenant) => codeOf(tenant.fetched('POST', tokenPath, '{"app_id":')),
  path_unknown: (tenant) => codeOf(tenant.call('GET', '/open-apis/no/such/path')),
  ip_not_allowed: async (tenant) => {
    await settings(tenant, { allowedIps: ['203.0.113.9'] })
    return codeOf(tenant.call('GET', infoPath))
  },
  quota_used_up: async (tenant) => {
    await settings(tenant, { quotaLeft: 1 })
    return codeOf(tenant.call('GET', infoPath))
  },
  second_rate_exceeded: async (tenant) => {
    const token = await tenant.token()
    const answers = await Promise.all(range(51).map(() => withToken(tenant, token)))
    return answers.find((code) => code !== 0)
  },
  minute_rate_exceeded: async (tenant) => {
    const token = await tenant.token()
    for (const _ of range(20)) {
      await Promise.all(range(50).map(() => withToken(tenant, token)))
      tenant.clock.advance(1001)
    }
    return withToken(tenant, token)
  },
  scope_missing: async (tenant) => {
    await settings(tenant, { scopes: ['contact:user.base:readonly'] })
    return codeOf(tenant.send('xiaoli', textMessage('hello')))
  },

  // Tokens
  app_fields_missing: (tenant) => codeOf(tenant.fetched('POST', tokenPath, { app_id: tenant.app.appId })),
  app_unknown: (tenant) => codeOf(tenant.fetched('POST', tokenPath, { app_id: 'cli_0', app_secret: 'x' })),
  app_secret_wrong: (tenant) =>
    codeOf(tenant.fetched('POST', tokenPath, { app_id: tenant.app.appId, app_secret: 'x' })),
  token_missing: (tenant) => codeOf(tenant.fetched('GET', infoPath)),
  app_token_invalid: (tenant) => withToken(tenant, 'a-1234'),
  tenant_token_wrong_prefix: (tenant) => withToken(tenant, 'u-1234'),
  tenant_token_unknown: (tenant) => withToken(tenant, 't-1234'),
  tenant_token_expired: async (tenant) => {
    const token = await tenant.token()
    tenant.clock.advance(7200_000)
    return withToken(tenant, token)
  },
  user_token_wrong_prefix: (tenant) => userInfo(tenant, 't-1234'),
  user_token_unknown: (tenant) => userInfo(tenant, 'u-1234'),
  user_token_expired: async (tenant) => {
    const answer = await exchange(tenant, { code: await loginCode(tenant) })
    tenant.clock.advance(7200_000)
    return userInfo(tenant, textOf(answer['access_token']))
  },

  // Sign-in
  grant_type_unsupported: async (tenant) => (await exchange(tenant, { grant_type: 'password' }))['code'],
  login_secret_wrong: async (tenant) => (await exchange(tenant, { client_secret: 'x' }))['code'],
  code_unknown: async (tenant) => (await exchange(tenant, { code: 'x' }))['code'],
  code_of_another_client: {
    ...twoApps,
    provoke: async (tenant) => {
      const code = await loginCode(tenant)
      return (await exchange(tenant, { code, client_id: anotherApp.appId, client_secret: anotherApp.appSecret }))[
        'code'
      ]
    },
  },
  code_used: async (tenant) => {
    const code = await loginCode(tenant)
    await exchange(tenant, { code })
    return (await exchange(tenant, { code }))['code']
  },
  code_expired: async (tenant) => {
    const code = await loginCode(tenant)
    tenant.clock.advance(3 * MINUTE_MS)
    return (await exchange(tenant, { code }))['code']
  },
  redirect_uri_mismatch: async (tenant) => {
    const code = await browserCode(tenant, {})
    return (await exchange(tenant, { code, redirect_uri: 'http://elsewhere.example/' }))['code']
  },
  code_verifier_wrong: async (tenant) => {
    const challenge = createHash('sha256').update('right').digest('base64url')
    const code = await browserCode(tenant, { code_challenge: challenge })
    return (await exchange(tenant, { code, redirect_uri: redirectUri, code_verifier: 'wrong' }))['code']
  },
  user_may_not_use_app: async (tenant) => {
    const code = await loginCode(tenant)
    await settings(tenant, { available: ['wangjie'] })
    return (await exchange(tenant, { code }))['code']
  },

  // Sending
  bot_off: async (tenant) => {
    await settings(tenant, { botEnabled: false })
    return codeOf(tenant.send('xiaoli', textMessage('hello')))
  },
  receive_id_type_unknown: (tenant) =>
    codeOf(tenant.call('POST', '/open-apis/im/v1/messages?receive_id_type=phone', {})),
  receive_id_missing: (tenant) => codeOf(tenant.call('POST', sendPath, textMessage('hello'))),
  msg_type_unknown: (tenant) => codeOf(tenant.send('xiaoli', { ...textMessage('hello'), msg_type: 'hologram' })),
  content_not_text: (tenant) => codeOf(tenant.send('xiaoli', { msg_type: 'text', content: { text: 'hello' } })),
  content_not_json: (tenant) => codeOf(tenant.send('xiaoli', { msg_type: 'text', content: 'hello' })),
  text_missing: (tenant) => codeOf(tenant.send('xiaoli', textMessage('  '))),
  text_too_long: (tenant) => codeOf(tenant.send('xiaoli', textMessage('x'.repeat(150 * 1024)))),
  card_too_long: (tenant) => codeOf(tenant.send('xiaoli', cardMessage(longCard(30 * 1024)))),
  uuid_too_long: (tenant) => codeOf(tenant.send('xiaoli', { ...textMessage('hello'), uuid: 'x'.repeat(51) })),
  receive_id_unknown: (tenant) =>
    codeOf(tenant.call('POST', sendPath, { receive_id: 'ou_0', ...textMessage('hello') })),
  chat_id_unknown: (tenant) => codeOf(toChat(tenant, 'oc_0')),
  bot_not_in_chat: async (tenant) => {
    const group = await tenant.control('POST', '/feishu/chats', { name: 'g', members: ['xiaoli'], withBot: false })
    return codeOf(toChat(tenant, textOf(group['chatId'])))
  },
  person_has_left: async (tenant) => {
    await tenant.control('POST', '/feishu/people/xiaoli/leave')
    return codeOf(tenant.send('xiaoli', textMessage('hello')))
  },
  person_out_of_reach: async (tenant) => {
    await settings(tenant, { available: ['wangjie'] })
    return codeOf(tenant.send('xiaoli', textMessage('hello')))
  },
  person_blocked_bot: async (tenant) => {
    await settings(tenant, { blockedBy: ['xiaoli'] })
    return codeOf(tenant.send('xiaoli', textMessage('hello')))
  },
  person_frequency: async (tenant) => {
    for (const _ of range(5)) await tenant.send('xiaoli', textMessage('hello'))
    return codeOf(tenant.send('xiaoli', textMessage('hello')))
  },
  group_frequency: async (tenant) => {
    const group = await tenant.control('POST', '/feishu/chats', { name: 'g', members: ['xiaoli'], withBot: true })
    for (const _ of range(5)) await toChat(tenant, textOf(group['chatId']))
    return codeOf(toChat(tenant, textOf(group['chatId'])))
  },
  reply_to_unknown: (tenant) =>
    codeOf(tenant.call('POST', '/open-apis/im/v1/messages/om_0/reply', textMessage('hello'))),

  // Cards
  card_malformed: (tenant) => codeOf(tenant.send('xiaoli', cardMessage({ ...aCard(), surprise: true }))),
  update_of_unknown_message: (tenant) => codeOf(update(tenant, 'om_0', aCard())),
  update_of_foreign_message: {
    ...twoApps,
    provoke: async (tenant) => {
      const { messageId } = await tenant.send('xiaoli', cardMessage(aCard()), anotherApp)
      return codeOf(update(tenant, messageId, aCard()))
    },
  },
  update_of_text: async (tenant) => {
    const { messageId } = await tenant.send('xiaoli', textMessage('hello'))
    return codeOf(update(tenant, messageId, aCard()))
  },
  update_content_not_text: async (tenant) => {
    const { messageId } = await tenant.send('xiaoli', cardMessage(aCard()))
    return codeOf(tenant.call('PATCH', `/open-apis/im/v1/messages/${messageId}`, { content: aCard() }))
  },
  update_too_old: async (tenant) => {
    const { messageId } = await tenant.send('xiaoli', cardMessage(aCard()))
    tenant.clock.advance(14 * DAY_MS + 1)
    return codeOf(update(tenant, messageId, aCard()))
  },
  update_too_long: async (tenant) => {
    const { messageId } = await tenant.send('xiaoli', cardMessage(aCard()))
    return codeOf(update(tenant, messageId, longCard(30 * 1024)))
  },
  update_malformed: async (tenant) => {
    const { messageId } = await tenant.send('xiaoli', cardMessage(aCard()))
    return codeOf(update(tenant, messageId, { ...aCard(), surprise: true }))
  },
  update_frequency: async (tenant) => {
    const { messageId } = await tenant.send('xiaoli', cardMessage(aCard()))
    for (const _ of range(5)) await update(tenant, messageId, aCard())
    return codeOf(update(tenant, messageId, aCard()))
  },
  update_to_old_schema: async (tenant) => {
    const { messageId } = await tenant.send('xiaoli', cardMessage(aCard()))
    return codeOf(update(tenant, messageId, oldCard))
  },
  edit_content_not_text: async (tenant) => {
    const { messageId } = await tenant.send('xiaoli', textMessage('hello'))
    return codeOf(tenant.call('PUT', `/open-apis/im/v1/messages/${messageId}`, { content: { text: 'hello' } }))
  },
  edit_text_missing: async (tenant) => {
    const { messageId } = await tenant.send('xiaoli', textMessage('hello'))
    return codeOf(tenant.call('PUT', `/open-apis/im/v1/messages/${messageId}`, textMessage('')))
  },
  put_of_card: async (tenant) => {
    const { messageId } = await tenant.send('xiaoli', cardMessage(aCard()))
    return codeOf(tenant.call('PUT', `/open-apis/im/v1/messages/${messageId}`, cardMessage(aCard())))
  },

  // The delayed update after a click
  click_token_unknown: (tenant) => codeOf(byToken(tenant, 'c-0', aCard())),
  click_token_before_reply: async (tenant) => {
    const { messageId } = await tenant.send('xiaoli', cardMessage(aCard()))
    let code: unknown
    // The product uses the token of the click before it has answered the click.
    const product = await aCallbackServer(async (request, response) => {
      const event = await decrypted(tenant.app, request)
      const asked = isFields(event['event']) ? event['event'] : {}
      if (!event['challenge']) code = await codeOf(byToken(tenant, textOf(asked['token']), aCard()))
      response.end(JSON.stringify({ challenge: event['challenge'] }))
    })
    await settings(tenant, { cardUrl: product.url })
    await click(tenant, messageId)
    await product.close()
    return code
  },
  click_token_expired: async (tenant) => {
    const token = await clicked(tenant)
    tenant.clock.advance(30 * MINUTE_MS)
    return codeOf(byToken(tenant, token, aCard()))
  },
  click_token_overused: async (tenant) => {
    const token = await clicked(tenant)
    for (const _ of range(2)) await byToken(tenant, token, aCard())
    return codeOf(byToken(tenant, token, aCard()))
  },
  delayed_card_too_long: async (tenant) => codeOf(byToken(tenant, await clicked(tenant), longCard(100 * 1024))),
  delayed_card_malformed: async (tenant) =>
    codeOf(byToken(tenant, await clicked(tenant), { ...aCard(), surprise: true })),
  delayed_to_old_schema: async (tenant) => codeOf(byToken(tenant, await clicked(tenant), oldCard)),

  // Contacts
  page_size_wrong: (tenant) => codeOf(tenant.call('GET', `${childrenPath}?page_size=51`)),
  page_token_wrong: (tenant) => codeOf(tenant.call('GET', `${childrenPath}?page_token=x`)),
  department_out_of_scope: async (tenant) => {
    await settings(tenant, { contactScopeIsAll: false })
    return codeOf(tenant.call('GET', childrenPath))
  },
  department_unknown: (tenant) =>
    codeOf(tenant.call('GET', '/open-apis/contact/v3/users/find_by_department?department_id=od-0')),
  user_out_of_scope: (tenant) => codeOf(tenant.call('GET', '/open-apis/contact/v3/users/ou_0')),
  user_id_type_unknown: (tenant) => codeOf(tenant.call('GET', '/open-apis/contact/v3/users/ou_0?user_id_type=phone')),
  too_many_emails: (tenant) => codeOf(idsByContact(tenant, { emails: range(51).map(String) })),
  too_many_mobiles: (tenant) => codeOf(idsByContact(tenant, { mobiles: range(51).map(String) })),
  too_many_user_ids: (tenant) =>
    codeOf(
      tenant.call(
        'GET',
        `/open-apis/contact/v3/users/batch?${range(51)
          .map((id) => `user_ids=${id}`)
          .join('&')}`,
      ),
    ),

  // Tasks
  task_summary_missing: (tenant) => codeOf(createTask(tenant, { summary: '' })),
  task_summary_too_long: (tenant) => codeOf(createTask(tenant, { summary: 'x'.repeat(3001) })),
  task_description_too_long: (tenant) => codeOf(createTask(tenant, { description: 'x'.repeat(3001) })),
  task_too_many_members: (tenant) =>
    codeOf(createTask(tenant, { members: range(51).map((at) => ({ id: `ou_${at}`, role: 'assignee' })) })),
  task_role_unknown: (tenant) =>
    codeOf(createTask(tenant, { members: [{ id: tenant.idsOf('xiaoli').openId, role: 'owner' }] })),
  task_member_unknown: (tenant) => codeOf(createTask(tenant, { members: [{ id: 'ou_stranger', role: 'assignee' }] })),
  task_origin_url_wrong: (tenant) => codeOf(createTask(tenant, { origin: { href: { url: '/approvals/1' } } })),
  task_client_token_length: (tenant) => codeOf(createTask(tenant, { client_token: 'short' })),
  task_frequency: async (tenant) => {
    for (const _ of range(10)) await createTask(tenant)
    return codeOf(createTask(tenant))
  },
  task_unknown: (tenant) => codeOf(patchTask(tenant, 'no-such-task')),
  task_of_another_app: {
    ...twoApps,
    provoke: async (tenant) => codeOf(patchTask(tenant, await taskOf(tenant), {}, anotherApp)),
  },
  task_update_fields_missing: async (tenant) => codeOf(patchTask(tenant, await taskOf(tenant), { update_fields: [] })),
  task_update_field_unknown: async (tenant) =>
    codeOf(patchTask(tenant, await taskOf(tenant), { update_fields: ['members'] })),
  task_already_completed: async (tenant) => {
    const guid = await taskOf(tenant)
    await patchTask(tenant, guid)
    return codeOf(patchTask(tenant, guid))
  },

  // The long connection
  connection_secret_wrong: (tenant) =>
    codeOf(tenant.fetched('POST', '/callback/ws/endpoint', { AppID: tenant.app.appId, AppSecret: 'x' })),
  connections_exhausted: async (tenant) => {
    await Promise.all(range(50).map(() => connected(tenant)))
    // The limit of calls per second is another refusal.
    tenant.clock.advance(1000)
    return codeOf(askForConnection(tenant))
  },

  // The client's JSAPI
  jsapi_untrusted_origin: async (tenant) => {
    await settings(tenant, { trustedOrigins: ['https://erp.example.com'] })
    return errnoOf(configured(tenant))
  },
  jsapi_ticket_of_another_app: {
    ...twoApps,
    provoke: (tenant) => errnoOf(configured(tenant, { signedBy: anotherApp })),
  },
  jsapi_signature_wrong: (tenant) => errnoOf(configured(tenant, { signedUrl: 'http://elsewhere.example/' })),
  jsapi_signature_expired: (tenant) => errnoOf(configured(tenant, { ageMs: 11 * MINUTE_MS })),
  jsapi_signature_used: async (tenant) => {
    await configured(tenant)
    return errnoOf(configured(tenant))
  },
  shared_card_malformed: (tenant) =>
    errnoOf(tenant.phone('xiaoli', 'share', { api: 'sendMessageCard', cardContent: { surprise: true } })),
  jsapi_not_listed: async (tenant) => {
    await configured(tenant, { jsApiList: ['chooseContact'] })
    return errnoOf(tenant.phone('xiaoli', 'ask/scan', { api: 'scanCode' }))
  },
}
