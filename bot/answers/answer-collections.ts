import { Decimal, type Lang, say, type Text } from '#contract'
import { receiptDocument } from '#contract/modules/finance'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { financeActions } from '#server/modules/finance'
import type { Card, CardPart } from '../card.ts'
import { allPages } from './all-pages.ts'
import { money, moreNote, period, tableOr, understood } from './card-pieces.ts'
import type { QueryOf } from './query.ts'
import { ownerAsked, whoseWords } from './whose.ts'

const rowsMax = 8
const pageSize = 100

/** The receipts of some days, and what they come to. */
async function cameIn(
  caller: Caller,
  { customerId, method, ...whose }: QueryOf<'ar.collections'>,
  { from, to }: { from: string; to: string },
) {
  const { rows, isCut } = await allPages((cursor) =>
    ask(caller, financeActions.receipts, {
      customerId,
      ownerId: ownerAsked(caller, whose),
      from,
      to,
      unallocated: false,
      paid: true,
      limit: pageSize,
      cursor,
    }),
  )
  const posted = rows.filter((row) => row.state === 'posted' && (!method || row.method === method))
  return { posted, total: Decimal.sum(0, ...posted.map((row) => row.amount ?? 0)).toFixed(2), isCut }
}

/** What came in within some days: how much, how often, from whom. */
export async function answerCollections(caller: Caller, query: QueryOf<'ar.collections'>, lang: Lang): Promise<Card> {
  const { customerId, method, from, to, against } = query
  const { posted, total, isCut } = await cameIn(caller, query, { from, to })
  const before = against && (await cameIn(caller, query, against))
  const en = lang === 'en'
  const name = customerId && posted[0]?.names['customerId']
  return {
    colour: posted.length > 0 ? 'green' : 'blue',
    title: [en ? 'Collections' : '回款', name].filter(Boolean).join(' · '),
    parts: [
      ...(isCut
        ? []
        : [
            {
              kind: 'figure' as const,
              value: money(total, lang),
              label: en ? `${posted.length} receipts` : `${posted.length} 笔`,
            },
          ]),
      ...(before && !before.isCut
        ? [
            {
              kind: 'facts' as const,
              facts: [{ label: period(against.from, against.to, lang) ?? '', value: money(before.total, lang) }],
            },
          ]
        : []),
      query.by ? eachTable(posted, query.by, lang) : receiptsTable(posted, lang),
      ...moreNote((posted.length > rowsMax && !query.by) || isCut, lang),
      understood(
        caller.at,
        lang,
        en ? 'collections' : '回款',
        name,
        (query.scope ?? query.ownerId) && (await whoseWords(caller, query, lang)),
        method && methodWord(method, lang),
        query.by && (en ? `by ${say(eachWords[query.by], lang).toLowerCase()}` : `按${say(eachWords[query.by], lang)}`),
        period(from, to, lang),
      ),
    ],
    buttons: [],
    link: { label: en ? 'Receipts' : '收款列表', path: '/receipts' },
  }
}

type Receipt = Awaited<ReturnType<typeof cameIn>>['posted'][number]
type Each = NonNullable<QueryOf<'ar.collections'>['by']>
const nothing = (lang: Lang): string => (lang === 'en' ? 'Nothing came in.' : '没有回款。')

const receiptsTable = (posted: readonly Receipt[], lang: Lang): CardPart =>
  tableOr(
    lang === 'en' ? ['Day', 'Customer', 'Method', '#Amount'] : ['到账日', '客户', '方式', '#金额'],
    posted
      .slice(0, rowsMax)
      .map((row) => [
        row.receivedOn ?? '',
        [{ text: row.names['customerId'] ?? '', path: `/receipts/${row.id}` }],
        methodWord(row.method, lang),
        money(row.amount, lang),
      ]),
    nothing(lang),
  )

const eachWords: Record<Each, Text> = {
  rep: { zh: '销售', en: 'Seller' },
  customer: { zh: '客户', en: 'Customer' },
  method: { zh: '方式', en: 'Method' },
  month: { zh: '月份', en: 'Month' },
  day: { zh: '到账日', en: 'Day' },
}
const groupsMax = 31
const monthLength = 7

/** What came in for each seller, customer or method, the most first; for each month or day in their order. */
function eachTable(posted: readonly Receipt[], by: Each, lang: Lang): CardPart {
  const groups = new Map<string, { count: number; sum: Decimal }>()
  for (const row of posted) {
    const name = nameOfEach(row, by, lang)
    const { count, sum } = groups.get(name) ?? { count: 0, sum: new Decimal(0) }
    groups.set(name, { count: count + 1, sum: sum.plus(row.amount ?? 0) })
  }
  const isTime = by === 'month' || by === 'day'
  const rows = [...groups].sort(([a, one], [b, other]) => (isTime ? (a < b ? -1 : 1) : other.sum.cmp(one.sum)))
  return tableOr(
    [say(eachWords[by], lang), lang === 'en' ? '#Receipts' : '#笔数', lang === 'en' ? '#Amount' : '#金额'],
    rows.slice(0, groupsMax).map(([name, { count, sum }]) => [name, String(count), money(sum.toFixed(2), lang)]),
    nothing(lang),
  )
}

function nameOfEach(row: Receipt, by: Each, lang: Lang): string {
  switch (by) {
    case 'rep':
      return row.names['ownerId'] ?? '—'
    case 'customer':
      return row.names['customerId'] ?? '—'
    case 'method':
      return methodWord(row.method, lang)
    case 'month':
      return row.receivedOn?.slice(0, monthLength) ?? '—'
    case 'day':
      return row.receivedOn ?? '—'
  }
}

const methods: readonly { value: string; label: Text }[] = receiptDocument.fields.method.options
const methodWord = (method: string | null | undefined, lang: Lang): string => {
  const known = methods.find((one) => one.value === method)
  return known ? say(known.label, lang) : ''
}

/** What falls due within some days. */
export async function answerComingDue(caller: Caller, query: QueryOf<'ar.due'>, lang: Lang): Promise<Card> {
  const { customerId, from, to } = query
  const ownerId = ownerAsked(caller, query)
  const { rows, isCut } = await allPages((cursor) =>
    ask(caller, financeActions.receivables, {
      customerId,
      ownerId,
      dueFrom: from,
      dueTo: to,
      overdue: false,
      openOnly: true,
      limit: pageSize,
      cursor,
    }),
  )
  const due = rows.toSorted((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1))
  const total = Decimal.sum(0, ...due.map((row) => row.open ?? 0)).toFixed(2)
  const en = lang === 'en'
  const name = customerId && due[0]?.names['customerId']
  return {
    colour: due.length > 0 ? 'orange' : 'green',
    title: [en ? 'Coming due' : '即将到期', name].filter(Boolean).join(' · '),
    parts: [
      ...(isCut
        ? []
        : [
            {
              kind: 'figure' as const,
              value: money(total, lang),
              label: en ? `${due.length} documents` : `${due.length} 笔`,
            },
          ]),
      tableOr(
        en ? ['Due', 'Customer', 'Document', '#Open'] : ['到期日', '客户', '单据', '#未收'],
        due
          .slice(0, rowsMax)
          .map((row) => [
            row.dueOn ?? '',
            row.names['customerId'] ?? '',
            [{ text: row.sourceNumber ?? '', path: `/receivables/${row.id}` }],
            money(row.open, lang),
          ]),
        en ? 'Nothing falls due then.' : '这期间没有到期的应收。',
      ),
      ...moreNote(due.length > rowsMax || isCut, lang),
      understood(
        caller.at,
        lang,
        en ? 'coming due' : '到期应收',
        name,
        ownerId && (await whoseWords(caller, query, lang)),
        period(from, to, lang),
      ),
    ],
    buttons: [],
    link: { label: en ? 'Receivables' : '应收', path: '/receivables' },
  }
}
