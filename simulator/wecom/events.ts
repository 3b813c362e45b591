import type { Department, Person } from '../people.ts'
import type { Fields } from '../request-body.ts'
import { departmentId } from './contacts.ts'
import { deliver } from './delivery.ts'
import { userIdOf } from './state.ts'
import type { Message, Wecom, WecomApp } from './state.ts'
import { shownTo } from './passive-reply.ts'

/** The part of an event or message that is always there. */
export function eventFrom(wecom: Wecom, from: string, more: Fields): Fields {
  return { ToUserName: wecom.corpId, FromUserName: from, CreateTime: Math.floor(wecom.clock.stamp() / 1000), ...more }
}

/** Tells the app what somebody wrote to it. */
export async function tellOfMessage(wecom: Wecom, app: WecomApp, message: Message, personKey: string): Promise<void> {
  const event = eventFrom(wecom, userIdOf(wecom, personKey), {
    MsgType: 'text',
    Content: message.copies.get(personKey)?.versions.at(-1) ?? '',
    MsgId: messageNumber(message),
    AgentID: app.agentId,
  })
  await deliver(wecom, app, event, (reply) => shownTo(wecom, app, personKey, reply))
}

/** A number of 64 bits, which no double holds; from the moment too, so that none comes again when the simulator is started anew. */
const messageNumber = ({ sentAt, seq }: Message): string =>
  String(7_000_000_000_000_000_000n + BigInt(sentAt) * 1000n + BigInt(seq % 1000))

/** Tells every app of a change among the people. Only ids are told: details have to be fetched. */
export function tellOfPerson(
  wecom: Wecom,
  happened: 'create_user' | 'update_user' | 'delete_user',
  person: Person,
  more: { userId?: string; newUserId?: string } = {},
): void {
  tellAll(wecom, {
    ChangeType: happened,
    UserID: more.userId ?? userIdOf(wecom, person.key),
    ...(more.newUserId !== undefined && { NewUserID: more.newUserId }),
    ...(happened !== 'delete_user' && { Department: String(departmentId(wecom, person.department)) }),
  })
}

export function tellOfDepartment(
  wecom: Wecom,
  happened: 'create_party' | 'update_party' | 'delete_party',
  id: number,
  department: Department,
): void {
  tellAll(wecom, {
    ChangeType: happened,
    Id: id,
    ...(happened !== 'delete_party' && { ParentId: departmentId(wecom, department.parent) }),
  })
}

function tellAll(wecom: Wecom, change: Fields): void {
  for (const app of wecom.apps) {
    void deliver(wecom, app, eventFrom(wecom, 'sys', { MsgType: 'event', Event: 'change_contact', ...change }))
  }
}
