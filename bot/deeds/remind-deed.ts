import { type Lang, Refusal, say, type Text } from '#contract'
import { type Caller, seesOwner } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { ask } from '#kernel/perform'
import { identitiesOf, namesOf } from '#server/modules/org'
import { type CustomerFacts, customersByIds } from '#server/modules/parties'
import type { CardPart } from '../card.ts'
import type { OwnerReminded, ReminderTakenBack } from '../facts.ts'
import type { DeedKind, RemindDeed, Shown } from './deed.ts'
import { nudgesSince } from './nudge-store.ts'

const nudgesMax = 3
const dayMs = 86_400_000

/** A word to whoever looks after a customer, on the platforms where he is. */
export const remindKind: DeedKind<RemindDeed> = {
  show: async (caller, deed, lang) => {
    const { customer, owner, places } = await ask(caller, (tx) => addressee(tx, caller, deed, lang), undefined)
    const en = lang === 'en'
    const count = await ask(
      caller,
      (tx) => nudgesSince(tx, customer.id, new Date(caller.at.getTime() - dayMs)),
      undefined,
    )
    const obstacle = obstacleTo(caller, customer, { places, count }, en)
    const [withWhom, through] = en
      ? [`Send to ${owner}`, `through ${places.join(', ')}`]
      : [`发给 ${owner}`, `通过${places.join('、')}`]
    return {
      ...titled(customer, en),
      parts: [
        { kind: 'text', text: deed.text },
        obstacle ? { kind: 'text', text: obstacle } : { kind: 'note', text: `${withWhom} · ${through}` },
      ],
      ways: obstacle ? [] : [{ name: 'confirm', label: en ? 'Send' : '确认发送', deed }],
    }
  },
  doubts: async () => [],
  carryOut: async (tx, caller, id, deed) => {
    const { customer } = await addressee(tx, caller, deed)
    const fact: OwnerReminded = { name: 'bot.owner-reminded', body: bodyOf(caller, id, deed, customer) }
    await publish(tx, caller, [fact])
  },
  undo: async (tx, caller, id, deed) => {
    const { customer } = await addressee(tx, caller, deed)
    const fact: ReminderTakenBack = { name: 'bot.reminder-taken-back', body: bodyOf(caller, id, deed, customer) }
    await publish(tx, caller, [fact])
  },
  done: async (caller, _id, deed, lang): Promise<Shown> => {
    const { customer, owner } = await ask(caller, (tx) => addressee(tx, caller, deed), undefined)
    const en = lang === 'en'
    const to: CardPart = { kind: 'note', text: en ? `Sent to ${owner}` : `已发给 ${owner}` }
    return {
      ...titled(customer, en),
      tag: en ? 'Sent' : '已发送',
      parts: [{ kind: 'text', text: deed.text }, to],
    }
  },
}

const titled = (customer: CustomerFacts, en: boolean): Pick<Shown, 'title'> => ({
  title: `${en ? 'Remind the owner' : '提醒负责人'} · ${customer.shortName}`,
})

const bodyOf = (
  caller: Caller,
  reminderId: string,
  { customerId, reason, text }: RemindDeed,
  { ownerId }: CustomerFacts,
): OwnerReminded['body'] => ({ reminderId, customerId, ownerId, byId: caller.personId, reason, text })

const platformNames: Record<string, Text> = {
  feishu: { zh: '飞书', en: 'Feishu' },
  dingtalk: { zh: '钉钉', en: 'DingTalk' },
  wecom: { zh: '企业微信', en: 'WeCom' },
}

/** Whose customer it is, for those who see the customer; those who see only what is sent to him speak of that only. */
async function addressee(tx: Tx, caller: Caller, { customerId, reason }: RemindDeed, lang: Lang = 'zh') {
  const customer = (await customersByIds(tx, [customerId])).get(customerId)
  const sees = (document: string): boolean => customer !== undefined && seesOwner(caller, document, customer.ownerId)
  if (!customer || !(sees('customer') || sees('delivery')))
    throw new Refusal('not_found', { what: { zh: '客户', en: 'customer' } })
  if (!sees('customer') && reason !== 'delivery')
    throw new Refusal('forbidden', { doing: { zh: '提醒送货以外的事', en: 'remind of more than deliveries' } })
  const owner = (await namesOf(tx, [customer.ownerId])).get(customer.ownerId) ?? '—'
  const identities = await identitiesOf(tx, [customer.ownerId])
  const places = [...new Set(identities.map(({ platform }) => say(platformNames[platform] ?? { zh: platform }, lang)))]
  return { customer, owner, places }
}

type Reach = { places: readonly string[]; count: number }
function obstacleTo(
  caller: Caller,
  { ownerId }: CustomerFacts,
  { places, count }: Reach,
  en: boolean,
): string | undefined {
  if (ownerId === caller.personId) return en ? 'You look after this customer yourself.' : '这家客户就由你负责。'
  if (places.length === 0) return en ? 'The owner is on no chat platform.' : '负责人不在任何聊天平台上，请直接联系。'
  if (count < nudgesMax) return undefined
  return en
    ? `The owner was reminded ${count} times within a day; please call.`
    : `24 小时内已提醒 ${count} 次，请直接联系负责人。`
}
