import type { Fields } from '#contract'
import { registerExport } from '#server/engines/exports'
import { accounts as listAccounts } from './accounts.ts'
import { accounts, org } from './contract.ts'
import { people } from './people.ts'

const platforms = [
  { value: 'feishu', label: { zh: '飞书', en: 'Feishu' } },
  { value: 'dingtalk', label: { zh: '钉钉', en: 'DingTalk' } },
  { value: 'wecom', label: { zh: '企业微信', en: 'WeCom' } },
]
const personFields = {
  name: { kind: 'text', label: { zh: '姓名', en: 'Name' } },
  enName: { kind: 'text', label: { zh: '英文名', en: 'English name' } },
  title: { kind: 'text', label: { zh: '职位', en: 'Title' } },
  department: { kind: 'text', label: { zh: '部门', en: 'Department' } },
  platforms: { kind: 'choices', label: { zh: '所在平台', en: 'Platforms' }, options: platforms },
} as const satisfies Fields
const accountFields = {
  ...personFields,
  manager: { kind: 'text', label: { zh: '上级', en: 'Manager' } },
  mobile: { kind: 'phone', label: { zh: '手机', en: 'Mobile' } },
  email: { kind: 'email', label: { zh: '邮箱', en: 'E-mail' } },
  employeeNo: { kind: 'text', label: { zh: '工号', en: 'Employee no.' } },
  leftAt: { kind: 'instant', label: { zh: '离职时间', en: 'Left at' } },
  checks: { kind: 'integer', label: { zh: '待核对账号', en: 'Identities to check' } },
} as const satisfies Fields

/** What the platforms know somebody by, each once. */
const each = (marks: readonly (string | null)[]): string => [...new Set(marks.filter(Boolean))].join('、')

export function registerOrgExports(): void {
  registerExport(org, 'people', {
    read: people,
    of: { label: { zh: '同事', en: 'People' }, fields: personFields },
  })
  registerExport(accounts, 'accounts', {
    read: listAccounts,
    of: { label: { zh: '人员账号', en: 'Accounts' }, fields: accountFields },
    values: ({ person, manager, identities, ...account }) => ({
      ...person,
      ...account,
      manager: manager?.name,
      mobile: each(identities.map(({ mobile }) => mobile)),
      email: each(identities.map(({ email }) => email)),
      employeeNo: each(identities.map(({ employeeNo }) => employeeNo)),
    }),
  })
}
