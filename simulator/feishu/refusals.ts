export type RefusalRow = { code: number; says: string; status?: number }

/**
 * Every reason for which this Feishu says no. One name per check, even where Feishu uses one code for several reasons,
 * so that the test which provokes each of them notices when a single check is gone.
 */
export const refusals = {
  // The gateway
  body_not_json: { code: 9499, says: 'Bad Request: the body is not a JSON object' },
  path_unknown: { code: 404, says: '404 page not found', status: 404 },
  ip_not_allowed: { code: 99991401, says: 'ip is not in the allow list of the app' },
  quota_used_up: { code: 99991403, says: 'the monthly API quota of the tenant is used up' },
  minute_rate_exceeded: { code: 99991400, says: 'request trigger frequency limit: 1000 per minute', status: 429 },
  second_rate_exceeded: { code: 99991400, says: 'request trigger frequency limit: 50 per second', status: 429 },
  scope_missing: { code: 99991672, says: 'Access denied: the app lacks a scope' },

  // Tokens
  app_fields_missing: { code: 10003, says: 'invalid param: app_id and app_secret are texts' },
  app_unknown: { code: 10003, says: 'invalid param: app_id' },
  app_secret_wrong: { code: 10014, says: 'app secret invalid' },
  token_missing: { code: 99991661, says: 'Missing access token for authorization' },
  app_token_invalid: { code: 99991664, says: 'Invalid app access token' },
  tenant_token_wrong_prefix: { code: 99991671, says: 'Invalid access token for authorization: it must start with t-' },
  tenant_token_expired: { code: 99991663, says: 'Invalid access token for authorization: expired' },
  tenant_token_unknown: { code: 99991665, says: 'Invalid tenant access token' },
  user_token_wrong_prefix: { code: 99991671, says: 'Invalid access token for authorization: it must start with u-' },
  user_token_unknown: { code: 99991668, says: 'Invalid user access token' },
  user_token_expired: { code: 99991677, says: 'Authentication token expired' },

  // Sign-in
  grant_type_unsupported: { code: 20036, says: 'grant_type is not authorization_code' },
  login_secret_wrong: { code: 20002, says: 'client_secret is wrong' },
  code_unknown: { code: 20003, says: 'authorization code not found' },
  code_of_another_client: { code: 20024, says: 'authorization code belongs to another client' },
  code_used: { code: 20065, says: 'authorization code has been used' },
  code_expired: { code: 20004, says: 'authorization code has expired' },
  redirect_uri_mismatch: { code: 20071, says: 'redirect_uri differs from that of the authorization' },
  code_verifier_wrong: { code: 20049, says: 'code_verifier does not match the code_challenge' },
  user_may_not_use_app: { code: 20010, says: 'the user has no permission to use the app' },

  // Sending
  bot_off: { code: 230006, says: 'Bot ability is not activated.' },
  receive_id_type_unknown: { code: 230001, says: 'invalid receive_id_type' },
  receive_id_missing: { code: 230001, says: 'receive_id is required' },
  msg_type_unknown: { code: 230001, says: 'invalid msg_type' },
  content_not_text: { code: 230001, says: 'content must be a JSON text, not an object' },
  content_not_json: { code: 230001, says: 'content is not in json format' },
  text_missing: { code: 230001, says: 'text must not be empty' },
  text_too_long: { code: 230025, says: 'The length of the message content reaches its limit: 150 KB' },
  card_too_long: { code: 230025, says: 'The length of the message content reaches its limit: 30 KB' },
  uuid_too_long: { code: 230001, says: 'uuid is longer than 50 characters' },
  receive_id_unknown: { code: 230034, says: 'The receive_id is invalid' },
  chat_id_unknown: { code: 230034, says: 'The receive_id is invalid: no such chat' },
  bot_not_in_chat: { code: 230002, says: 'The bot can not be outside the group.' },
  person_has_left: { code: 230029, says: 'User has resigned.' },
  person_out_of_reach: { code: 230013, says: 'Bot has NO availability to this user.' },
  person_blocked_bot: { code: 230053, says: 'The user has stopped the bot from sending messages.' },
  person_frequency: {
    code: 230020,
    says: 'This operation triggers the frequency limit: 5 per second to one user',
    status: 429,
  },
  group_frequency: {
    code: 230020,
    says: 'This operation triggers the frequency limit: 5 per second to one group',
    status: 429,
  },
  reply_to_unknown: { code: 230001, says: 'the message to reply to does not exist' },

  // Cards
  card_malformed: { code: 230099, says: 'Failed to create card content' },
  update_of_unknown_message: { code: 230001, says: 'the message does not exist' },
  update_of_foreign_message: { code: 230035, says: 'Send Message Permission deny: not a message of this app' },
  update_of_text: { code: 230001, says: 'This message is not a card' },
  update_content_not_text: { code: 230001, says: 'content must be a JSON text, not an object' },
  update_too_old: { code: 230031, says: 'The message is older than 14 days and can not be updated.' },
  update_too_long: { code: 230025, says: 'The length of the message content reaches its limit: 30 KB' },
  update_malformed: { code: 230099, says: 'Failed to create card content' },
  update_frequency: {
    code: 230020,
    says: 'This operation triggers the frequency limit: 5 per second for one message',
    status: 429,
  },
  update_to_old_schema: { code: 200830, says: 'a card of schema 2.0 can not be updated to 1.0' },
  edit_content_not_text: { code: 230001, says: 'content must be a JSON text, not an object' },
  edit_text_missing: { code: 230001, says: 'text must not be empty' },
  put_of_card: { code: 230001, says: 'PUT edits text messages; a card is updated with PATCH' },

  // The delayed update after a click
  click_token_unknown: { code: 300020, says: 'token is invalid' },
  click_token_before_reply: { code: 300020, says: 'token is invalid before the click was answered' },
  click_token_expired: { code: 300030, says: 'token has expired' },
  click_token_overused: { code: 300040, says: 'token has been used too often' },
  delayed_card_too_long: { code: 230025, says: 'The length of the card reaches its limit: 100 KB' },
  delayed_card_malformed: { code: 230099, says: 'Failed to create card content' },
  delayed_to_old_schema: { code: 200830, says: 'a card of schema 2.0 can not be updated to 1.0' },

  // Contacts
  page_size_wrong: { code: 40011, says: 'page size is invalid' },
  page_token_wrong: { code: 40012, says: 'page token is invalid' },
  department_out_of_scope: { code: 40004, says: 'no dept authority error' },
  department_unknown: { code: 40004, says: 'no dept authority error: no such department' },
  user_out_of_scope: { code: 41050, says: 'no user authority error' },
  user_id_type_unknown: { code: 99992402, says: 'field validation failed: user_id_type' },
  too_many_emails: { code: 99992402, says: 'field validation failed: at most 50 emails' },
  too_many_mobiles: { code: 99992402, says: 'field validation failed: at most 50 mobiles' },
  too_many_user_ids: { code: 99992402, says: 'field validation failed: at most 50 user_ids' },

  // Tasks
  task_summary_missing: { code: 1470400, says: 'summary must not be empty' },
  task_summary_too_long: { code: 1470400, says: 'summary is longer than 3000 characters' },
  task_description_too_long: { code: 1470400, says: 'description is longer than 3000 characters' },
  task_too_many_members: { code: 1470400, says: 'at most 50 members' },
  task_role_unknown: { code: 1470400, says: 'role is assignee or follower' },
  task_member_unknown: { code: 1470500, says: 'members names somebody who is not there', status: 500 },
  task_origin_url_wrong: { code: 1470400, says: 'url of origin must begin with https:// or http://' },
  task_client_token_length: { code: 1470400, says: 'client_token has 10 to 100 characters' },
  task_frequency: { code: 99991400, says: 'request trigger frequency limit: 10 per second', status: 429 },
  task_unknown: { code: 1470404, says: 'the task does not exist', status: 404 },
  task_of_another_app: { code: 1470403, says: 'no permission to edit the task', status: 403 },
  task_update_fields_missing: { code: 1470400, says: 'update_fields must not be empty' },
  task_update_field_unknown: { code: 1470400, says: 'update_fields holds a field that cannot be updated' },
  task_already_completed: { code: 1470400, says: 'the task has been completed already' },

  // The long connection; the endpoint answers errors with HTTP 200
  connection_secret_wrong: { code: 514, says: 'auth failed', status: 200 },
  connections_exhausted: { code: 1000040350, says: 'number of connections exceeded limit', status: 200 },

  // The client's JSAPI
  jsapi_untrusted_origin: { code: 333447, says: 'the page is not on a trusted domain of the app' },
  jsapi_ticket_of_another_app: { code: 333442, says: 'the ticket belongs to another app' },
  jsapi_signature_wrong: { code: 333441, says: 'signature is wrong' },
  jsapi_signature_expired: { code: 333444, says: 'signature has expired' },
  jsapi_signature_used: { code: 333443, says: 'signature has been used before' },
  shared_card_malformed: { code: 230099, says: 'Failed to create card content' },
  jsapi_not_listed: { code: 333445, says: 'the API is not in jsApiList' },
} as const satisfies Record<string, RefusalRow>

export type RefusalName = keyof typeof refusals

/** Codes that only the platform's own state brings about; a fault with the code makes a call answer so. */
export const codesOfFaults: Record<number, string> = {
  11232: 'create message trigger system rate limit',
  230028: 'The messages do NOT pass the audit.',
  230049: 'The message is being sent.',
  99991679: 'Unauthorized: the user did not grant the scope',
}

export class Refused extends Error {
  readonly code: number
  readonly status: number
  constructor(row: RefusalRow, detail?: string) {
    super(detail ? `${row.says}, ${detail}` : row.says)
    this.code = row.code
    this.status = row.status ?? 400
  }
}
