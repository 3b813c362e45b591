import { createHash } from 'node:crypto'

export type PlatformName = 'feishu' | 'dingtalk' | 'wecom'

/** A department of the company directory. A department without a parent hangs below the root. */
export type Department = {
  key: string
  name: string
  en: string
  parent?: string
  /** Key of the person who leads it. */
  leader?: string
}

/** One employee, as the directories of the chat platforms know him. */
export type Person = {
  /** Short latin name; also the host of his phone: `xiaoli` opens `xiaoli.localhost`. */
  key: string
  name: string
  en: string
  mobile: string
  email: string
  employeeNumber: string
  /** Key of his department. */
  department: string
  /** Job title in Chinese and English: the one line that says who he is. */
  title: { zh: string; en: string }
  /** Key of the person he reports to. */
  leader?: string
  /** Where he has an identity. */
  platforms: PlatformName[]
}

/** Who one person is on Feishu: `openId` changes with the app, `unionId` with the developer, `userId` with the tenant. */
export type FeishuIds = { openId: string; unionId: string; userId: string }

/** A look-up by id walks through everybody: hashing each of them each time would be most of its cost. */
const derived = new Map<string, FeishuIds>()

/** Derives a person's Feishu ids. The same person has the same ids at every start. */
export function feishuIds(personKey: string, tenantKey: string, appId: string): FeishuIds {
  const key = `${tenantKey}/${appId}/${personKey}`
  const known = derived.get(key)
  if (known) return known
  const ids = {
    openId: `ou_${digest(`${tenantKey}/${appId}/${personKey}`).slice(0, 32)}`,
    unionId: `on_${digest(`${tenantKey}/union/${personKey}`).slice(0, 32)}`,
    userId: digest(`${tenantKey}/user/${personKey}`).slice(0, 8),
  }
  derived.set(key, ids)
  return ids
}

/** The open_department_id of a department: the same at every start. */
export function feishuDepartmentId(departmentKey: string, tenantKey: string): string {
  return `od-${digest(`${tenantKey}/department/${departmentKey}`).slice(0, 32)}`
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
