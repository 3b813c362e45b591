import { z } from 'zod'
import { contract, defineRefusals, endpoint, Id, Instant, Text, Version } from '#contract'
import { platforms } from '#contract/modules/org'

export { appIdOf, platformSetups, type SetupField } from './platform-setup.document.ts'

export const connectionsRefusals = defineRefusals({
  app_exists: { status: 409, zh: '这个应用已经添加过了', en: 'This app has been added already' },
  app_incomplete: { status: 422, zh: '要启用，请先填好：{fields}', en: 'To switch it on, fill in first: {fields}' },
  secret_key_missing: {
    status: 409,
    zh: '要保存密钥，请先在服务器上设置环境变量 SECRET_KEY，然后重启',
    en: 'To keep secrets, set SECRET_KEY in the environment of the server first and restart it',
  },
  secret_unreadable: {
    status: 409,
    zh: '已保存的密钥打不开：SECRET_KEY 换过了。请恢复原来的 SECRET_KEY，或者重新填写密钥',
    en: 'The stored secrets cannot be opened: SECRET_KEY is another one now. Put the former back, or enter the secrets anew',
  },
})

/** What trying a connection found out: one line for each thing tried. */
export const Finding = z.object({
  name: Text,
  isOk: z.boolean(),
  /** What is wrong and what to do, or what was seen. */
  words: Text,
  /** Something that it found and that belongs into a field. */
  copy: z.string().nullable(),
})
export type Finding = z.output<typeof Finding>

const connection = z.enum(['connected', 'connecting', 'lost', 'elsewhere', 'callbacks'])

/** How an app that runs is doing, as the process that answers knows it. */
export const AppState = z.object({
  platform: z.enum(platforms),
  tenant: z.string(),
  appId: z.string(),
  /** Where its settings come from. */
  source: z.enum(['environment', 'settings']),
  /** The version of the stored settings that it runs with; null from the environment. */
  version: z.number().nullable(),
  /** `callbacks`: it is called and holds no line; `elsewhere`: another process holds the one line that there is. */
  connection,
  since: Instant.nullable(),
  /** The line of a second bot beside the app, as WeCom's AI bot for groups. */
  bot: z.object({ connection, since: Instant.nullable() }).nullable(),
  /** When the access token was fetched, and until when it holds; never the token. */
  token: z.object({ since: Instant, until: Instant }).nullable(),
  /** What was used of this month, beside what the edition includes, and what waits to be sent. */
  use: z
    .object({
      calls: z.number().int(),
      callsMax: z.number().int().nullable(),
      deliveries: z.number().int(),
      deliveriesMax: z.number().int().nullable(),
      waiting: z.number().int(),
      undelivered: z.number().int(),
    })
    .nullable(),
  lastReceivedAt: Instant.nullable(),
  lastSentAt: Instant.nullable(),
  /** In the platform's words, with what can be done about it where that is known. */
  lastError: z.object({ at: Instant, words: z.string(), advice: Text.nullable() }).nullable(),
})
export type AppState = z.output<typeof AppState>

const values = z.record(z.string().max(40), z.string().trim().max(400))
const PlatformAppView = z.object({
  id: Id,
  platform: z.enum(platforms),
  name: z.string(),
  isOn: z.boolean(),
  settings: z.record(z.string(), z.string()),
  /** The names of the secrets that are kept; what they are is never told again. */
  kept: z.array(z.string()),
  /** The labels of what is missing before it can be switched on. */
  missing: z.array(Text),
  version: z.number(),
  changedAt: Instant,
  state: AppState.nullable(),
})
export type PlatformAppView = z.output<typeof PlatformAppView>
const ById = z.object({ id: Id })

/** The apps on chat platforms: what an administrator sets up, and how they are doing. */
export const connections = contract('connections', {
  platformApps: endpoint(
    'GET /platform-apps',
    { zh: '平台应用和连接状态', en: 'Apps on platforms, and how they are doing' },
    z.object({}),
    z.object({
      apps: z.array(PlatformAppView),
      /** Those that the environment has set up. */
      others: z.array(AppState),
      /** The address under which people open the app; null: not set. */
      publicUrl: z.string().nullable(),
      maySeal: z.boolean(),
    }),
  ),
  addPlatformApp: endpoint(
    'POST /platform-apps',
    { zh: '添加平台应用', en: 'Add an app' },
    z.strictObject({
      id: Id,
      platform: z.enum(platforms),
      name: z.string().trim().min(1).max(40),
      settings: values,
      secrets: values.default({}),
    }),
    PlatformAppView,
  ),
  changePlatformApp: endpoint(
    'PATCH /platform-apps/:id',
    { zh: '修改平台应用', en: 'Change an app' },
    z.strictObject({
      id: Id,
      version: Version,
      name: z.string().trim().min(1).max(40).optional(),
      isOn: z.boolean().optional(),
      settings: values.optional(),
      /** Those that are named are replaced; the others stay. */
      secrets: values.optional(),
    }),
    PlatformAppView,
  ),
  removePlatformApp: endpoint(
    'DELETE /platform-apps/:id',
    { zh: '删除平台应用', en: 'Remove an app' },
    ById,
    z.object({ done: z.boolean() }),
  ),
  testPlatformApp: endpoint(
    'POST /platform-apps/:id/test',
    { zh: '测试连接', en: 'Test the connection' },
    z.strictObject({ id: Id }),
    z.object({ findings: z.array(Finding), at: Instant }),
    { changes: false },
  ),
})
