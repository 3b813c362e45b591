import { Decimal, type Lang, say } from '#contract'
import { ageBuckets } from '#contract/modules/finance'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { financeActions } from '#server/modules/finance'
import type { Card, CardPart } from '../card.ts'
import { betweenWords, isBetween } from './between.ts'
import { money, understood } from './card-pieces.ts'
import { nextStep } from './next-step.ts'
import type { QueryOf } from './query.ts'
import { ownerAsked, whoseWords } from './whose.ts'
import { withoutWords } from './without-words.ts'

type Query = QueryOf<'ar.overdue'>

const rowsMax = 8
const readMax = 100

/** What is overdue: the documents of one customer or of the asker's own, or the customers he may see, by how long. */
export async function answerOverdue(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  const { customerId } = query
  const { part, name, isCut } = customerId
    ? await documents(caller, { ...query, customerId }, lang)
    : await customers(caller, query, lang)
  const en = lang === 'en'
  return {
    colour: part ? 'red' : 'green',
    title: `${en ? 'Overdue' : '逾期'} · ${name}`,
    parts: [
      part ?? { kind: 'text', text: en ? 'Nothing is overdue.' : '没有逾期。' },
      ...(isCut
        ? [
            {
              kind: 'note' as const,
              text: en ? 'Only the first; more in the list.' : '只列前几个，完整列表请打开应用。',
            },
          ]
        : []),
      understood(caller.at, lang, en ? 'overdue' : '逾期', name, overWords(query, lang)),
    ],
    buttons: customerId
      ? [nextStep('owed', en ? 'Owed' : '欠款', { intent: 'ar.customer', customerIds: [customerId] }, lang)]
      : [],
    link: {
      label: en ? 'All that is overdue' : '全部逾期',
      path: customerId ? `/customers/${customerId}` : '/receivables?overdue=true',
    },
  }
}

type Found = { part: CardPart | undefined; name: string; isCut: boolean }

/** Longest overdue first, or the smallest where that is asked. */
async function documents(
  caller: Caller,
  { customerId, overDays, mostDays = Infinity, sorted, limit = rowsMax, ...between }: Query & { customerId: string },
  lang: Lang,
): Promise<Found> {
  const asked = { customerId, overdue: true, openOnly: true, limit: readMax }
  const { rows: read, cursor } = await ask(caller, financeActions.receivables, asked)
  const late = read.filter(
    ({ overdueDays, open }) =>
      (overdueDays ?? 0) > (overDays ?? 0) && (overdueDays ?? 0) <= mostDays && isBetween(open ?? 0, between),
  )
  const rows = sorted === 'asc' ? late.toSorted((a, b) => new Decimal(a.open ?? 0).cmp(b.open ?? 0)) : late
  const en = lang === 'en'
  const part: CardPart = {
    kind: 'table',
    columns: [
      { label: en ? 'Document' : '单据' },
      { label: en ? 'Due' : '到期日' },
      { label: en ? 'Days' : '逾期天数', isNumber: true },
      { label: en ? 'Open' : '未收', isNumber: true },
    ],
    rows: rows
      .slice(0, limit)
      .map((row) => [row.sourceNumber ?? '', row.dueOn ?? '', String(row.overdueDays ?? ''), money(row.open, lang)]),
  }
  const name = rows[0]?.names['customerId'] ?? ''
  return { part: rows.length > 0 ? part : undefined, name, isCut: cursor !== null || rows.length > limit }
}

/** The last day of overdue that a bucket holds. */
const bucketBegins = { notDue: 0, upTo30: 0, upTo60: 30, upTo90: 60, over90: 90 }
const bucketEnds = { notDue: 0, upTo30: 30, upTo60: 60, upTo90: 90, over90: Infinity }

const orderWords = {
  asc: { zh: '从少到多', en: 'smallest first' },
  oldest: { zh: '拖得久的在前（按账龄段）', en: 'longest overdue first, by bucket' },
}

function overWords({ overDays, mostDays, sorted, ...between }: Query, lang: Lang): string {
  const en = lang === 'en'
  const days =
    overDays && mostDays
      ? en
        ? `${overDays} to ${mostDays} days`
        : `${overDays} 到 ${mostDays} 天`
      : mostDays
        ? en
          ? `up to ${mostDays} days`
          : `${mostDays} 天以内`
        : overDays && (en ? `over ${overDays} days` : `${overDays} 天以上`)
  const order = sorted && orderWords[sorted][lang]
  return [days, betweenWords(between, lang), order].filter(Boolean).join(' ')
}

const overdueBuckets = ageBuckets.filter((bucket) => bucket.key !== 'notDue')

type Ageing = Record<(typeof overdueBuckets)[number]['key'], string>
/** Who owes anything longer than the other, and more of it. */
function longestFirst(a: Ageing, b: Ageing): number {
  const apart = overdueBuckets.toReversed().find(({ key }) => !new Decimal(a[key]).eq(b[key]))
  return apart ? new Decimal(b[apart.key]).cmp(a[apart.key]) : 0
}

/** Those who owe most first, or least where that is asked. */
async function customers(
  caller: Caller,
  { scope, ownerId, overDays = 0, mostDays = Infinity, sorted, limit = rowsMax, without = [], ...between }: Query,
  lang: Lang,
): Promise<Found> {
  const { rows } = await ask(caller, financeActions.ageing, {
    by: 'customer',
    ownerId: ownerAsked(caller, { scope, ownerId }),
    limit: readMax,
  })
  const buckets = overdueBuckets.filter(({ key }) => bucketEnds[key] > overDays && bucketBegins[key] < mostDays)
  const sumOf = (row: (typeof rows)[number]): Decimal => Decimal.sum(0, ...buckets.map(({ key }) => row[key]))
  const late = rows.filter((row) => sumOf(row).gt(0) && isBetween(sumOf(row), between))
  const overdue = late
    .filter(({ id }) => !without.includes(id))
    .toSorted(
      (a, b) =>
        (sorted === 'oldest' ? longestFirst(a, b) : 0) ||
        (sorted === 'asc' ? sumOf(a).cmp(sumOf(b)) : sumOf(b).cmp(sumOf(a))),
    )
  const part: CardPart = {
    kind: 'table',
    columns: [
      { label: lang === 'en' ? 'Customer' : '客户' },
      ...buckets.map(({ label }) => ({ label: say(label, lang).replace(/^逾期 /, ''), isNumber: true })),
    ],
    rows: overdue
      .slice(0, limit)
      .map((row) => [
        [{ text: row.name, path: `/customers/${row.id}` }],
        ...buckets.map(({ key }) => (Number(row[key]) > 0 ? money(row[key], lang) : '—')),
      ]),
  }
  const isCut = overdue.length > limit || rows.length === readMax
  return {
    part: overdue.length > 0 ? part : undefined,
    name: [await whoseWords(caller, { scope, ownerId }, lang), await withoutWords(caller, { without }, lang)]
      .filter(Boolean)
      .join(' · '),
    isCut,
  }
}
