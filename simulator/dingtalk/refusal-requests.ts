import type { Fields } from '../request-body.ts'
import { textOf } from '../request-body.ts'
import type { RefusalName } from './refusals.ts'
import { aTemplate } from './test-template.ts'
import { anApp, cardTo, cardValues, corpId, standingClock } from './test-tenant.ts'
import type { Overrides, Tenant } from './test-tenant.ts'
import {
  aGroup,
  bridgeCodeOf,
  bySession,
  codeOf,
  configured,
  createTodo,
  errcodeOf,
  loginCode,
  me,
  notice,
  oldWithToken,
  openStream,
  range,
  sessionOf,
  settings,
  ticketOf,
  toGroup,
  toPeople,
  updateCard,
  userToken,
  webCode,
  whoHas,
  withToken,
} from './test-requests.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const ticketsPath = '/v1.0/oauth2/jsapiTickets'

/** The request that provokes a refusal, after whatever must have happened before. Answers the code that came back. */
type Provoke = (tenant: Tenant) => Promise<unknown>
type Case = Provoke | { with: Overrides; provoke: Provoke }

const anotherApp = anApp()
const twoApps = { with: { dingtalk: { apps: [anApp(), anotherApp] } } }
/** A machine that has much to do may take longer than a second for twenty calls. */
const inOneSecond = () => ({ with: { simulator: { clock: standingClock() } } })
const contacts = (tenant: Tenant, path: string, body: Fields = {}) => errcodeOf(tenant.oldCall(`/topapi/${path}`, body))
const card = (tenant: Tenant, more: Fields) => codeOf(tenant.createCard('xiaoli', more))
const todo = async (tenant: Tenant) => textOf((await createTodo(tenant)).body['id'])
const todoPath = (tenant: Tenant, id: string) => `/v1.0/todo/users/${tenant.idsOf('xiaoli').unionId}/tasks/${id}`
const executorStatus = async (tenant: Tenant, executorStatusList: unknown) =>
  codeOf(tenant.call('PUT', `${todoPath(tenant, await todo(tenant))}/executorStatus`, { executorStatusList }))

/**
 * For each refusal the request that provokes it. The test walks through all of them, so a refusal without a request does
 * not compile, and a check that is taken out fails.
 */
export const refusalRequests: Record<RefusalName, Case> = {
  // The gateway, new and old
  body_not_json: (tenant) => codeOf(tenant.call('POST', ticketsPath, '{"a":')),
  path_unknown: (tenant) => codeOf(tenant.call('GET', '/v1.0/no/such/path')),
  token_missing: (tenant) => codeOf(tenant.fetched('POST', ticketsPath)),
  token_unknown: (tenant) => codeOf(withToken(tenant, 'x')),
  token_expired: async (tenant) => {
    const token = await tenant.token()
    tenant.clock.advance(2 * HOUR_MS)
    return codeOf(withToken(tenant, token))
  },
  ip_not_allowed: async (tenant) => {
    await settings(tenant, { allowedIps: ['203.0.113.9'] })
    return codeOf(tenant.call('POST', ticketsPath))
  },
  scope_missing: async (tenant) => {
    await settings(tenant, { scopes: ['Card.Instance.Write'] })
    return codeOf(tenant.sendText('xiaoli', 'hello'))
  },
  rate_exceeded: {
    ...inOneSecond(),
    provoke: async (tenant) => {
      const token = await tenant.token()
      for (const _ of range(20)) await withToken(tenant, token)
      return codeOf(withToken(tenant, token))
    },
  },
  quota_used_up: async (tenant) => {
    await settings(tenant, { callsPerMonth: 1 })
    await tenant.sendText('xiaoli', 'hello')
    return codeOf(tenant.sendText('xiaoli', 'hello'))
  },
  old_path_unknown: (tenant) => contacts(tenant, 'no/such/path'),
  old_body_not_json: (tenant) => errcodeOf(tenant.oldCall('/topapi/v2/user/get', '{"a":')),
  old_token_missing: (tenant) => errcodeOf(tenant.fetched('POST', '/topapi/v2/user/get')),
  old_token_unknown: (tenant) => errcodeOf(oldWithToken(tenant, 'x')),
  old_token_expired: async (tenant) => {
    const token = await tenant.token()
    tenant.clock.advance(2 * HOUR_MS)
    return errcodeOf(oldWithToken(tenant, token))
  },
  old_ip_not_allowed: async (tenant) => {
    await settings(tenant, { allowedIps: ['203.0.113.9'] })
    return contacts(tenant, 'v2/department/listsub')
  },
  old_scope_missing: async (tenant) => {
    await settings(tenant, { scopes: [] })
    return contacts(tenant, 'v2/department/listsub')
  },
  old_rate_exceeded: {
    ...inOneSecond(),
    provoke: async (tenant) => {
      for (const _ of range(20)) await contacts(tenant, 'v2/department/listsub')
      return contacts(tenant, 'v2/department/listsub')
    },
  },
  old_quota_used_up: async (tenant) => {
    await settings(tenant, { callsPerMonth: 1 })
    await notice(tenant)
    return errcodeOf(notice(tenant))
  },

  // Tokens
  app_unknown: (tenant) => codeOf(tenant.fetched('POST', '/v1.0/oauth2/accessToken', { appKey: 'x', appSecret: 'x' })),
  app_secret_wrong: (tenant) =>
    codeOf(tenant.fetched('POST', '/v1.0/oauth2/accessToken', { appKey: tenant.app.clientId, appSecret: 'x' })),
  corp_unknown: (tenant) => codeOf(tenant.fetched('POST', '/v1.0/oauth2/ding-other/token', {})),
  corp_grant_unsupported: (tenant) => codeOf(tenant.fetched('POST', `/v1.0/oauth2/${corpId}/token`, {})),
  corp_secret_wrong: (tenant) => {
    const given = { grant_type: 'client_credentials', client_id: tenant.app.clientId, client_secret: 'x' }
    return codeOf(tenant.fetched('POST', `/v1.0/oauth2/${corpId}/token`, given))
  },
  old_app_unknown: (tenant) => errcodeOf(tenant.fetched('GET', '/gettoken?appkey=x&appsecret=x')),
  old_app_secret_wrong: (tenant) =>
    errcodeOf(tenant.fetched('GET', `/gettoken?appkey=${tenant.app.clientId}&appsecret=x`)),

  // Sign-in
  auth_code_missing: (tenant) => errcodeOf(whoHas(tenant, '')),
  auth_code_unknown: (tenant) => errcodeOf(whoHas(tenant, 'x')),
  auth_code_of_web: async (tenant) => errcodeOf(whoHas(tenant, await webCode(tenant))),
  auth_code_of_another_app: {
    ...twoApps,
    provoke: async (tenant) => errcodeOf(whoHas(tenant, await loginCode(tenant), anotherApp)),
  },
  auth_code_used: async (tenant) => {
    const code = await loginCode(tenant)
    await whoHas(tenant, code)
    return errcodeOf(whoHas(tenant, code))
  },
  auth_code_expired: async (tenant) => {
    const code = await loginCode(tenant)
    tenant.clock.advance(5 * MINUTE_MS)
    return errcodeOf(whoHas(tenant, code))
  },
  auth_user_may_not_use_app: async (tenant) => {
    await settings(tenant, { available: ['wangjie'] })
    return errcodeOf(whoHas(tenant, await loginCode(tenant)))
  },
  web_grant_unsupported: (tenant) => codeOf(userToken(tenant, { grantType: 'password' })),
  web_secret_wrong: (tenant) => codeOf(userToken(tenant, { clientSecret: 'x' })),
  web_code_unknown: (tenant) => codeOf(userToken(tenant, { code: 'x' })),
  web_code_of_client: async (tenant) => codeOf(userToken(tenant, { code: await loginCode(tenant) })),
  web_code_of_another_app: {
    ...twoApps,
    provoke: async (tenant) => codeOf(userToken(tenant, { code: await webCode(tenant, anotherApp) })),
  },
  web_code_used: async (tenant) => {
    const code = await webCode(tenant)
    await userToken(tenant, { code })
    return codeOf(userToken(tenant, { code }))
  },
  web_code_expired: async (tenant) => {
    const code = await webCode(tenant)
    tenant.clock.advance(5 * MINUTE_MS)
    return codeOf(userToken(tenant, { code }))
  },
  web_user_may_not_use_app: async (tenant) => {
    await settings(tenant, { available: ['wangjie'] })
    return codeOf(userToken(tenant, { code: await webCode(tenant) }))
  },
  me_token_unknown: (tenant) => codeOf(me(tenant, 'x')),
  me_token_expired: async (tenant) => {
    const { accessToken } = (await userToken(tenant, { code: await webCode(tenant) })).body
    tenant.clock.advance(2 * HOUR_MS)
    return codeOf(me(tenant, textOf(accessToken)))
  },
  me_not_me: async (tenant) => {
    const { accessToken } = (await userToken(tenant, { code: await webCode(tenant) })).body
    return codeOf(me(tenant, textOf(accessToken), tenant.idsOf('wangjie').unionId))
  },

  // Robot messages
  robot_code_wrong: (tenant) => codeOf(toPeople(tenant, { robotCode: 'ding-other' })),
  user_ids_missing: (tenant) => codeOf(toPeople(tenant, { userIds: [] })),
  too_many_people: (tenant) => codeOf(toPeople(tenant, { userIds: range(21).map(String) })),
  msg_key_unknown: (tenant) => codeOf(toPeople(tenant, { msgKey: 'sampleHologram' })),
  msg_param_not_text: (tenant) => codeOf(toPeople(tenant, { msgParam: { content: 'hello' } })),
  msg_param_not_json: (tenant) => codeOf(toPeople(tenant, { msgParam: 'hello' })),
  msg_param_incomplete: (tenant) => codeOf(toPeople(tenant, { msgKey: 'sampleMarkdown', msgParam: '{"title":"t"}' })),
  msg_param_too_long: (tenant) =>
    codeOf(toPeople(tenant, { msgParam: JSON.stringify({ content: 'x'.repeat(15_000) }) })),
  robot_not_in_group: async (tenant) => codeOf(toGroup(tenant, await aGroup(tenant, ['xiaoli'], false))),
  sent_too_fast: async (tenant) => {
    const group = await aGroup(tenant)
    for (const at of range(20)) {
      // Twenty a second of one api is another refusal.
      if (at === 10) tenant.clock.advance(1000)
      await toGroup(tenant, group)
    }
    return codeOf(toGroup(tenant, group))
  },
  session_unknown: (tenant) => errcodeOf(bySession(tenant, '?session=x', {})),
  session_expired: async (tenant) => {
    const search = await sessionOf(tenant)
    tenant.clock.advance(90 * MINUTE_MS)
    return errcodeOf(bySession(tenant, search, { msgtype: 'text', text: { content: 'hello' } }))
  },
  session_message_malformed: async (tenant) =>
    errcodeOf(bySession(tenant, await sessionOf(tenant), { msgtype: 'text', text: {} })),
  session_message_too_long: async (tenant) =>
    errcodeOf(bySession(tenant, await sessionOf(tenant), { msgtype: 'text', text: { content: 'x'.repeat(20_000) } })),

  // Work notifications
  notice_agent_wrong: (tenant) => errcodeOf(notice(tenant, { agent_id: 1 })),
  notice_to_nobody: (tenant) => errcodeOf(notice(tenant, { userid_list: '' })),
  notice_too_many: (tenant) => errcodeOf(notice(tenant, { userid_list: range(101).join(',') })),
  notice_too_long: (tenant) =>
    errcodeOf(notice(tenant, { msg: { msgtype: 'text', text: { content: 'x'.repeat(2048) } } })),
  notice_malformed: (tenant) => errcodeOf(notice(tenant, { msg: { msgtype: 'hologram' } })),
  notice_task_unknown: (tenant) =>
    contacts(tenant, 'message/corpconversation/getsendresult', { agent_id: tenant.app.agentId, task_id: 9 }),

  // Cards
  card_template_missing: (tenant) => card(tenant, { cardTemplateId: '' }),
  card_track_missing: (tenant) => card(tenant, { outTrackId: '' }),
  card_data_missing: (tenant) => card(tenant, { cardData: {} }),
  card_template_unknown: (tenant) => card(tenant, { cardTemplateId: 'other.schema' }),
  card_template_unpublished: {
    with: { dingtalk: { templates: [aTemplate('draft.schema')] } },
    provoke: async (tenant) => {
      await settings(tenant, { unpublished: ['draft.schema'] })
      return card(tenant, { cardTemplateId: 'draft.schema' })
    },
  },
  card_exists: async (tenant) => {
    await tenant.createCard('xiaoli')
    return card(tenant, {})
  },
  card_value_not_text: (tenant) => card(tenant, { cardData: { cardParamMap: { ...cardValues, isOpen: true } } }),
  card_value_not_shaped: (tenant) => card(tenant, { cardData: { cardParamMap: { ...cardValues, isOpen: 'yes' } } }),
  card_private_not_text: (tenant) => {
    const privateData = { [tenant.idsOf('xiaoli').userId]: { cardParamMap: { remark: 1 } } }
    return card(tenant, { privateData })
  },
  card_private_too_long: (tenant) => {
    const privateData = { [tenant.idsOf('xiaoli').userId]: { cardParamMap: { remark: 'x'.repeat(1025) } } }
    return card(tenant, { privateData })
  },
  card_private_of_stranger: (tenant) => card(tenant, { privateData: { stranger: { cardParamMap: {} } } }),
  card_user_id_type_wrong: (tenant) => card(tenant, { userIdType: 3 }),
  card_callback_type_wrong: (tenant) => card(tenant, { callbackType: 'HTTP' }),
  card_space_malformed: (tenant) => card(tenant, { openSpaceId: tenant.idsOf('xiaoli').userId }),
  card_space_model_missing: (tenant) => card(tenant, { imRobotOpenSpaceModel: undefined }),
  card_deliver_model_missing: (tenant) => card(tenant, { imRobotOpenDeliverModel: { robotCode: tenant.app.clientId } }),
  card_robot_wrong: (tenant) => card(tenant, { imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: 'x' } }),
  card_user_unknown: (tenant) =>
    codeOf(tenant.call('POST', '/v1.0/card/instances/createAndDeliver', cardTo(tenant.app, 'stranger'))),
  update_of_unknown_card: (tenant) => codeOf(updateCard(tenant, {})),
  update_of_foreign_card: {
    ...twoApps,
    provoke: async (tenant) => {
      await tenant.createCard('xiaoli')
      return codeOf(updateCard(tenant, {}, {}, anotherApp))
    },
  },
  update_value_not_text: async (tenant) => {
    await tenant.createCard('xiaoli')
    return codeOf(updateCard(tenant, { status: 3 }))
  },
  update_value_not_shaped: async (tenant) => {
    await tenant.createCard('xiaoli')
    return codeOf(updateCard(tenant, { rows: '{}' }))
  },
  update_private_wrong: async (tenant) => {
    await tenant.createCard('xiaoli')
    return codeOf(updateCard(tenant, {}, { privateData: { stranger: { cardParamMap: {} } } }))
  },

  // Contacts
  department_id_missing: (tenant) => contacts(tenant, 'user/listid'),
  department_unknown: (tenant) => contacts(tenant, 'user/listid', { dept_id: 7 }),
  page_size_wrong: (tenant) => contacts(tenant, 'v2/user/list', { dept_id: 1, cursor: 0, size: 101 }),
  cursor_wrong: (tenant) => contacts(tenant, 'v2/user/list', { dept_id: 1, size: 100 }),
  user_unknown: (tenant) => contacts(tenant, 'v2/user/get', { userid: 'stranger' }),
  user_out_of_scope: async (tenant) => {
    await settings(tenant, { available: ['wangjie'] })
    return contacts(tenant, 'v2/user/get', { userid: tenant.idsOf('xiaoli').userId })
  },
  mobile_unknown: (tenant) => contacts(tenant, 'v2/user/getbymobile', { mobile: '19900000000' }),
  union_id_unknown: (tenant) => contacts(tenant, 'user/getbyunionid', { unionid: tenant.idsOf('xiaoli').userId }),

  // To-do
  todo_union_id_unknown: (tenant) =>
    codeOf(tenant.call('POST', `/v1.0/todo/users/${tenant.idsOf('xiaoli').userId}/tasks`, {})),
  todo_operator_unknown: (tenant) => codeOf(createTodo(tenant, {}, 'xiaoli', '?operatorId=stranger')),
  todo_subject_missing: (tenant) => codeOf(createTodo(tenant, { subject: '' })),
  todo_executor_unknown: (tenant) => codeOf(createTodo(tenant, { executorIds: [tenant.idsOf('xiaoli').userId] })),
  todo_too_many_executors: (tenant) => codeOf(createTodo(tenant, { executorIds: range(101).map(String) })),
  todo_detail_url_missing: (tenant) => codeOf(createTodo(tenant, { detailUrl: { appUrl: 'https://app.example/' } })),
  todo_priority_wrong: (tenant) => codeOf(createTodo(tenant, { priority: 1 })),
  todo_source_used: async (tenant) => {
    await createTodo(tenant, { sourceId: 's' })
    return codeOf(createTodo(tenant, { sourceId: 's' }))
  },
  todo_unknown: (tenant) => codeOf(tenant.call('PUT', todoPath(tenant, 'x'), { done: true })),
  todo_status_malformed: (tenant) => executorStatus(tenant, []),
  todo_not_executor: (tenant) => executorStatus(tenant, [{ id: tenant.idsOf('wangjie').unionId, isDone: true }]),

  // Stream
  connection_secret_wrong: (tenant) => codeOf(openStream(tenant, { clientSecret: 'x' })),
  subscriptions_malformed: (tenant) => codeOf(openStream(tenant, { subscriptions: [{ type: 'EVENTS', topic: '*' }] })),

  // The client's JSAPI
  jsapi_agent_unknown: (tenant) => bridgeCodeOf(configured(tenant, { more: { agentId: '1' } })),
  jsapi_corp_wrong: (tenant) => bridgeCodeOf(configured(tenant, { more: { corpId: 'ding-other' } })),
  jsapi_signature_wrong: (tenant) => bridgeCodeOf(configured(tenant, { signedUrl: 'http://elsewhere.example/' })),
  jsapi_ticket_expired: async (tenant) => {
    const ticket = await ticketOf(tenant)
    tenant.clock.advance(2 * HOUR_MS)
    return bridgeCodeOf(configured(tenant, { ticket }))
  },
  jsapi_not_listed: async (tenant) => {
    await configured(tenant, { more: { jsApiList: ['biz.contact.choose'] } })
    return bridgeCodeOf(tenant.phone('xiaoli', 'biz.contact.complexPicker', {}))
  },
  jsapi_corp_of_code_wrong: (tenant) =>
    bridgeCodeOf(tenant.phone('xiaoli', 'runtime.permission.requestAuthCode', { corpId: 'ding-other' })),
}
