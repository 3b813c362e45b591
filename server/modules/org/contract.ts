import { z } from 'zod'
import { contract, defineRefusals, endpoint, Id, Instant, ListInput, pageOf, Text } from '#contract'
import { HandoverHead, HandoverView, Named } from './handover.document.ts'

export { type HandoverView, type LeftKind } from './handover.document.ts'

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
  same_person: { status: 422, zh: '这是同一个人，请选择另一位', en: 'That is the same person; choose another' },
  person_merged: { status: 409, zh: '{name} 已经并入另一个人', en: '{name} has been merged into somebody else' },
  person_gone: { status: 409, zh: '{name} 已离职，不能这样做', en: '{name} has left; this cannot be done' },
  decisions_conflict: {
    status: 409,
    zh: '{kept} 和 {gone} 在 {number} 的审批上各自做过决定，不能合并成一个人',
    en: '{kept} and {gone} have each decided on the approval of {number}; they cannot become one person',
  },
  merge_undone: { status: 409, zh: '这次合并已经撤销', en: 'This merge has already been undone' },
  only_identity: {
    status: 409,
    zh: '这是他唯一的账号，没有可以拆分的',
    en: 'It is his only account; there is nothing to split off',
  },
  manager_circle: {
    status: 422,
    zh: '{manager} 是他的下属，不能当他的上级',
    en: '{manager} works below him and cannot be his manager',
  },
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
  /** The warehouses that it reaches; absent: all. */
  warehouses: z.array(Id).min(1).max(100).optional(),
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

/** What a platform may know somebody by besides its own id. */
export const marks = ['mobile', 'email', 'employeeNo'] as const
export type Mark = (typeof marks)[number]

/** How people of several platforms are found to be one, and what leaving one of them means: the company's own rules. */
export const PeopleRules = z.strictObject({
  /** The marks that may say who somebody is, the most trusted first; one that is left out says nothing. */
  matching: z
    .array(z.enum(marks))
    .max(marks.length)
    .refine((order) => new Set(order).size === order.length, '每项只能出现一次 / each only once'),
  /** When access ends: as soon as he leaves any platform, or with the last one. */
  leaving: z.enum(['any', 'last']),
})
export type PeopleRules = z.output<typeof PeopleRules>

export const IdentityKey = z.strictObject({
  platform: z.enum(platforms),
  tenant: z.string().max(100),
  stableId: z.string().max(200),
})
export type IdentityKey = z.output<typeof IdentityKey>
const IdentityView = z.object({
  ...IdentityKey.shape,
  name: z.string(),
  mobile: z.string().nullable(),
  email: z.string().nullable(),
  employeeNo: z.string().nullable(),
  joinedBy: z.enum(['mobile', 'email', 'employee_no', 'alone', 'hand']),
  active: z.boolean(),
  leftAt: Instant.nullable(),
})
const CheckView = z.object({
  identity: IdentityView,
  person: Named,
  /** Several people have his marks; or nobody has. */
  reason: z.enum(['ambiguous', 'unmatched']),
  candidates: z.array(PersonView),
  foundAt: Instant,
})
const MergeView = z.object({
  id: Id,
  kept: Named,
  gone: Named,
  by: z.string(),
  at: Instant,
  undoneAt: Instant.nullable(),
})
export const AccountView = z.object({
  person: PersonView,
  manager: Named.nullable(),
  mergedInto: Named.nullable(),
  leftAt: Instant.nullable(),
  identities: z.array(IdentityView),
  checks: z.number(),
})
export type AccountView = z.output<typeof AccountView>
const AccountPage = z.object({ account: AccountView, merges: z.array(MergeView), handoverId: Id.nullable() })

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
  /** DingTalk: the company, and the app within it, which its client asks for as well. */
  corpId: z.string().optional(),
  agentId: z.string().optional(),
  /** WeCom: the app within the company, which signs the same page with a ticket of its own. */
  agent: z.object({ id: z.string(), signature: z.string() }).optional(),
})
export type PageSignature = z.output<typeof PageSignature>

/** An app of a platform, by its id there; the platform's first when it is not said. */
const whichApp = { platform: z.enum(platforms), appId: z.string().max(100).optional() }

/** What a platform is asked for: who somebody is, by the code it gave and never by a password; and its word for our pages. */
export const signIn = contract('signIn', {
  platforms: endpoint(
    'GET /sign-in/platforms',
    { zh: '可以登录的平台', en: 'Platforms one can sign in with' },
    z.object({}),
    z.object({
      platforms: z.array(
        z.object({
          platform: z.enum(platforms),
          appId: z.string(),
          corpId: z.string().optional(),
          name: Text,
          script: z.string().nullable(),
        }),
      ),
    }),
    { open: true },
  ),
  address: endpoint(
    'GET /sign-in/:platform/address',
    { zh: '网页登录地址', en: 'Address for signing in from a plain browser' },
    z.object({ ...whichApp, redirectUri: z.url() }),
    z.object({ url: z.string() }),
    { open: true },
  ),
  signIn: endpoint(
    'POST /sign-in',
    { zh: '用平台的授权码登录', en: "Sign in with a platform's code" },
    z.strictObject({
      ...whichApp,
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
    z.object({ ...whichApp, url: z.url() }),
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

/** For the administrator: who is who on which platform. */
export const accounts = contract('accounts', {
  accounts: endpoint(
    'GET /accounts',
    { zh: '人员和他们在各平台的账号', en: 'People and their identities on each platform' },
    ListInput.extend({ left: z.stringbool().default(false) }),
    pageOf(AccountView),
  ),
  account: endpoint('GET /accounts/:id', { zh: '一个人的账号', en: "A person's identities" }, ById, AccountPage),
  checks: endpoint(
    'GET /identity-checks',
    { zh: '待核对的账号', en: 'Identities to check' },
    z.object({}),
    z.object({ checks: z.array(CheckView) }),
  ),
  settleCheck: endpoint(
    'POST /identity-checks/settle',
    { zh: '确认是另一个人', en: 'Confirm that he is a person of his own' },
    IdentityKey,
    Done,
  ),
  mergePeople: endpoint(
    'POST /accounts/:id/merge',
    { zh: '把另一个人并入', en: 'Merge another person into this one' },
    z.strictObject({ id: Id, goneId: Id }),
    AccountPage,
  ),
  undoMerge: endpoint(
    'POST /merges/:id/undo',
    { zh: '撤销合并', en: 'Undo a merge' },
    z.strictObject({ id: Id }),
    AccountPage,
  ),
  splitIdentity: endpoint(
    'POST /accounts/:id/split',
    { zh: '把一个账号拆出来', en: 'Split an identity off' },
    z.strictObject({ id: Id, newId: Id, identity: IdentityKey }),
    AccountPage,
  ),
  setManager: endpoint(
    'POST /accounts/:id/manager',
    { zh: '设置上级', en: "Set a person's manager" },
    z.strictObject({ id: Id, managerId: Id.nullable() }),
    AccountPage,
  ),
  endAccess: endpoint(
    'POST /accounts/:id/leave',
    { zh: '办理离职', en: 'Somebody has left' },
    z.strictObject({ id: Id }),
    AccountPage,
  ),
  giveAccess: endpoint(
    'POST /accounts/:id/return',
    { zh: '恢复在职', en: 'Somebody is back' },
    z.strictObject({ id: Id }),
    AccountPage,
  ),
  peopleRules: endpoint(
    'GET /people-rules',
    { zh: '认人和离职的规则', en: 'How people are matched, and when access ends' },
    z.object({}),
    PeopleRules,
  ),
  changePeopleRules: endpoint(
    'PUT /people-rules',
    { zh: '修改认人和离职的规则', en: 'Change how people are matched, and when access ends' },
    PeopleRules,
    PeopleRules,
  ),
})

/** What people who left have left behind, for their managers. */
export const handovers = contract('handovers', {
  handovers: endpoint(
    'GET /handovers',
    { zh: '离职交接', en: 'Handovers' },
    z.object({}),
    z.object({ handovers: z.array(HandoverHead) }),
  ),
  handover: endpoint('GET /handovers/:id', { zh: '一份离职交接', en: 'A handover' }, ById, HandoverView),
  handOver: endpoint(
    'POST /handovers/:id/pass',
    { zh: '一次交接完', en: 'Pass everything on in one go' },
    z.strictObject({ id: Id, heirs: z.array(z.strictObject({ kind: z.string().max(40), heirId: Id })).max(30) }),
    HandoverView,
  ),
})
