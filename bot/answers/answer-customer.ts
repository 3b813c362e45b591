import { type Lang, say, showValue } from '#contract'
import { customer as customerDocument, followUpKinds } from '#contract/modules/parties'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { financeActions } from '#server/modules/finance'
import { partiesActions } from '#server/modules/parties'
import { salesActions } from '#server/modules/sales'
import type { Card, CardPart } from '../card.ts'
import { moment } from '../cards/moment.ts'
import { money, table, understood } from './card-pieces.ts'
import { mayAsk } from './may-ask.ts'
import { nextStep } from './next-step.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'

type Query = QueryOf<'crm.profile'>
const linesMax = 3
const contactsMax = 4

/** Who a customer is: whose, how to reach him, what he bought last and what he owes. Each part by the rights for it. */
export async function answerCustomer(
  caller: Caller,
  { customerId, field = 'summary' }: Query,
  lang: Lang,
): Promise<Card> {
  const { customer } = await ask(caller, partiesActions.customer, { id: customerId })
  const en = lang === 'en'
  const isWhole = field === 'summary'
  const parts: CardPart[] = [
    {
      kind: 'facts',
      facts: [
        { label: en ? 'Owner' : '负责人', value: customer.names['ownerId'] ?? '' },
        ...(isWhole || field === 'contact' ? [{ label: en ? 'Region' : '地区', value: customer.region ?? '' }] : []),
        ...(isWhole
          ? [{ label: en ? 'Level' : '等级', value: showValue(customerDocument.fields.level, customer.level, lang) }]
          : []),
        ...(field === 'contact'
          ? [{ label: en ? 'Delivery address' : '收货地址', value: customer.address ?? '' }]
          : []),
      ].filter((fact) => fact.value !== ''),
    },
    ...(isWhole || field === 'contact' ? contacts(customer.lines ?? [], field === 'contact', en) : []),
    ...(isWhole && mayAsk(caller, 'ar.customer') ? await owed(caller, customerId, lang) : []),
    ...(isWhole || field === 'recent_items' ? await lastOrder(caller, customerId, en) : []),
    ...(isWhole && mayAsk(caller, 'crm.log') ? await lastFollowUp(caller, customerId, lang) : []),
    understood(caller.at, lang, en ? 'customer' : '客户名片', customer.shortName ?? ''),
  ]
  return {
    colour: customer.state === 'frozen' ? 'red' : 'blue',
    title: customer.name ?? '',
    parts,
    buttons: [
      ...(mayAsk(caller, 'ar.customer')
        ? [nextStep('owed', en ? 'Owed' : '应收', { intent: 'ar.customer', customerIds: [customerId] }, lang)]
        : []),
      ...(mayAsk(caller, 'order.list')
        ? [nextStep('orders', en ? 'Orders' : '订单', { intent: 'order.list', customerId }, lang)]
        : []),
    ],
    link: { label: en ? 'Open the customer' : '打开客户', path: `/customers/${customerId}` },
  }
}

type Contact = { name?: unknown; phone?: unknown }
/** A phone number stands in full only where it was asked for; else it is for tapping through. */
function contacts(lines: readonly Contact[], isAsked: boolean, en: boolean): CardPart[] {
  const rows = lines
    .filter((line) => typeof line.name === 'string')
    .slice(0, contactsMax)
    .map((line) => [String(line.name), phoneWords(line.phone, isAsked)])
  return rows.length > 0 ? [table(en ? ['Contact', 'Phone'] : ['联系人', '电话'], rows)] : []
}

const phoneWords = (phone: unknown, isWhole: boolean): string => {
  if (typeof phone !== 'string' || phone === '') return '—'
  return isWhole ? phone : `${phone.slice(0, 3)}****${phone.slice(-4)}`
}

async function owed(caller: Caller, id: string, lang: Lang): Promise<CardPart[]> {
  const { amounts } = await ask(caller, financeActions.account, { id })
  return amounts
    ? [{ kind: 'facts', facts: [{ label: lang === 'en' ? 'Owed' : '应收余额', value: money(amounts.owed, lang) }] }]
    : []
}

async function lastFollowUp(caller: Caller, id: string, lang: Lang): Promise<CardPart[]> {
  const { rows } = await ask(caller, partiesActions.followUps, { id })
  const [last] = rows
  if (!last) return []
  const en = lang === 'en'
  const value = `${moment(last.at)} ${say(followUpKinds[last.kind], lang)} · ${last.text}`
  return [
    {
      kind: 'facts',
      facts: [
        { label: en ? 'Last follow-up' : '上次跟进', value },
        ...(last.nextOn ? [{ label: en ? 'Next step' : '下次跟进', value: last.nextOn }] : []),
      ],
    },
  ]
}

async function lastOrder(caller: Caller, id: string, en: boolean): Promise<CardPart[]> {
  if (!mayAsk(caller, 'order.list')) return []
  const { order, lines } = await ask(caller, salesActions.lastOrder, { id })
  if (!order) return [{ kind: 'text', text: en ? 'No orders yet.' : '还没有下过单。' }]
  return [
    {
      kind: 'facts',
      facts: [
        {
          label: en ? 'Last order' : '最近一单',
          value: [{ text: `${order.number} ${order.orderedOn}`, path: `/orders/${order.id}` }],
        },
        {
          label: en ? 'Items' : '商品',
          value: lines
            .slice(0, linesMax)
            .map(({ item }) => itemLabel(item))
            .join('、'),
        },
      ],
    },
  ]
}
