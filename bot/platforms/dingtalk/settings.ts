import type { Configuration } from '#kernel/config'

/** What an app on DingTalk is known by. Its robot has the code of the app. */
export type DingTalkSettings = {
  clientId: string
  clientSecret: string
  corpId: string
  agentId: string
  /** The imported card template; without it cards are plain and their buttons are links. */
  cardTemplate?: string
  apiUrl: string
  oapiUrl: string
  /** Where a plain browser signs in. */
  loginUrl: string
  /** What the company's edition includes; none where there is no end. */
  callsPerMonth?: number
  /** Whether what waits for somebody also stands in his DingTalk todo list. */
  hasTodos: boolean
  /** Where links on cards lead. */
  appUrl: string
}

/** The settings when DingTalk is switched on; refuses to start half-configured. */
export function dingtalkSettings(config: Configuration, appUrl: string): DingTalkSettings | undefined {
  if (!config.DINGTALK_CLIENT_ID) return undefined
  const needed = ['DINGTALK_CLIENT_SECRET', 'DINGTALK_CORP_ID', 'DINGTALK_AGENT_ID'] as const
  const missing = needed.filter((name) => !config[name])
  if (missing.length > 0)
    throw new Error(`DingTalk is switched on by DINGTALK_CLIENT_ID, but these are missing: ${missing.join(', ')}`)
  return {
    clientId: config.DINGTALK_CLIENT_ID,
    clientSecret: config.DINGTALK_CLIENT_SECRET!,
    corpId: config.DINGTALK_CORP_ID!,
    agentId: config.DINGTALK_AGENT_ID!,
    cardTemplate: config.DINGTALK_CARD_TEMPLATE,
    apiUrl: withoutSlash(config.DINGTALK_API_URL),
    oapiUrl: withoutSlash(config.DINGTALK_OAPI_URL),
    loginUrl: withoutSlash(config.DINGTALK_LOGIN_URL),
    callsPerMonth: config.DINGTALK_CALLS_PER_MONTH || undefined,
    hasTodos: config.DINGTALK_TODOS,
    appUrl: withoutSlash(appUrl),
  }
}

const withoutSlash = (url: string): string => url.replace(/\/$/, '')
