import {
  dingtalk,
  dingtalkSettings,
  feishu,
  feishuSettings,
  type Platform,
  type Receive,
  wecom,
  wecomSettings,
} from '../bot/index.ts'
import type { Text } from '#contract'
import {
  type AppState,
  type Finding,
  type PlatformApp,
  platformApps,
  type Platforms,
} from '#server/modules/connections'
import { config, type Configuration } from '#kernel/config'
import { systemCaller } from '#kernel/caller'
import { ask } from '#kernel/perform'

const appUrl = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`

/** Makes each platform from a configuration that switches it on. */
const makers = {
  feishu: (from: Configuration): Platform | undefined => made(feishuSettings(from, appUrl), feishu),
  dingtalk: (from: Configuration): Platform | undefined => made(dingtalkSettings(from, appUrl), dingtalk),
  wecom: (from: Configuration): Platform | undefined => made(wecomSettings(from, appUrl), wecom),
}
const made = <S>(settings: S | undefined, make: (settings: S) => Platform): Platform | undefined =>
  settings && make(settings)

/** An app in use, and how it is doing. */
export type RunningApp = { platform: Platform; state: AppState }

/** The apps that the environment sets up, then those that an administrator has; an app that is in both is the environment's. */
export async function runningApps(): Promise<RunningApp[]> {
  const stored = await ask(systemCaller(new Date()), (tx) => platformApps(tx), undefined)
  const ofEnvironment = Object.values(makers).flatMap((make) => make(config) ?? [])
  const ofSettings = stored.map((app) => ({ app, platform: platformOf(app) }))
  const isNew = ({ platform: { name, appId } }: { platform: Platform }) =>
    !ofEnvironment.some((other) => other.name === name && other.appId === appId)
  return [
    ...ofEnvironment.map((platform) => watched(platform, { source: 'environment', version: null })),
    ...ofSettings
      .filter(isNew)
      .map(({ app, platform }) => watched(platform, { source: 'settings', version: app.version })),
  ]
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

function platformOf({ platform: name, values }: PlatformApp): Platform {
  const named = Object.entries(variables[name]).map(([key, variable]) => [variable, values[key]])
  const platform = makers[name]({ ...config, ...Object.fromEntries(named) })
  if (!platform) throw new Error(`A stored app on ${name} has no id.`)
  return platform
}

/** The same platform, which keeps note of what comes in, what goes out, and what was wrong last. */
function watched(platform: Platform, from: Pick<AppState, 'source' | 'version'>): RunningApp {
  const { name, tenant, appId } = platform
  const state: AppState = {
    ...from,
    platform: name,
    tenant,
    appId,
    connection: 'connecting',
    since: null,
    tokenUntil: null,
    quotas: [],
    lastReceivedAt: null,
    lastSentAt: null,
    lastError: null,
  }
  const now = (): string => new Date().toISOString()
  const noted =
    <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      try {
        return await call(...args)
      } catch (error) {
        state.lastError = { at: now(), words: wordsOf(error) }
        throw error
      }
    }
  const sent = <A extends unknown[], T>(send: (...args: A) => Promise<T>) =>
    noted(async (...args: A): Promise<T> => {
      const answer = await send(...args)
      state.lastSentAt = now()
      return answer
    })
  const heard =
    (receive: Receive): Receive =>
    (inbound) => {
      state.lastReceivedAt = now()
      return receive(inbound)
    }
  return {
    state,
    platform: {
      ...platform,
      sendCard: sent(platform.sendCard),
      sendText: sent(platform.sendText),
      reply: sent(platform.reply),
      updateCard: sent(platform.updateCard),
      readDirectory: noted(platform.readDirectory),
      listen: async (receive) => {
        const hangUp = await platform.listen(heard(receive))
        // Where callbacks bring what comes in, there is nothing to be connected to.
        if (state.connection === 'connecting') Object.assign(state, { connection: 'connected', since: now() })
        return hangUp
      },
      callbacks: (receive) => {
        const routes = platform.callbacks(heard(receive))
        if (routes) Object.assign(state, { connection: 'callbacks', since: now() })
        return routes
      },
    },
  }
}

/** What modules may ask of the platforms, though they know no wire. */
export const connectionsOf = (apps: readonly RunningApp[]): Platforms => ({
  test: tryApp,
  state: () => apps.map(({ state }) => state),
})

/** Reads the company's directory with an app's settings: that needs its secret, its scopes, and that the platform lets this machine in. */
async function tryApp(app: PlatformApp): Promise<Finding[]> {
  const credentials: Text = { zh: '凭证与网络', en: 'Credentials and network' }
  const directory: Text = { zh: '通讯录权限', en: 'Directory' }
  try {
    const { people, departments } = await platformOf(app).readDirectory()
    const seen = {
      zh: `读到 ${people.length} 人、${departments.length} 个部门`,
      en: `${people.length} people and ${departments.length} departments were read`,
    }
    const nobody = {
      zh: '一个人也没有读到：请在平台后台把应用的可见范围设为全员',
      en: 'Nobody was read: give the app the whole company as its visible scope in the console',
    }
    return [
      { name: credentials, isOk: true, words: { zh: '已连通', en: 'The platform answers' }, copy: null },
      { name: directory, isOk: people.length > 0, words: people.length > 0 ? seen : nobody, copy: null },
    ]
  } catch (error) {
    const words = wordsOf(error)
    const { zh, en } = advice.find(({ when }) => when.test(words)) ?? { zh: '', en: '' }
    return [{ name: credentials, isOk: false, words: { zh: `${zh}${words}`, en: `${en}${words}` }, copy: null }]
  }
}

/** What usually stands behind an answer that few administrators know by heart. The codes are those of the platforms' own lists. */
const advice = [
  {
    when: /60020|access from your ip/i,
    zh: '本机地址不在平台的可信 IP 名单里：',
    en: "This machine's address is not on the platform's list: ",
  },
  {
    when: /40001|40013|40089|10014|invalid.*(secret|credential|appid|corpid)|app secret/i,
    zh: '应用编号或密钥不对：',
    en: 'The id or the secret is not right: ',
  },
  {
    when: /48002|48009|50005|60011|60121|Forbidden|99991672|scope|permission|privilege/i,
    zh: '应用缺少权限：',
    en: 'The app lacks a permission: ',
  },
  {
    when: /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|fetch failed|timeout/i,
    zh: '连不上平台：',
    en: 'The platform cannot be reached: ',
  },
]

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
