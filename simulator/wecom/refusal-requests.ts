import type { RefusalName } from './refusals.ts'
import { anApp, aCard, cardMessage, contactSecret, corpId, textMessage } from './test-company.ts'
import type { Company, Overrides } from './test-company.ts'
import {
  aBotSocket,
  anyCall,
  aResponseCode,
  clickRequest,
  codeOf,
  configured,
  getToken,
  loginCode,
  messageRequest,
  overBot,
  phoneCode,
  sentCard,
  sentWith,
  settings,
  updatedWith,
  userTicket,
  whoHas,
} from './test-requests.ts'

const HOUR_MS = 3_600_000

/** The request that provokes a refusal, after whatever must have happened before. Answers the code that came back. */
type Provoke = (company: Company) => Promise<unknown>
type Case = Provoke | { with: Overrides; provoke: Provoke }

const anotherApp = anApp(1_000_003)
const twoApps = { with: { wecom: { apps: [anApp(), anotherApp] } } }
const noAction = { card_type: 'text_notice', main_title: { title: '通知' }, task_id: 't1' }
const many = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`)

/**
 * For each refusal the request that provokes it. The test walks through all of them, so a refusal without a request does
 * not compile, and a check that is taken out fails.
 */
export const refusalRequests: Record<RefusalName, Case> = {
  // The gateway
  path_unknown: (company) => codeOf(company.call('GET', 'no/such/path')),
  body_not_json: (company) => codeOf(company.call('POST', 'message/send', '{"touser":')),
  ip_not_trusted: async (company) => {
    await settings(company, { trustedIps: ['203.0.113.9'] })
    return anyCall(company)
  },
  rate_exceeded: async (company) => {
    await settings(company, { callsPerMinuteMax: 2 })
    await anyCall(company)
    await anyCall(company)
    return anyCall(company)
  },
  concurrency_exceeded: async (company) => {
    await settings(company, { concurrencyMax: 1 })
    await company.control('POST', '/wecom/faults', { latencyMs: 60_000, path: 'user/get', on: 'api' })
    const slow = anyCall(company)
    const quick = await untilRefused(() => anyCall(company))
    company.clock.advance(60_000)
    await slow
    return quick
  },

  // Tokens
  corp_id_missing: (company) => getToken(company, { corpsecret: company.app.secret }),
  corp_id_wrong: (company) => getToken(company, { corpid: 'ww_other', corpsecret: company.app.secret }),
  secret_missing: (company) => getToken(company, { corpid: corpId }),
  secret_wrong: (company) => getToken(company, { corpid: corpId, corpsecret: 'wrong' }),
  token_missing: (company) => codeOf(company.fetched('GET', '/cgi-bin/user/get?userid=xiaoli')),
  token_unknown: (company) => codeOf(company.fetched('GET', '/cgi-bin/user/get?userid=xiaoli&access_token=x')),
  token_expired: async (company) => {
    const token = await company.tokenOf(company.app.secret)
    company.clock.advance(2 * HOUR_MS)
    return codeOf(company.fetched('GET', `/cgi-bin/user/get?userid=xiaoli&access_token=${token}`))
  },
  api_not_for_this_secret: (company) => codeOf(company.call('POST', 'user/list_id', {})),
  contact_secret_reads_details: (company) =>
    codeOf(company.call('GET', 'user/get?userid=xiaoli', undefined, contactSecret)),
  app_disabled: async (company) => {
    await settings(company, { appEnabled: false })
    return anyCall(company)
  },

  // Sign-in
  login_code_missing: (company) => codeOf(company.call('GET', 'auth/getuserinfo')),
  login_code_unknown: (company) => whoHas(company, 'x'),
  login_code_of_another_app: {
    ...twoApps,
    provoke: async (company) => whoHas(company, await loginCode(company, { agentid: String(anotherApp.agentId) })),
  },
  login_code_used: async (company) => {
    const code = await loginCode(company)
    await whoHas(company, code)
    return whoHas(company, code)
  },
  login_code_expired: async (company) => {
    const code = await loginCode(company)
    company.clock.advance(5 * 60_000)
    return whoHas(company, code)
  },
  user_ticket_unknown: (company) => codeOf(company.call('POST', 'auth/getuserdetail', { user_ticket: 'x' })),
  user_ticket_expired: async (company) => {
    const user_ticket = await userTicket(company)
    company.clock.advance(1800_000)
    return codeOf(company.call('POST', 'auth/getuserdetail', { user_ticket }))
  },

  // Tickets of the JSAPI
  ticket_type_unknown: (company) => codeOf(company.call('GET', 'ticket/get?type=jsapi')),
  ticket_rate_exceeded: async (company) => {
    const codes = await Promise.all(many(101).map(() => codeOf(company.call('GET', 'get_jsapi_ticket'))))
    return codes.find((code) => code !== 0)
  },

  // Sending
  agent_id_not_integer: (company) => sentWith(company, { agentid: String(company.app.agentId) }),
  agent_of_another_token: { ...twoApps, provoke: (company) => sentWith(company, { agentid: anotherApp.agentId }) },
  recipients_not_text: (company) => sentWith(company, { touser: ['xiaoli'] }),
  recipients_missing: (company) => sentWith(company, { touser: '' }),
  too_many_recipients: (company) => sentWith(company, { touser: many(1001).join('|') }),
  too_many_parties: (company) => sentWith(company, { toparty: many(101).join('|') }),
  recipients_all_invalid: (company) => sentWith(company, { touser: 'nobody|stranger' }),
  message_type_unknown: (company) => sentWith(company, { msgtype: 'interactive' }),
  text_empty: (company) => sentWith(company, { text: { content: ' ' } }),
  markdown_empty: (company) => sentWith(company, { msgtype: 'markdown', markdown: {} }),
  text_card_incomplete: (company) => sentWith(company, { msgtype: 'textcard', textcard: { title: '通知' } }),
  duplicate_interval_wrong: (company) =>
    sentWith(company, { enable_duplicate_check: 1, duplicate_check_interval: 14_401 }),
  recall_of_unknown: (company) => codeOf(company.call('POST', 'message/recall', { msgid: 'x' })),
  recall_too_late: async (company) => {
    const { msgid } = await company.send(textMessage('hello'))
    company.clock.advance(24 * HOUR_MS + 1)
    return codeOf(company.call('POST', 'message/recall', { msgid }))
  },

  // Template cards
  card_malformed: (company) => sentCard(company, { card_type: 'approval' }),
  card_without_action: (company) => codeOf(company.send(cardMessage(noAction))),
  card_without_callback: { with: { quiet: true }, provoke: (company) => sentCard(company, {}) },
  task_id_malformed: (company) => sentCard(company, { task_id: '订单 1' }),
  task_id_taken: async (company) => {
    await sentCard(company, { task_id: 't1' })
    return sentCard(company, { task_id: 't1' })
  },

  // Updating them
  update_of_unknown_code: (company) => updatedWith(company, {}, 'x'),
  update_of_another_app: {
    ...twoApps,
    provoke: async (company) => {
      const code = await aResponseCode(company)
      const update = { userids: ['xiaoli'], agentid: anotherApp.agentId, button: { replace_name: '好' } }
      return codeOf(
        company.call('POST', 'message/update_template_card', { ...update, response_code: code }, anotherApp.secret),
      )
    },
  },
  response_code_used: async (company) => {
    const code = await aResponseCode(company)
    await updatedWith(company, {}, code)
    return updatedWith(company, {}, code)
  },
  response_code_expired: async (company) => {
    const code = await aResponseCode(company)
    company.clock.advance(72 * HOUR_MS)
    return updatedWith(company, {}, code)
  },
  update_userids_not_list: (company) => updatedWith(company, { userids: 'xiaoli' }),
  update_without_target: (company) => updatedWith(company, { userids: [] }),
  update_with_too_many: (company) => updatedWith(company, { userids: many(1001) }),
  update_without_content: (company) => updatedWith(company, { button: undefined }),
  update_button_empty: (company) => updatedWith(company, { button: { replace_name: '' } }),
  update_card_malformed: (company) => updatedWith(company, { template_card: aCard({ button_list: [] }) }),
  update_card_without_action: (company) => updatedWith(company, { template_card: noAction }),

  // Contacts
  department_unknown: (company) => codeOf(company.call('GET', 'department/simplelist?id=99')),
  department_out_of_scope: async (company) => {
    await settings(company, { visible: ['xiaoli'] })
    return codeOf(company.call('GET', 'department/simplelist'))
  },
  user_unknown: (company) => codeOf(company.call('GET', 'user/get?userid=stranger')),
  user_out_of_scope: async (company) => {
    await settings(company, { visible: ['wangjie'] })
    return anyCall(company)
  },
  cursor_wrong: (company) => codeOf(company.call('POST', 'user/list_id', { cursor: 'x' }, contactSecret)),
  limit_wrong: (company) => codeOf(company.call('POST', 'user/list_id', { limit: 10_001 }, contactSecret)),

  // The AI bot's long connection
  bot_credential_wrong: async (company) => {
    const socket = await aBotSocket(company, false)
    return socket.ask('aibot_subscribe', { bot_id: 'x', secret: 'x' }).finally(socket.close)
  },
  bot_not_subscribed: async (company) => {
    const socket = await aBotSocket(company, false)
    return socket.ask('aibot_send_msg', {}).finally(socket.close)
  },
  bot_command_unknown: (company) => overBot(company, (bot) => bot.ask('aibot_dance', {})),
  bot_request_unknown: (company) => overBot(company, (bot) => bot.ask('aibot_respond_msg', {})),
  bot_reply_too_late: (company) =>
    overBot(company, async (bot) => {
      const requestId = await clickRequest(company, bot)
      company.clock.advance(5001)
      return bot.ask('aibot_respond_update_msg', { template_card: aCard({ task_id: 't1' }) }, requestId)
    }),
  bot_stream_too_long: (company) =>
    overBot(company, async (bot) => {
      const stream = { id: 's', content: 'x'.repeat(20_481) }
      return bot.ask('aibot_respond_msg', { msgtype: 'stream', stream }, await messageRequest(company, bot))
    }),
  bot_stream_finished: (company) =>
    overBot(company, async (bot) => {
      const answer = { msgtype: 'stream', stream: { id: 's', content: 'x', finish: true } }
      const requestId = await messageRequest(company, bot)
      await bot.ask('aibot_respond_msg', answer, requestId)
      return bot.ask('aibot_respond_msg', answer, requestId)
    }),
  bot_chat_unknown: (company) =>
    overBot(company, (bot) => bot.ask('aibot_send_msg', { chatid: 'x', msgtype: 'markdown' })),
  bot_message_type_unknown: (company) =>
    overBot(company, (bot) => bot.ask('aibot_send_msg', { chatid: 'xiaoli', msgtype: 'news' })),
  bot_card_malformed: (company) =>
    overBot(company, (bot) => {
      const card = aCard({ main_title: {} })
      return bot.ask('aibot_send_msg', { chatid: 'xiaoli', msgtype: 'template_card', template_card: card })
    }),
  bot_update_of_other_task: (company) =>
    overBot(company, async (bot) => {
      const requestId = await clickRequest(company, bot)
      return bot.ask('aibot_respond_update_msg', { template_card: aCard({ task_id: 't2' }) }, requestId)
    }),

  // The client's JSAPI
  jsapi_untrusted_origin: async (company) => {
    await settings(company, { trustedOrigins: ['https://app.example'] })
    return phoneCode(configured(company))
  },
  jsapi_corp_wrong: (company) => phoneCode(configured(company, { more: { corpid: 'ww_other' } })),
  jsapi_agent_wrong: (company) => phoneCode(configured(company, { more: { agentid: '7' } })),
  jsapi_signature_wrong: (company) => phoneCode(configured(company, { signedUrl: 'https://elsewhere.example/' })),
  jsapi_not_listed: async (company) => {
    await configured(company, { jsApiList: ['scanQRCode'] })
    return phoneCode(company.phone('xiaoli', 'selectEnterpriseContact', { mode: 'single' }))
  },
}

/** A slow call is under way as soon as a quick one beside it is refused. */
async function untilRefused(ask: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    const code = await ask()
    if (code !== 0) return code
  }
}
