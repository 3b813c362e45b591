import { z } from 'zod'
import { contract, defineRefusals, endpoint, Id, Instant, ListInput, pageOf, Text } from '#contract'

export const orgRefusals = defineRefusals({
  unknown_person: {
    status: 403,
    zh: '通讯录里没有找到你，请联系管理员',
    en: 'You are not in the directory; ask the administrator',
  },
  wrong_tenant: { status: 403, zh: '这个账号属于另一家企业', en: 'This account belongs to another company' },
  sign_in_failed: { status: 401, zh: '登录没有成功，请重新打开应用', en: 'Signing in failed; open the app again' },
  unknown_platform: { status: 404, zh: '没有启用这个平台', en: 'This platform is not switched on' },
  bad_period: { status: 422, zh: '结束时间要晚于开始时间', en: 'The end must come after the start' },
  self_delegation: { status: 422, zh: '不能委托给自己', en: 'You cannot delegate to yourself' },
})

export const platforms = ['feishu', 'dingtalk', 'wecom'] as const
export type PlatformName = (typeof platforms)[number]

export const Scope = z.enum(['own', 'team', 'all'])
/** What a role grants. '*' in a list grants everything of its kind. */
export const RoleRights = z.strictObject({
  actions: z.array(z.string().max(60)).max(200),
  scopes: z.record(z.string().max(60), Scope),
  reads: z.array(z.string().max(60)).max(100),
  writes: z.array(z.string().max(60)).max(100),
})
export type RoleRights = z.output<typeof RoleRights>

const PersonView = z.object({
  id: Id,
  name: z.string(),
  enName: z.string().nullable(),
  title: z.string().nullable(),
  department: z.string().nullable(),
  departmentId: Id.nullable(),
  managerId: Id.nullable(),
  active: z.boolean(),
  roles: z.array(z.string()),
  platforms: z.array(z.enum(platforms)),
})
export type PersonView = z.output<typeof PersonView>

const Me = z.object({
  person: PersonView,
  roles: z.array(z.object({ key: z.string(), name: Text })),
  /** Action rights, '*' for all; pages hide what is not there, the server decides. */
  actions: z.array(z.string()),
  reads: z.array(z.string()),
  scopes: z.record(z.string(), Scope),
  lang: z.enum(['zh', 'en']),
  company: z.string(),
})

const SessionView = z.object({
  id: Id,
  platform: z.string(),
  userAgent: z.string(),
  createdAt: Instant,
  seenAt: Instant,
  current: z.boolean(),
})
const DelegationView = z.object({
  id: Id,
  from: z.object({ id: Id, name: z.string() }),
  to: z.object({ id: Id, name: z.string() }),
  startsAt: Instant,
  endsAt: Instant,
  active: z.boolean(),
})
const RoleView = z.object({ key: z.string(), name: Text, rights: RoleRights, people: z.number(), version: z.number() })
const ById = z.object({ id: Id })
const Done = z.object({ done: z.boolean() })

/** What a page hands to its platform's client, so that it may use the scanner and the contacts. */
export const PageSignature = z.object({
  appId: z.string(),
  timestamp: z.number().int(),
  nonceStr: z.string(),
  signature: z.string(),
})
export type PageSignature = z.output<typeof PageSignature>

/** What a platform is asked for: who somebody is, by the code it gave and never by a password; and its word for our pages. */
export const signIn = contract('signIn', {
  platforms: endpoint(
    'GET /sign-in/platforms',
    { zh: '可以登录的平台', en: 'Platforms one can sign in with' },
    z.object({}),
    z.object({
      platforms: z.array(
        z.object({ platform: z.enum(platforms), appId: z.string(), name: Text, script: z.string().nullable() }),
      ),
    }),
    { open: true },
  ),
  address: endpoint(
    'GET /sign-in/:platform/address',
    { zh: '网页登录地址', en: 'Address for signing in from a plain browser' },
    z.object({ platform: z.enum(platforms), redirectUri: z.url() }),
    z.object({ url: z.string() }),
    { open: true },
  ),
  signIn: endpoint(
    'POST /sign-in',
    { zh: '用平台的授权码登录', en: "Sign in with a platform's code" },
    z.strictObject({
      platform: z.enum(platforms),
      code: z.string().min(1).max(2000),
      state: z.string().max(200).optional(),
      redirectUri: z.url().optional(),
    }),
    z.object({ person: z.object({ id: Id, name: z.string() }) }),
    { open: true, changes: false },
  ),
  signPage: endpoint(
    'GET /js-signature',
    { zh: '页面调用客户端能力的签名', en: "Signature with which a page may use its client's abilities" },
    z.object({ platform: z.enum(platforms), url: z.url() }),
    PageSignature,
  ),
})

/** People, what they may do, and for whom they stand in. */
export const org = contract('org', {
  me: endpoint('GET /me', { zh: '我是谁，能做什么', en: 'Who I am and what I may do' }, z.object({}), Me),
  setLanguage: endpoint(
    'POST /me/language',
    { zh: '切换语言', en: 'Change my language' },
    z.strictObject({ lang: z.enum(['zh', 'en']) }),
    Done,
  ),
  signOut: endpoint('POST /sign-out', { zh: '退出登录', en: 'Sign out' }, z.object({}), Done),
  mySessions: endpoint(
    'GET /me/sessions',
    { zh: '我的登录', en: 'Where I am signed in' },
    z.object({}),
    z.object({ sessions: z.array(SessionView) }),
  ),
  endSession: endpoint('DELETE /me/sessions/:id', { zh: '结束一个登录', en: 'End a session' }, ById, Done),
  people: endpoint(
    'GET /people',
    { zh: '同事', en: 'People' },
    ListInput.extend({ role: z.string().max(40).optional() }),
    pageOf(PersonView),
  ),
  person: endpoint('GET /people/:id', { zh: '一位同事', en: 'A colleague' }, ById, PersonView),
  departments: endpoint(
    'GET /departments',
    { zh: '部门', en: 'Departments' },
    z.object({}),
    z.object({
      departments: z.array(
        z.object({ id: Id, name: z.string(), parentId: Id.nullable(), leaderId: Id.nullable(), people: z.number() }),
      ),
    }),
  ),
  roles: endpoint(
    'GET /roles',
    { zh: '角色与权限', en: 'Roles and rights' },
    z.object({}),
    z.object({ roles: z.array(RoleView) }),
  ),
  changeRole: endpoint(
    'PATCH /roles/:key',
    { zh: '修改角色权限', en: 'Change what a role grants' },
    z.strictObject({ key: z.string().max(40), rights: RoleRights, version: z.coerce.number().int() }),
    RoleView,
  ),
  setRoles: endpoint(
    'POST /people/:id/roles',
    { zh: '设置一个人的角色', en: "Set a person's roles" },
    z.strictObject({ id: Id, roles: z.array(z.string().max(40)).max(10) }),
    PersonView,
  ),
  delegations: endpoint(
    'GET /me/delegations',
    { zh: '我的委托', en: 'My delegations' },
    z.object({}),
    z.object({ delegations: z.array(DelegationView) }),
  ),
  delegate: endpoint(
    'POST /me/delegations',
    { zh: '委托他人代我审批', en: 'Let somebody decide in my absence' },
    z.strictObject({ id: Id, toId: Id, startsAt: Instant, endsAt: Instant }),
    DelegationView,
  ),
  endDelegation: endpoint('DELETE /me/delegations/:id', { zh: '结束委托', en: 'End a delegation' }, ById, Done),
})
