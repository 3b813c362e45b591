import { type Lang, showValue } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { partiesActions } from '#server/modules/parties'
import { salesActions } from '#server/modules/sales'
import type { Card } from '../card.ts'
import { moreNote, tableOr, understood } from './card-pieces.ts'

const rowsMax = 5

/** The quotations of a customer that may become an order: on the page of each that is one press, with its prices and what is held for it. */
export async function answerOpenQuotations(caller: Caller, customerId: string, lang: Lang): Promise<Card> {
  const [{ customer }, { rows, cursor }] = await Promise.all([
    ask(caller, partiesActions.customer, { id: customerId }),
    ask(caller, salesActions.quotations, { customerId, state: 'approved', limit: rowsMax }),
  ])
  const en = lang === 'en'
  const [first] = rows
  const name = customer.shortName ?? ''
  return {
    colour: 'blue',
    title: `${en ? 'From a quotation' : '报价转订单'} · ${name}`,
    parts: [
      tableOr(
        en ? ['Quotation', '#Amount', 'Valid until'] : ['报价单', '#金额', '有效期至'],
        rows.map((row) => [
          [{ text: row.number ?? (en ? 'draft' : '草稿'), path: `/quotations/${row.id}` }],
          showValue({ kind: 'money' }, row.grossTotal, lang),
          row.validUntil ?? '',
        ]),
        en ? 'No quotation of this customer can become an order.' : '这家客户没有可以转成订单的报价。',
      ),
      ...(first
        ? [
            {
              kind: 'text' as const,
              text: en ? 'Open it and press "Accepted".' : '打开报价单，点「客户接受，转订单」即生成订单草稿。',
            },
          ]
        : []),
      ...moreNote(cursor !== null, lang),
      understood(caller.at, lang, en ? 'quotations that can become an order' : '可转订单的报价', name),
    ],
    buttons: [],
    link:
      rows.length === 1 && first
        ? { label: en ? 'Open the quotation' : '打开报价单', path: `/quotations/${first.id}` }
        : { label: en ? 'Quotations' : '报价单列表', path: '/quotations' },
  }
}
