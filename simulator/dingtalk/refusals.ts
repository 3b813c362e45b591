/** Numbers are codes of the old API, which says no with HTTP 200; texts are codes of the new one. */
export type RefusalRow = { code: number | string; says: string; status?: number }

/**
 * Every reason for which this DingTalk says no. One name per check, even where DingTalk uses one code for several
 * reasons, so that the test which provokes each of them notices when a single check is gone.
 */
export const refusals = {
  // The gateway, new and old
  body_not_json: { code: 'InvalidParameter.Body', says: 'the body is not a JSON object' },
  path_unknown: { code: 'InvalidAction.NotFound', says: 'Specified api is not found', status: 404 },
  token_missing: { code: 'InvalidAuthentication', says: 'x-acs-dingtalk-access-token is missing', status: 401 },
  token_unknown: { code: 'InvalidAuthentication', says: 'access_token is invalid' },
  token_expired: { code: 'InvalidAuthentication', says: 'access_token is expired' },
  ip_not_allowed: { code: 'Forbidden.AccessDenied.IpNotInWhiteList', says: 'ip is not in the white list', status: 403 },
  scope_missing: {
    code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
    says: 'the app lacks a permission point',
    status: 403,
  },
  rate_exceeded: {
    code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
    says: 'more than 20 calls a second of this app to this api',
    status: 403,
  },
  quota_used_up: {
    code: 'Forbidden.AccessDenied.ApiCountLimitForOrg',
    says: 'the monthly calls of the company are used up',
    status: 403,
  },
  old_path_unknown: { code: 22, says: 'Invalid method: no such api' },
  old_body_not_json: { code: 43008, says: 'the body is neither JSON nor a form' },
  old_token_missing: { code: 41001, says: 'access_token is missing' },
  old_token_unknown: { code: 40014, says: 'access_token is invalid' },
  old_token_expired: { code: 42001, says: 'access_token is expired' },
  old_ip_not_allowed: { code: 60020, says: 'ip is not in the white list' },
  old_scope_missing: { code: 60011, says: 'the app lacks a permission point' },
  old_rate_exceeded: { code: 90018, says: 'more than 20 calls a second of this app to this api' },
  old_quota_used_up: { code: 90020, says: 'the monthly calls of the company are used up' },

  // Tokens
  app_unknown: { code: 'invalidClientIdOrSecret', says: 'appKey or appSecret is wrong: no such app' },
  app_secret_wrong: { code: 'invalidClientIdOrSecret', says: 'appKey or appSecret is wrong' },
  corp_unknown: { code: 'invalidCorpId', says: 'the company is another one' },
  corp_secret_wrong: { code: 'invalidClientIdOrSecret', says: 'client_id or client_secret is wrong' },
  corp_grant_unsupported: { code: 'invalidGrantType', says: 'grant_type is not client_credentials' },
  old_app_unknown: { code: 40089, says: 'appkey or appsecret is wrong: no such app' },
  old_app_secret_wrong: { code: 40089, says: 'appkey or appsecret is wrong' },

  // Sign-in
  auth_code_missing: { code: 40035, says: 'code is missing' },
  auth_code_unknown: { code: 40078, says: 'no such temporary code' },
  auth_code_of_web: { code: 40078, says: 'this code is one of a browser' },
  auth_code_of_another_app: { code: 40078, says: 'this code belongs to another app' },
  auth_code_used: { code: 40078, says: 'the code has been used' },
  auth_code_expired: { code: 40078, says: 'the code has expired' },
  auth_user_may_not_use_app: { code: 50002, says: 'the user may not use the app' },
  web_grant_unsupported: { code: 'invalidParameter.grantType', says: 'grantType is not authorization_code' },
  web_secret_wrong: { code: 'invalidClientIdOrSecret', says: 'clientId or clientSecret is wrong' },
  web_code_unknown: { code: 'invalidParameter.authCode.notFound', says: 'no such code' },
  web_code_of_client: { code: 'invalidParameter.authCode.notFound', says: 'this code is one of the client' },
  web_code_of_another_app: { code: 'invalidParameter.authCode.notFound', says: 'this code belongs to another app' },
  web_code_used: { code: 'invalidParameter.authCode.notFound', says: 'the code has been used' },
  web_code_expired: { code: 'invalidParameter.authCode.notFound', says: 'the code has expired' },
  web_user_may_not_use_app: { code: 'Forbidden.AccessDenied', says: 'the user may not use the app', status: 403 },
  me_token_unknown: { code: 'InvalidAuthentication', says: 'the user token is invalid' },
  me_token_expired: { code: 'InvalidAuthentication', says: 'the user token is expired' },
  me_not_me: { code: 'InvalidParameter.unionId', says: 'with a token of a user only `me` is read' },

  // Robot messages
  robot_code_wrong: { code: 'invalidParameter.robotCode.notMatch', says: 'robotCode is not that of this app' },
  user_ids_missing: { code: 'MissinguserIds', says: 'userIds is mandatory for this action' },
  too_many_people: { code: 'too.many.people', says: 'at most 20 users at once' },
  msg_key_unknown: { code: 'invalidParameter.msgKey.invalid', says: 'msgKey is not known' },
  msg_param_not_text: { code: 'invalidParameter.msgParam.invalid', says: 'msgParam must be a JSON text' },
  msg_param_not_json: { code: 'invalidParameter.msgParam.invalid', says: 'msgParam is not JSON' },
  msg_param_incomplete: { code: 'invalidParameter.msgParam.invalid', says: 'msgParam lacks a field of its msgKey' },
  msg_param_too_long: { code: 'invalidParameter.msgParam.tooLong', says: 'msgParam is longer than 15000 bytes' },
  robot_not_in_group: { code: 'robot.not.in.group', says: 'the robot is not in this group, or there is none' },
  sent_too_fast: { code: 'send.too.fast', says: 'more than 20 messages a minute to one group' },
  session_unknown: { code: 300001, says: 'session does not exist' },
  session_expired: { code: 300001, says: 'session has expired' },
  session_message_malformed: { code: 400401, says: 'the message lacks a field of its msgtype' },
  session_message_too_long: { code: 460101, says: 'message too long' },

  // Work notifications
  notice_agent_wrong: { code: 40056, says: 'agent_id is not that of this app' },
  notice_to_nobody: { code: 40035, says: 'userid_list, dept_id_list and to_all_user are all empty' },
  notice_too_many: { code: 40035, says: 'userid_list has more than 100 users' },
  notice_too_long: { code: 43012, says: 'msg is longer than 2048 bytes' },
  notice_malformed: { code: 40035, says: 'msg lacks a field of its msgtype' },
  notice_task_unknown: { code: 40035, says: 'task_id does not exist' },

  // Cards
  card_template_missing: { code: 'MissingcardTemplateId', says: 'cardTemplateId is mandatory for this action' },
  card_track_missing: { code: 'MissingoutTrackId', says: 'outTrackId is mandatory for this action' },
  card_data_missing: { code: 'MissingcardData', says: 'cardData is mandatory for this action' },
  card_template_unknown: { code: 'param.templateNotExist', says: 'there is no such template' },
  card_template_unpublished: { code: 'param.templateUnpublished', says: 'the template is not published' },
  card_exists: { code: 'param.cardAlreadyExist', says: 'outTrackId was used before' },
  card_value_not_text: { code: 'param.error', says: 'cardParamMap holds a value that is not a text' },
  card_value_not_shaped: {
    code: 'param.error',
    says: 'the text of a variable does not fit the type it has in the template',
  },
  card_private_not_text: { code: 'param.error', says: 'privateData holds a value that is not a text' },
  card_private_too_long: { code: 'param.error', says: 'a value of privateData is longer than 1 KB' },
  card_private_of_stranger: { code: 'param.userIdNotExist', says: 'privateData names a user that does not exist' },
  card_user_id_type_wrong: { code: 'param.error', says: 'userIdType is 1 (userid) or 2 (unionId)' },
  card_callback_type_wrong: {
    code: 'param.error',
    says: 'callbackType is STREAM, or HTTP with a registered callbackRouteKey',
  },
  card_space_malformed: {
    code: 'param.openSpaceIdInvalid',
    says: 'openSpaceId is dtv1.card//IM_ROBOT.user or IM_GROUP.conversation',
  },
  card_space_model_missing: { code: 'param.error', says: 'the space model of openSpaceId is missing' },
  card_deliver_model_missing: {
    code: 'param.error',
    says: 'the deliver model of openSpaceId is missing, or its spaceType',
  },
  card_robot_wrong: { code: 'param.robotCodeInvalid', says: 'robotCode is not that of this app' },
  card_user_unknown: { code: 'param.userIdNotExist', says: 'the user does not exist' },
  update_of_unknown_card: { code: 'param.cardNotExist', says: 'there is no such card' },
  update_of_foreign_card: { code: 'param.cardNotExist', says: 'the card is of another app' },
  update_value_not_text: { code: 'param.error', says: 'cardParamMap holds a value that is not a text' },
  update_value_not_shaped: {
    code: 'param.error',
    says: 'the text of a variable does not fit the type it has in the template',
  },
  update_private_wrong: { code: 'param.error', says: 'privateData is malformed' },

  // Contacts
  department_id_missing: { code: 40035, says: 'dept_id is missing' },
  department_unknown: { code: 60003, says: 'the department does not exist' },
  page_size_wrong: { code: 40035, says: 'size is between 1 and 100' },
  cursor_wrong: { code: 40035, says: 'cursor is wrong' },
  user_unknown: { code: 60121, says: 'the user does not exist' },
  user_out_of_scope: { code: 50002, says: 'the user is not in the range of the app' },
  mobile_unknown: { code: 60121, says: 'nobody has this mobile number' },
  union_id_unknown: { code: 60121, says: 'nobody has this unionid' },

  // To-do
  todo_union_id_unknown: { code: 'user.not.exist', says: 'there is no user of this unionId' },
  todo_operator_unknown: { code: 'user.not.exist', says: 'operatorId is the unionId of nobody' },
  todo_subject_missing: { code: 'Missingsubject', says: 'subject is mandatory for this action' },
  todo_executor_unknown: { code: 'user.not.exist', says: 'executorIds names the unionId of nobody' },
  todo_too_many_executors: { code: 'param.error', says: 'at most 100 executors' },
  todo_detail_url_missing: { code: 'MissingdetailUrl', says: 'detailUrl with appUrl and pcUrl is mandatory' },
  todo_priority_wrong: { code: 'param.error', says: 'priority is 10, 20, 30 or 40' },
  todo_source_used: { code: 'param.sourceIdExist', says: 'sourceId was used before' },
  todo_unknown: { code: 'todo.not.exist', says: 'there is no such task', status: 404 },
  todo_status_malformed: { code: 'param.error', says: 'executorStatusList holds {id, isDone}' },
  todo_not_executor: { code: 'param.error', says: 'executorStatusList names somebody who is no executor' },

  // Stream
  connection_secret_wrong: { code: 'authFailed', says: 'clientId or clientSecret is wrong', status: 401 },
  subscriptions_malformed: {
    code: 'invalidParameter.subscriptions',
    says: 'subscriptions are {type: EVENT or CALLBACK, topic}',
  },

  // The client's JSAPI
  jsapi_agent_unknown: { code: 52019, says: 'agentId is not of an app of this company' },
  jsapi_corp_wrong: { code: 52018, says: 'corpId is another company' },
  jsapi_signature_wrong: { code: 52013, says: 'the signature does not hold' },
  jsapi_ticket_expired: { code: 52010, says: 'the ticket has expired' },
  jsapi_not_listed: { code: 7, says: 'the api is not in jsApiList, or the page is not configured' },
  jsapi_corp_of_code_wrong: { code: 3, says: 'corpId is another company' },
} as const satisfies Record<string, RefusalRow>

export type RefusalName = keyof typeof refusals

/** Codes that only the platform's own state brings about, by the number that a fault names: their words, and how the new API says it. */
export const codesOfFaults: Record<number, { says: string; code: string; status: number }> = {
  500: { says: 'system busy', code: 'system.busy', status: 500 },
  40014: { says: 'access_token is invalid', code: 'InvalidAuthentication', status: 400 },
  42001: { says: 'access_token is expired', code: 'InvalidAuthentication', status: 401 },
  60020: { says: 'ip is not in the white list', code: 'Forbidden.AccessDenied.IpNotInWhiteList', status: 403 },
  90002: {
    says: 'the api is called too often by everybody',
    code: 'Forbidden.AccessDenied.QpsLimitForApi',
    status: 403,
  },
  90018: {
    says: 'the app calls this api too often',
    code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
    status: 403,
  },
  90020: { says: 'the monthly calls are used up', code: 'Forbidden.AccessDenied.ApiCountLimitForOrg', status: 403 },
  400001: { says: 'content is not safe', code: 'param.contentUnsafe', status: 400 },
}

export class Refused extends Error {
  readonly code: number | string
  readonly status: number
  constructor(row: RefusalRow, detail?: string) {
    super(detail ? `${row.says}, ${detail}` : row.says)
    this.code = row.code
    this.status = row.status ?? (typeof row.code === 'number' ? 200 : 400)
  }
}
