export type RefusalRow = { code: number; says: string }

/**
 * Every reason for which this WeCom says no. One name per check, even where WeCom uses one code for several reasons, so
 * that the test which provokes each of them notices when a single check is gone.
 */
export const refusals = {
  // The gateway
  path_unknown: { code: 404, says: 'api not found' },
  body_not_json: { code: 47001, says: 'data format error: the body is not a JSON object' },
  ip_not_trusted: { code: 60020, says: 'not allow to access from your ip' },
  rate_exceeded: { code: 45009, says: 'api freq out of limit' },
  concurrency_exceeded: { code: 45033, says: 'api concurrent out of limit' },

  // Tokens
  corp_id_missing: { code: 41002, says: 'corpid missing' },
  corp_id_wrong: { code: 40013, says: 'invalid corpid' },
  secret_missing: { code: 41004, says: 'corpsecret missing' },
  secret_wrong: { code: 40001, says: 'invalid credential' },
  token_missing: { code: 41001, says: 'access_token missing' },
  token_unknown: { code: 40014, says: 'invalid access_token' },
  token_expired: { code: 42001, says: 'access_token expired' },
  api_not_for_this_secret: { code: 48002, says: 'api forbidden' },
  contact_secret_reads_details: { code: 48009, says: 'the contact secret may not read details' },
  app_disabled: { code: 50003, says: 'app is disabled' },

  // Sign-in
  login_code_missing: { code: 41008, says: 'missing code' },
  login_code_unknown: { code: 40029, says: 'invalid oauth code' },
  login_code_of_another_app: { code: 40029, says: 'invalid oauth code: it was made for another app' },
  login_code_used: { code: 42022, says: 'oauth code has been used' },
  login_code_expired: { code: 42003, says: 'oauth code expired' },
  user_ticket_unknown: { code: 40058, says: 'invalid user_ticket' },
  user_ticket_expired: { code: 42011, says: 'user_ticket expired' },

  // Tickets of the JSAPI
  ticket_type_unknown: { code: 40058, says: 'invalid type: only agent_config' },
  ticket_rate_exceeded: { code: 45009, says: 'api freq out of limit: 100 tickets an hour' },

  // Sending
  agent_id_not_integer: { code: 40058, says: 'invalid Request Parameter: agentid must be an integer' },
  agent_of_another_token: { code: 301002, says: 'not allow operate another agent with this accesstoken' },
  recipients_not_text: { code: 40058, says: 'invalid Request Parameter: touser must be a text such as a|b' },
  recipients_missing: { code: 40056, says: 'touser, toparty and totag are all empty' },
  too_many_recipients: { code: 40058, says: 'invalid Request Parameter: at most 1000 userids' },
  too_many_parties: { code: 40058, says: 'invalid Request Parameter: at most 100 parties' },
  recipients_all_invalid: { code: 81013, says: 'user & party & tag all invalid' },
  message_type_unknown: { code: 40008, says: 'invalid message type' },
  text_empty: { code: 44004, says: 'empty content' },
  markdown_empty: { code: 44004, says: 'empty content of markdown' },
  text_card_incomplete: { code: 41016, says: 'textcard needs title, description and url' },
  duplicate_interval_wrong: { code: 40058, says: 'invalid Request Parameter: duplicate_check_interval' },
  recall_of_unknown: { code: 40058, says: 'invalid Request Parameter: msgid' },
  recall_too_late: { code: 40058, says: 'invalid Request Parameter: the message is older than 24 hours' },

  // Template cards
  card_malformed: { code: 40058, says: 'invalid Request Parameter: template_card' },
  card_without_action: { code: 42045, says: 'card_action is required for this card_type' },
  card_without_callback: { code: 43012, says: 'the app has no callback url' },
  task_id_malformed: { code: 42014, says: 'invalid task_id' },
  task_id_taken: { code: 42014, says: 'task_id has been used before' },

  // Updating them
  update_of_unknown_code: { code: 42016, says: 'invalid response_code' },
  update_of_another_app: { code: 42015, says: 'response_code belongs to another app' },
  response_code_used: { code: 42016, says: 'response_code has been used' },
  response_code_expired: { code: 42016, says: 'response_code has expired' },
  update_userids_not_list: { code: 40058, says: 'invalid Request Parameter: userids must be an array' },
  update_without_target: { code: 40058, says: 'invalid Request Parameter: userids, partyids, tagids or atall' },
  update_with_too_many: { code: 40058, says: 'invalid Request Parameter: at most 1000 userids' },
  update_without_content: { code: 40058, says: 'invalid Request Parameter: button or template_card' },
  update_button_empty: { code: 40058, says: 'invalid Request Parameter: button.replace_name' },
  update_card_malformed: { code: 40058, says: 'invalid Request Parameter: template_card' },
  update_card_without_action: { code: 42045, says: 'card_action is required for this card_type' },

  // Contacts
  department_unknown: { code: 60123, says: 'invalid party id' },
  department_out_of_scope: { code: 60011, says: 'no privilege to access/modify contact/party/agent' },
  user_unknown: { code: 60111, says: 'userid not found' },
  user_out_of_scope: { code: 60011, says: 'no privilege to access/modify contact/party/agent' },
  cursor_wrong: { code: 40058, says: 'invalid Request Parameter: cursor' },
  limit_wrong: { code: 40058, says: 'invalid Request Parameter: limit must be between 1 and 10000' },

  // The AI bot's long connection
  bot_credential_wrong: { code: 853000, says: 'invalid bot_id or secret' },
  bot_not_subscribed: { code: 846609, says: 'aibot websocket not subscribed' },
  bot_command_unknown: { code: 40008, says: 'invalid cmd' },
  bot_request_unknown: { code: 846605, says: 'invalid req_id' },
  bot_reply_too_late: { code: 846608, says: 'reply within 5 s' },
  bot_stream_too_long: { code: 40058, says: 'stream content is longer than 20480 bytes' },
  bot_stream_finished: { code: 846608, says: 'the stream is finished' },
  bot_chat_unknown: { code: 40058, says: 'invalid chatid' },
  bot_message_type_unknown: { code: 40008, says: 'invalid msgtype' },
  bot_card_malformed: { code: 40058, says: 'invalid template_card' },
  bot_update_of_other_task: { code: 42014, says: 'task_id differs from that of the event' },

  // The client's JSAPI
  jsapi_untrusted_origin: { code: 50001, says: 'redirect_uri or url domain is not trusted' },
  jsapi_corp_wrong: { code: 40013, says: 'invalid corpid' },
  jsapi_agent_wrong: { code: 80001, says: 'invalid agentid' },
  jsapi_signature_wrong: { code: 40093, says: 'invalid signature' },
  jsapi_not_listed: { code: 40094, says: 'permission denied: not in jsApiList, or not configured' },
} as const satisfies Record<string, RefusalRow>

export type RefusalName = keyof typeof refusals

/** Codes that only the platform's own state brings about; a fault with the code makes a call answer so. */
export const codesOfFaults: Record<number, string> = {
  [-1]: 'system busy',
  45011: 'api minute-quota reach limit, mustslower retry next minute',
  50002: 'party or user not in agent visible range',
  81011: 'no privilege to view this user',
}

export class Refused extends Error {
  readonly code: number
  constructor(row: RefusalRow, detail?: string) {
    super(detail ? `${row.says}, hint: [${detail}]` : row.says)
    this.code = row.code
  }
}
