import type { Configuration } from '#kernel/config'

/** What an app on WeCom is known by: the company, and the app's number within it. */
export type WecomSettings = {
  corpId: string
  agentId: string
  secret: string
  /** Signs callbacks. */
  callbackToken: string
  /** EncodingAESKey: encrypts callbacks and the answers to them. */
  callbackKey: string
  baseUrl: string
  /** Where WeCom's own client signs in, and where any other browser does. */
  openUrl: string
  loginUrl: string
  /** Where links on cards lead. */
  appUrl: string
  /** The AI bot, which is asked in groups. */
  bot?: { id: string; secret: string; url: string }
}

/** The settings when WeCom is switched on; refuses to start half-configured. */
export function wecomSettings(config: Configuration, appUrl: string): WecomSettings | undefined {
  if (!config.WECOM_CORP_ID) return undefined
  const needed = ['WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_CALLBACK_TOKEN', 'WECOM_CALLBACK_KEY'] as const
  const missing = [...needed, ...(config.WECOM_BOT_ID ? (['WECOM_BOT_SECRET'] as const) : [])].filter(
    (name) => !config[name],
  )
  if (missing.length > 0)
    throw new Error(`WeCom is switched on by WECOM_CORP_ID, but these are missing: ${missing.join(', ')}`)
  return {
    corpId: config.WECOM_CORP_ID,
    agentId: config.WECOM_AGENT_ID!,
    secret: config.WECOM_SECRET!,
    callbackToken: config.WECOM_CALLBACK_TOKEN!,
    callbackKey: config.WECOM_CALLBACK_KEY!,
    baseUrl: withoutSlash(config.WECOM_BASE_URL),
    openUrl: withoutSlash(config.WECOM_OPEN_URL),
    loginUrl: withoutSlash(config.WECOM_LOGIN_URL),
    appUrl: withoutSlash(appUrl),
    bot: config.WECOM_BOT_ID
      ? { id: config.WECOM_BOT_ID, secret: config.WECOM_BOT_SECRET!, url: config.WECOM_BOT_URL }
      : undefined,
  }
}

/** WeCom counts the apps of each company from the same number on: one is known by its company and its number together. */
export const appIdOf = ({ corpId, agentId }: Pick<WecomSettings, 'corpId' | 'agentId'>): string =>
  `${corpId}-${agentId}`

const withoutSlash = (url: string): string => url.replace(/\/$/, '')
