import { digest } from '../people.ts'

/** Who one person is on DingTalk: robots and cards know `userId`, todo and sign-in over the web know `unionId`. */
export type DingtalkIds = { openId: string; unionId: string; userId: string }

/** A look-up by id walks through everybody: hashing each of them each time would be most of its cost. */
const derived = new Map<string, DingtalkIds>()

/** Derives a person's DingTalk ids. The same person has the same ids at every start. */
export function dingtalkIds(personKey: string, corpId: string): DingtalkIds {
  const key = `${corpId}/${personKey}`
  const known = derived.get(key)
  if (known) return known
  const ids = {
    openId: base64(`${key}/open`, 20),
    unionId: `${base64(`${key}/union`, 20)}iEiE`,
    userId: `0${BigInt(`0x${digest(`${key}/user`).slice(0, 14)}`)}`,
  }
  derived.set(key, ids)
  return ids
}

/** The number of a department: the same at every start. The root is 1. */
export function dingtalkDepartmentId(departmentKey: string, corpId: string): number {
  return 100_000_000 + (Number.parseInt(digest(`${corpId}/department/${departmentKey}`).slice(0, 8), 16) % 800_000_000)
}

/** The openConversationId of a chat. */
export function conversationId(of: string): string {
  return `cid${base64(of, 22)}==`
}

/** Letters and digits only, since ids of this kind stand in addresses. */
function base64(of: string, length: number): string {
  return Buffer.from(digest(of), 'hex').toString('base64').replaceAll(/[+/=]/g, 'x').slice(0, length)
}
