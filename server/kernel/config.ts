import { z } from 'zod'

const flag = z.stringbool().default(false)
const key = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, '32 random bytes in base64: openssl rand -base64 32')
  .optional()

/** Everything that the environment decides. Each line stands in `.env.example` and in docs/operations.md. */
export const Configuration = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** PostgreSQL 15 or later; without it the start script runs an embedded one. */
  DATABASE_URL: z.string().default('postgres://localhost/yidan'),
  /** The same database past a pooler that stands before it: jobs, notifications and numbers need connections of their own. */
  DATABASE_DIRECT_URL: z.string().optional(),
  /** Connections that this process may hold. */
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** Address under which people open the app; links on cards begin with it. */
  PUBLIC_URL: z.string().optional(),
  /** Reverse proxy in front: believe X-Forwarded-For and -Proto. */
  TRUST_PROXY: flag,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** The company's time zone: a business day is a day there. */
  TIME_ZONE: z.string().default('Asia/Shanghai'),
  /** Seals the secrets of platforms that an administrator sets up in the app. */
  SECRET_KEY: key,
  /** The one before it, until everything is sealed by the new one. */
  SECRET_KEY_BEFORE: key,
  FEISHU_APP_ID: z
    .string()
    .regex(/^cli_[0-9a-fA-F]{16}$/)
    .optional(),
  FEISHU_APP_SECRET: z.string().min(16).optional(),
  /** Signs and encrypts callbacks; needed even for the long connection, so that nothing unsigned is ever accepted. */
  FEISHU_ENCRYPT_KEY: z.string().min(16).optional(),
  FEISHU_VERIFICATION_TOKEN: z.string().min(16).optional(),
  /** The company's tenant on Feishu; sign-ins and events of any other are refused. */
  FEISHU_TENANT_KEY: z.string().optional(),
  FEISHU_BASE_URL: z.url().default('https://open.feishu.cn'),
  FEISHU_ACCOUNTS_URL: z.url().default('https://accounts.feishu.cn'),
  /** How events and clicks reach us. */
  FEISHU_RECEIVE: z.enum(['long_connection', 'http']).default('long_connection'),
  /** What waits for somebody also stands among his Feishu tasks. */
  FEISHU_TASKS: flag,
  /** The app's AppKey; switches DingTalk on. */
  DINGTALK_CLIENT_ID: z.string().min(8).optional(),
  DINGTALK_CLIENT_SECRET: z.string().min(16).optional(),
  /** The company on DingTalk; sign-ins and events of any other are refused. */
  DINGTALK_CORP_ID: z.string().optional(),
  DINGTALK_AGENT_ID: z.string().optional(),
  /** The card template as imported into DingTalk's card builder; without it cards are plain, and their buttons are links. */
  DINGTALK_CARD_TEMPLATE: z.string().optional(),
  DINGTALK_API_URL: z.url().default('https://api.dingtalk.com'),
  DINGTALK_OAPI_URL: z.url().default('https://oapi.dingtalk.com'),
  DINGTALK_LOGIN_URL: z.url().default('https://login.dingtalk.com'),
  /** What waits for somebody also stands in his DingTalk todo list. */
  DINGTALK_TODOS: flag,
  /** What the company's edition of DingTalk includes; the free one has 5000, and 0 means no end. */
  DINGTALK_CALLS_PER_MONTH: z.coerce.number().int().min(0).default(5000),
  /** The company on WeCom; switches WeCom on. */
  WECOM_CORP_ID: z.string().optional(),
  WECOM_AGENT_ID: z.string().regex(/^\d+$/).optional(),
  WECOM_SECRET: z.string().min(16).optional(),
  /** Signs callbacks. */
  WECOM_CALLBACK_TOKEN: z.string().min(3).optional(),
  /** EncodingAESKey: encrypts callbacks. */
  WECOM_CALLBACK_KEY: z.string().length(43).optional(),
  WECOM_BASE_URL: z.url().default('https://qyapi.weixin.qq.com'),
  WECOM_OPEN_URL: z.url().default('https://open.weixin.qq.com'),
  /** Where a plain browser signs in. */
  WECOM_LOGIN_URL: z.url().default('https://login.work.weixin.qq.com'),
  /** The AI bot, which answers in groups; WeCom works without it, and is then asked in private only. */
  WECOM_BOT_ID: z.string().optional(),
  WECOM_BOT_SECRET: z.string().min(16).optional(),
  WECOM_BOT_URL: z.url().default('wss://openws.work.weixin.qq.com'),
  /** A language model as the bot's second parser, at an OpenAI-compatible address; without one the bot does without. */
  BOT_LLM_URL: z.url().optional(),
  BOT_LLM_KEY: z.string().optional(),
  BOT_LLM_MODEL: z.string().optional(),
  BOT_LLM_TIMEOUT_MS: z.coerce.number().int().min(100).max(10_000).default(800),
})
export type Configuration = z.output<typeof Configuration>

/** Reads and checks the environment; says every mistake at once. */
export function readConfiguration(environment: Record<string, string | undefined>): Configuration {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Configuration.safeParse(given)
  if (parsed.success) return parsed.data
  const mistakes = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The configuration is not right:\n${mistakes.join('\n')}`)
}

export const config = readConfiguration(process.env)
