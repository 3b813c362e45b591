import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Platform } from '../../bot/index.ts'
import { dingtalk } from '../../bot/platforms/dingtalk/index.ts'
import { feishu } from '../../bot/platforms/feishu/index.ts'
import { wecom } from '../../bot/platforms/wecom/index.ts'
import { dingtalkIds } from '../../simulator/dingtalk/ids.ts'
import { feishuIds } from '../../simulator/people.ts'
import type { SimulatorOptions } from '../../simulator/index.ts'
import { wecomUserId } from '../../simulator/wecom/index.ts'
import { type CardReading, dingtalkCard, feishuCard, wecomCard } from './card-reading.ts'

const appUrl = 'https://app.example'
const company = 'company-of-scenarios'

/** One app on a simulated platform: what the simulator is told of it, and our side of it. */
export type ChatApp = {
  simulated: (callbackUrl: string) => Partial<SimulatorOptions>
  adapter: (simulatorUrl: string) => Platform
  identityOf: (key: string) => { tenant: string; stableId: string; openId: string }
  card: CardReading
}

/** The table: a platform is one entry, and every scenario runs over each of them. */
export const chatApps = { feishu: onFeishu, dingtalk: onDingtalk, wecom: onWecom }
export type ChatPlatform = keyof typeof chatApps
export const chatPlatforms = Object.keys(chatApps) as ChatPlatform[] // the keys of the table

function onFeishu(): ChatApp {
  const app = {
    appId: `cli_${randomBytes(8).toString('hex')}`,
    appSecret: randomBytes(16).toString('hex'),
    encryptKey: 'encrypt key of scenarios',
    verificationToken: 'verification token of scenarios',
    botName: '一单助手',
  }
  return {
    simulated: () => ({ feishu: { tenantKey: company, apps: [app] } }),
    adapter: (url) =>
      feishu({
        ...app,
        tenantKey: company,
        baseUrl: url,
        accountsUrl: url,
        receive: 'long_connection',
        appUrl,
      }),
    identityOf: (key) => {
      const { openId, unionId } = feishuIds(key, company, app.appId)
      return { tenant: company, stableId: unionId, openId }
    },
    card: feishuCard,
  }
}

const layout = new URL('../../bot/platforms/dingtalk/template/yidan-card.json', import.meta.url)

function onDingtalk(): ChatApp {
  const app = {
    clientId: `ding${randomBytes(8).toString('hex')}`,
    clientSecret: randomBytes(24).toString('base64url'),
    agentId: '1000003',
  }
  const cardTemplate = 'yidan.schema'
  const file: unknown = JSON.parse(readFileSync(layout, 'utf8'))
  return {
    simulated: () => ({
      dingtalk: {
        corpId: company,
        apps: [{ ...app, botName: '一单助手' }],
        templates: [{ templateId: cardTemplate, file }],
      },
    }),
    adapter: (url) =>
      dingtalk({
        ...app,
        corpId: company,
        cardTemplate,
        apiUrl: url,
        oapiUrl: url,
        loginUrl: url,
        hasTodos: false,
        appUrl,
      }),
    identityOf: (key) => {
      const { userId } = dingtalkIds(key, company)
      return { tenant: company, stableId: userId, openId: userId }
    },
    card: dingtalkCard,
  }
}

function onWecom(): ChatApp {
  const agentId = 1_000_002
  const app = {
    secret: randomBytes(24).toString('base64url'),
    name: '一单助手',
    token: 'tokenOfScenarios',
    aesKey: randomBytes(32).toString('base64').slice(0, 43).replaceAll(/[+/]/g, 'x'),
  }
  const bot = { botId: 'bot-of-scenarios', secret: 'bot secret of scenarios', name: '一单' }
  return {
    simulated: (callbackUrl) => ({
      wecom: { corpId: company, apps: [{ ...app, agentId }], bot, callbackUrl: `${callbackUrl}/bot/wecom` },
    }),
    adapter: (url) =>
      wecom({
        corpId: company,
        agentId: String(agentId),
        secret: app.secret,
        callbackToken: app.token,
        callbackKey: app.aesKey,
        baseUrl: url,
        openUrl: url,
        loginUrl: url,
        appUrl,
      }),
    identityOf: (key) => {
      const id = wecomUserId(key).toLowerCase()
      return { tenant: company, stableId: id, openId: id }
    },
    card: wecomCard,
  }
}
