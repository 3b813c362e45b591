import { adapters, dingtalkSettings, feishuSettings, leased, type Platform, wecomSettings } from '../bot/index.ts'
import type { PlatformApp } from '#server/modules/connections'
import { config, type Configuration } from '#kernel/config'

const ownUrl = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`

/** Makes each platform from a configuration that switches it on. */
const makers = {
  feishu: async (from: Configuration, appUrl: string): Promise<Platform | undefined> => {
    const settings = feishuSettings(from, appUrl)
    return settings && (await adapters.feishu())(settings)
  },
  dingtalk: async (from: Configuration, appUrl: string): Promise<Platform | undefined> => {
    const settings = dingtalkSettings(from, appUrl)
    return settings && (await adapters.dingtalk())(settings)
  },
  wecom: async (from: Configuration, appUrl: string): Promise<Platform | undefined> => {
    const settings = wecomSettings(from, appUrl)
    return settings && (await adapters.wecom())(settings, leased())
  },
}

/** The platforms that the environment sets up. */
export async function environmentPlatforms(): Promise<Platform[]> {
  const made = await Promise.all(Object.values(makers).map((make) => make(config, ownUrl)))
  return made.filter((platform) => platform !== undefined)
}

/** What the variables of each platform are called among the settings of a stored app. */
const variables: Record<PlatformApp['platform'], Record<string, keyof Configuration>> = {
  feishu: {
    appId: 'FEISHU_APP_ID',
    appSecret: 'FEISHU_APP_SECRET',
    encryptKey: 'FEISHU_ENCRYPT_KEY',
    verificationToken: 'FEISHU_VERIFICATION_TOKEN',
    tenantKey: 'FEISHU_TENANT_KEY',
    receive: 'FEISHU_RECEIVE',
  },
  dingtalk: {
    clientId: 'DINGTALK_CLIENT_ID',
    clientSecret: 'DINGTALK_CLIENT_SECRET',
    corpId: 'DINGTALK_CORP_ID',
    agentId: 'DINGTALK_AGENT_ID',
    cardTemplate: 'DINGTALK_CARD_TEMPLATE',
  },
  wecom: {
    corpId: 'WECOM_CORP_ID',
    agentId: 'WECOM_AGENT_ID',
    secret: 'WECOM_SECRET',
    callbackToken: 'WECOM_CALLBACK_TOKEN',
    callbackKey: 'WECOM_CALLBACK_KEY',
    botId: 'WECOM_BOT_ID',
    botSecret: 'WECOM_BOT_SECRET',
  },
}

/**
 * The platform of a stored app; throws when what is stored is not enough. Its links name the app, so that whoever follows one signs in with it
 * (miniapp/opened-app.ts).
 */
export async function platformOf({ platform: name, appId, values }: PlatformApp): Promise<Platform> {
  const named = Object.entries(variables[name]).map(([key, variable]) => [variable, values[key]])
  const platform = await makers[name](
    { ...config, ...Object.fromEntries(named) },
    `${ownUrl}/in/${encodeURIComponent(appId)}`,
  )
  if (!platform) throw new Error(`A stored app on ${name} has no id.`)
  return platform
}
