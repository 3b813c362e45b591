import { type Lang, say } from '#contract'
import { type DueCustomer, followUpKinds } from '#contract/modules/parties'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import { ask } from '#kernel/perform'
import { partiesActions } from '#server/modules/parties'
import type { Card, CardPart } from '../card.ts'
import { moreNote, period, understood } from './card-pieces.ts'
import type { QueryOf } from './query.ts'
import { whoseWords } from './whose.ts'

const rowsMax = 8

/** Whom to get in touch with: planned for these days, or silent for so long. Each with what was said last. */
export async function answerFollowUps(caller: Caller, query: QueryOf<'crm.followups'>, lang: Lang): Promise<Card> {
  const { scope, ownerId, silentDays, since = 'any', from, to } = query
  const today = dayAt(caller.at)
  const isPlan = silentDays === undefined
  // What should have been done before today is still to be done.
  const begins = from !== undefined && from > today ? from : undefined
  const { count, rows } = await ask(caller, partiesActions.dueCustomers, {
    isMine: scope === 'mine',
    ownerId,
    ...(isPlan ? { from: begins, to: to ?? today } : { silentDays }),
    since,
    limit: rowsMax,
  })
  const en = lang === 'en'
  return {
    colour: count > 0 ? 'orange' : 'green',
    title: titleFor(silentDays, since, en),
    parts: [
      { kind: 'figure', value: String(count), label: en ? 'customers' : '家客户' },
      ...rows.map((row) => entry(row, { isPlan, since, today, isMine: scope === 'mine' }, lang)),
      ...(count === 0 ? [{ kind: 'text' as const, text: en ? 'Nobody is waiting.' : '没有要跟进的客户。' }] : []),
      ...moreNote(count > rows.length, lang),
      understood(
        caller.at,
        lang,
        isPlan ? (en ? 'planned follow-ups' : '计划的跟进') : silenceWords(silentDays, since, en),
        await whoseWords(caller, query, lang),
        isPlan ? period(begins ?? to ?? today, to ?? today, lang) : undefined,
      ),
    ],
    buttons: [],
    link: { label: en ? 'Customers' : '客户列表', path: '/customers' },
  }
}

const titleFor = (silentDays: number | undefined, since: 'any' | 'order', en: boolean): string => {
  if (silentDays === undefined) return en ? 'Follow-ups' : '要跟进的客户'
  if (since === 'order') return en ? 'Customers who stopped ordering' : '好久没下单的客户'
  return en ? 'Silent customers' : '好久没联系的客户'
}
const silenceWords = (days: number, since: 'any' | 'order', en: boolean): string =>
  since === 'order'
    ? en
      ? `no order for ${days} days`
      : `${days} 天没下单`
    : en
      ? `no contact and no order for ${days} days`
      : `${days} 天没联系也没下单`

const silenceLabel = (since: 'any' | 'order', en: boolean): string =>
  since === 'order' ? (en ? 'Last order' : '上次下单') : en ? 'Last contact' : '上次往来'

type How = { isPlan: boolean; since: 'any' | 'order'; today: string; isMine: boolean }

function entry(row: DueCustomer, { isPlan, since, today, isMine }: How, lang: Lang): CardPart {
  const en = lang === 'en'
  const last = row.text && row.kind ? `${say(followUpKinds[row.kind], lang)} · ${row.text}` : ''
  const isLate = isPlan && row.nextOn !== null && row.nextOn < today
  const when = isPlan
    ? { label: en ? 'Planned' : '计划', value: `${row.nextOn ?? ''}${isLate ? (en ? ' (late)' : '（已过）') : ''}` }
    : { label: silenceLabel(since, en), value: row.silentSince }
  return {
    kind: 'entry',
    title: [{ text: row.shortName, path: `/customers/${row.customerId}` }],
    facts: [
      when,
      ...(isMine ? [] : [{ label: en ? 'Owner' : '负责人', value: row.owner }]),
      ...(last ? [{ label: en ? 'Last' : '上次', value: last }] : []),
    ],
  }
}
