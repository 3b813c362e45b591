import { type Lang, say } from '#contract'
import { quotation as quotationDocument, salesOrder } from '#contract/modules/sales'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { salesActions } from '#server/modules/sales'
import { money } from '../answers/card-pieces.ts'
import type { CardFact, CardPart } from '../card.ts'
import { moment } from '../cards/moment.ts'
import type { Shown } from './deed.ts'

/** An order that was made in the chat, as it stands now. */
export async function orderShown(caller: Caller, id: string, lang: Lang): Promise<Shown> {
  const { order, approval } = await ask(caller, salesActions.order, { id })
  const en = lang === 'en'
  const isDraft = order.state === 'draft'
  return {
    ...standing(salesOrder.states, order.state, lang),
    title: [order.number ?? (en ? 'Draft order' : '草稿订单'), order.names['customerId']].filter(Boolean).join(' · '),
    parts: [
      total(order.grossTotal, lang),
      facts([
        { label: en ? 'Warehouse' : '仓库', value: order.names['warehouseId'] ?? '' },
        { label: en ? 'Promised on' : '交期', value: order.promisedOn ?? '' },
      ]),
      ...waiting(approval, lang),
    ],
    link: isDraft
      ? { label: en ? 'Change the draft' : '打开草稿修改', path: `/orders/${id}/edit` }
      : { label: en ? 'Open the order' : '打开订单', path: `/orders/${id}` },
  }
}

/** The same of a quotation. */
export async function quotationShown(caller: Caller, id: string, lang: Lang): Promise<Shown> {
  const { quotation, approval } = await ask(caller, salesActions.quotation, { id })
  const en = lang === 'en'
  const isDraft = quotation.state === 'draft'
  const title = quotation.number ?? (en ? 'Draft quotation' : '草稿报价单')
  return {
    ...standing(quotationDocument.states, quotation.state, lang),
    title: [title, quotation.names['customerId']].filter(Boolean).join(' · '),
    parts: [
      total(quotation.grossTotal, lang),
      facts([
        { label: en ? 'Valid until' : '有效期至', value: quotation.validUntil ?? '' },
        { label: en ? 'Held until' : '留货至', value: quotation.heldUntil ? moment(quotation.heldUntil) : '' },
      ]),
      ...waiting(approval, lang),
    ],
    link: isDraft
      ? { label: en ? 'Change the draft' : '打开草稿修改', path: `/quotations/${id}/edit` }
      : { label: en ? 'Open it, send it to the customer' : '打开报价单，发给客户', path: `/quotations/${id}` },
  }
}

type States = Readonly<Record<string, { label: { zh: string; en?: string }; colour?: string }>>
const orangeStates = new Set(['submitted'])

function standing(
  states: States | undefined,
  state: string | null | undefined,
  lang: Lang,
): Pick<Shown, 'tag' | 'colour'> {
  const known = states?.[state ?? '']
  return {
    tag: known && say(known.label, lang),
    colour: orangeStates.has(state ?? '') ? 'orange' : state === 'draft' ? 'grey' : 'green',
  }
}

const total = (gross: string | null | undefined, lang: Lang): CardPart => ({
  kind: 'figure',
  value: money(gross, lang),
  label: lang === 'en' ? 'Total' : '价税合计',
})
const facts = (all: CardFact[]): CardPart => ({ kind: 'facts', facts: all.filter(({ value }) => value !== '') })

type Waiting = { waitingFor: { name: string }[] } | null
function waiting(approval: Waiting, lang: Lang): CardPart[] {
  const who = approval?.waitingFor.map(({ name }) => name).join('、')
  return who ? [{ kind: 'text', text: lang === 'en' ? `Waits for ${who}` : `正在等 ${who} 审批` }] : []
}
