import type { Configuration } from '#kernel/config'

/** What an app on Feishu is known by. Without the encrypt key nothing would be signed, so it is never absent. */
export type FeishuSettings = {
  appId: string
  appSecret: string
  encryptKey: string
  verificationToken: string
  tenantKey: string
  baseUrl: string
  accountsUrl: string
  receive: 'long_connection' | 'http'
  /** Whether what waits for somebody also stands among his Feishu tasks. */
  hasTasks?: boolean
  /** Where links on cards lead. */
  appUrl: string
}

/** The settings when Feishu is switched on; refuses to start half-configured. */
export function feishuSettings(config: Configuration, appUrl: string): FeishuSettings | undefined {
  if (!config.FEISHU_APP_ID) return undefined
  const needed = ['FEISHU_APP_SECRET', 'FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN', 'FEISHU_TENANT_KEY'] as const
  const missing = needed.filter((name) => !config[name])
  if (missing.length > 0)
    throw new Error(`Feishu is switched on by FEISHU_APP_ID, but these are missing: ${missing.join(', ')}`)
  return {
    appId: config.FEISHU_APP_ID,
    appSecret: config.FEISHU_APP_SECRET!,
    encryptKey: config.FEISHU_ENCRYPT_KEY!,
    verificationToken: config.FEISHU_VERIFICATION_TOKEN!,
    tenantKey: config.FEISHU_TENANT_KEY!,
    baseUrl: config.FEISHU_BASE_URL.replace(/\/$/, ''),
    accountsUrl: config.FEISHU_ACCOUNTS_URL.replace(/\/$/, ''),
    receive: config.FEISHU_RECEIVE,
    hasTasks: config.FEISHU_TASKS,
    appUrl: appUrl.replace(/\/$/, ''),
  }
}
