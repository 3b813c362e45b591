import { Decimal, type Lang, say } from '#contract'
import { type AgeBucket, type Ageing, ageBuckets } from '#contract/modules/finance'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { financeActions } from '#server/modules/finance'
import type { Card, CardPart } from '../card.ts'
import { allPages } from './all-pages.ts'
import { betweenWords, isBetween } from './between.ts'
import { money, moreNote, table, understood } from './card-pieces.ts'
import type { QueryOf } from './query.ts'
import { ownerAsked, whoseWords } from './whose.ts'

type Query = QueryOf<'ar.ageing'>
const rowsMax = 6
const readMax = 100
const bucketStarts: Record<AgeBucket, number> = { notDue: -1, upTo30: 0, upTo60: 30, upTo90: 60, over90: 90 }
const bucketEnds: Record<AgeBucket, number> = { notDue: 0, upTo30: 30, upTo60: 60, upTo90: 90, over90: Infinity }

/** What is owed by how long: of one customer, or of all he may see with those who owe most. */
export const answerAgeing = (caller: Caller, query: Query, lang: Lang): Promise<Card> =>
  query.customerId
    ? ageingOf(caller, { ...query, customerId: query.customerId }, lang)
    : ageingOfAll(caller, query, lang)

async function ageingOf(caller: Caller, query: Query & { customerId: string }, lang: Lang): Promise<Card> {
  const account = await ask(caller, financeActions.account, { id: query.customerId })
  const en = lang === 'en'
  const { customerId, day } = query
  const stood = day
    ? await ask(caller, financeActions.ageing, { by: 'customer', customerId, asOf: day, limit: 1 })
    : undefined
  const ageing = stood?.totals ?? account.amounts?.ageing
  return {
    colour: 'blue',
    title: `${account.customerName} · ${en ? 'ageing' : '账龄'}`,
    parts: [
      ...(ageing ? bucketParts(ageing, query, lang) : []),
      understood(
        account.at,
        lang,
        en ? 'ageing by due day' : '账龄（按到期日）',
        account.customerName,
        endOf(query, lang),
      ),
    ],
    buttons: [],
    link: { label: en ? 'The customer' : '客户页', path: `/customers/${query.customerId}` },
  }
}

async function ageingOfAll(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  const asked = { by: 'customer' as const, ownerId: ownerAsked(caller, query), asOf: query.day, limit: readMax }
  const first = await ask(caller, financeActions.ageing, asked)
  const between = betweenWords(query, lang)
  const { rows: read, isCut } = between
    ? await allPages((cursor) => ask(caller, financeActions.ageing, { ...asked, cursor }))
    : { rows: first.rows, isCut: first.cursor !== null }
  const rows = read.filter((row) => isBetween(row.owed, query))
  const en = lang === 'en'
  const shown = query.limit ?? rowsMax
  return {
    colour: 'blue',
    title: en ? 'Ageing of receivables' : '应收账龄',
    parts: [
      ...(between ? [countOf(rows, lang)] : bucketParts(first.totals, query, lang)),
      table(
        en ? ['Customer', '#Owed', '#Over 90 days'] : ['客户', '#应收', '#逾期 90 天以上'],
        rows
          .slice(0, shown)
          .map((row) => [
            [{ text: row.name, path: `/customers/${row.id}` }],
            money(row.owed, lang),
            money(row.over90, lang),
          ]),
      ),
      ...moreNote(rows.length > shown || isCut, lang),
      understood(
        caller.at,
        lang,
        en ? 'ageing by due day' : '账龄（按到期日）',
        await whoseWords(caller, query, lang),
        between,
        endOf(query, lang),
      ),
    ],
    buttons: [],
    link: { label: en ? 'Receivables' : '应收', path: '/receivables' },
  }
}

/** How many owe so much, and what they owe together. */
const countOf = (rows: readonly { owed: string }[], lang: Lang): CardPart => ({
  kind: 'figure',
  value: `${rows.length} · ${money(Decimal.sum(0, ...rows.map(({ owed }) => owed)).toFixed(2), lang)}`,
  label: lang === 'en' ? 'customers' : '家客户',
})

/** A day that is over, where it is asked for. */
const endOf = ({ day }: Query, lang: Lang): string | undefined =>
  day && (lang === 'en' ? `at the end of ${day}` : `${day} 日终`)

/** The buckets, which add up to what is owed; where some of them are asked for, their sum first. */
function bucketParts(ageing: Ageing, { overDays, mostDays }: Query, lang: Lang): CardPart[] {
  const en = lang === 'en'
  const isAsked = overDays !== undefined || mostDays !== undefined
  const asked = ageBuckets.filter(
    ({ key }) => isAsked && bucketStarts[key] + 1 >= (overDays ?? 1) && bucketEnds[key] <= (mostDays ?? Infinity),
  )
  const sum = Decimal.sum(0, ...asked.map(({ key }) => ageing[key])).toFixed(2)
  return [
    asked.length === 0
      ? { kind: 'figure', value: money(ageing.owed, lang), label: en ? 'owed' : '应收合计' }
      : {
          kind: 'figure',
          value: money(sum, lang),
          label: asked.map(({ label }) => say(label, lang)).join(en ? ' and ' : '、'),
        },
    {
      kind: 'facts',
      facts: ageBuckets.map(({ key, label }) => ({ label: say(label, lang), value: money(ageing[key], lang) })),
    },
  ]
}
