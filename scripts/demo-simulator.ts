import { readFileSync } from 'node:fs'
import { demoDepartments, demoPeople } from '../prisma/demo/people.ts'
import { type Simulator, startSimulator, wecomBotPath } from '../simulator/index.ts'

// Plainly fake: they open nothing but the simulator on this machine.
export const demoFeishu = {
  FEISHU_APP_ID: 'cli_0000000000000000',
  FEISHU_APP_SECRET: 'fake-secret-of-the-simulator',
  FEISHU_ENCRYPT_KEY: 'fake-encrypt-key-of-the-simulator',
  FEISHU_VERIFICATION_TOKEN: 'fake-token-of-the-simulator',
  FEISHU_TENANT_KEY: 'fake-tenant',
}
const demoDingTalk = {
  DINGTALK_CLIENT_ID: 'ding0000000000000000',
  DINGTALK_CLIENT_SECRET: 'fake-secret-of-the-simulator',
  DINGTALK_CORP_ID: 'ding00000000000000000000000000000000',
  DINGTALK_AGENT_ID: '100000001',
  DINGTALK_CARD_TEMPLATE: 'fake-card-of-the-simulator.schema',
}
const demoWecom = {
  WECOM_CORP_ID: 'ww0000000000000000',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'fake-secret-of-the-simulator',
  WECOM_CALLBACK_TOKEN: 'fakeTokenOfTheSimulator',
  WECOM_CALLBACK_KEY: 'fakeKeyOfTheSimulatorFakeKeyOfTheSimulator0',
  WECOM_BOT_ID: 'fake-bot-of-the-simulator',
  WECOM_BOT_SECRET: 'fake-bot-secret-of-the-simulator',
}

const botName = '一单助手'
const dingTalkCard = new URL('../bot/platforms/dingtalk/template/yidan-card.json', import.meta.url)

/** The chat platforms of the demo company, on this machine. */
export function startDemoSimulator(options: {
  port: number
  host?: string
  appUrl: string
  pageFolder?: string
}): Promise<Simulator> {
  return startSimulator({
    ...options,
    people: demoPeople,
    departments: demoDepartments,
    feishu: {
      tenantKey: demoFeishu.FEISHU_TENANT_KEY,
      apps: [
        {
          appId: demoFeishu.FEISHU_APP_ID,
          appSecret: demoFeishu.FEISHU_APP_SECRET,
          encryptKey: demoFeishu.FEISHU_ENCRYPT_KEY,
          verificationToken: demoFeishu.FEISHU_VERIFICATION_TOKEN,
          botName,
        },
      ],
    },
    dingtalk: {
      corpId: demoDingTalk.DINGTALK_CORP_ID,
      apps: [
        {
          clientId: demoDingTalk.DINGTALK_CLIENT_ID,
          clientSecret: demoDingTalk.DINGTALK_CLIENT_SECRET,
          agentId: demoDingTalk.DINGTALK_AGENT_ID,
          botName,
        },
      ],
      templates: [
        { templateId: demoDingTalk.DINGTALK_CARD_TEMPLATE, file: JSON.parse(readFileSync(dingTalkCard, 'utf8')) },
      ],
    },
    wecom: {
      corpId: demoWecom.WECOM_CORP_ID,
      apps: [
        {
          agentId: Number(demoWecom.WECOM_AGENT_ID),
          secret: demoWecom.WECOM_SECRET,
          name: botName,
          token: demoWecom.WECOM_CALLBACK_TOKEN,
          aesKey: demoWecom.WECOM_CALLBACK_KEY,
        },
      ],
      bot: { botId: demoWecom.WECOM_BOT_ID, secret: demoWecom.WECOM_BOT_SECRET, name: botName },
      callbackUrl: `${options.appUrl}/bot/wecom`,
    },
  })
}

/** Points the configuration at the simulator, as an administrator would point it at the platforms. */
export function useSimulator(env: Record<string, string | undefined>, url: string): void {
  Object.assign(env, demoFeishu, { FEISHU_BASE_URL: url, FEISHU_ACCOUNTS_URL: url })
  Object.assign(env, demoDingTalk, { DINGTALK_API_URL: url, DINGTALK_OAPI_URL: url, DINGTALK_LOGIN_URL: url })
  Object.assign(env, demoWecom, { WECOM_BASE_URL: url, WECOM_OPEN_URL: url, WECOM_LOGIN_URL: url })
  env['WECOM_BOT_URL'] = `${url.replace(/^http/, 'ws')}${wecomBotPath}`
  env['SECRET_KEY'] ||= Buffer.alloc(32, 'fake').toString('base64')
  // The simulated phones reach the app through a proxy, each under an origin of its own.
  env['TRUST_PROXY'] = 'true'
}
