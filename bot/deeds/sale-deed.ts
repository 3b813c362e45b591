import { Decimal, type Lang, toBase } from '#contract'
import { type Caller, visibleOwners } from '#kernel/caller'
import { addDays, dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { ask } from '#kernel/perform'
import { catalogActions } from '#server/modules/catalog'
import { partiesActions } from '#server/modules/parties'
import { documentsAlike, farBeyondUsual, salesActions } from '#server/modules/sales'
import { itemLabel } from '../answers/pick.ts'
import type { DeedKind, Doubt, SaleDeed, Shown, Way } from './deed.ts'
import { previewOf, priceNoteOf, saleParts } from './sale-parts.ts'
import { orderShown, quotationShown } from './sale-shown.ts'

const validDays = 15
const dayMs = 86_400_000

/** Orders and quotations, made by the same actions as on the page. */
export const saleKind: DeedKind<SaleDeed> = {
  show: async (caller, deed, lang) => {
    const en = lang === 'en'
    const isOrder = deed.document === 'sales_order'
    const [{ customer }, preview] = await Promise.all([
      ask(caller, partiesActions.customer, { id: deed.customerId }),
      previewOf(caller, deed),
    ])
    const what = isOrder ? (en ? 'Order' : '下单') : en ? 'Quotation' : '报价'
    const isShort = preview.lines.some((line) => Number(line.short) > 0)
    const isRefused =
      preview.lines.some((line) => line.problem) || preview.reasons.some(({ effects }) => effects.includes('block'))
    return {
      title: `${what} · ${customer.shortName ?? customer.name ?? ''}`,
      parts: await saleParts(caller, deed, preview, lang),
      ways: isRefused ? [] : waysOf(deed, isShort, en),
      amend: en ? 'Change in app' : '在应用里改',
      link: { label: en ? 'The customer' : '客户页', path: `/customers/${deed.customerId}` },
    }
  },

  doubts: async (caller, deed, lang) => {
    const items = await Promise.all(
      deed.lines.map(async (line) => {
        const { item, units } = await ask(caller, catalogActions.item, { id: line.itemId })
        return { ...line, name: nameOf(item), quantity: toBase(line.entered, units) }
      }),
    )
    const unusual = await ask(
      caller,
      async (tx) => [...(await tooMany(tx, items, lang)), ...(await repeats(tx, caller, deed, lang))],
      undefined,
    )
    return [...unusual, ...(await oddPrices(caller, deed, lang))]
  },

  carryOut: async (tx, caller, id, deed) => {
    if (deed.document === 'sales_order') {
      await salesActions.createOrder(tx, caller, orderInput(id, deed, true))
      return
    }
    const { quotation } = await salesActions.createQuotation(tx, caller, quotationInput(caller, id, deed, true))
    if (!deed.holdDays || quotation.state !== 'approved') return
    const until = new Date(caller.at.getTime() + deed.holdDays * dayMs).toISOString()
    await salesActions.holdQuotation(tx, caller, { id, version: quotation.version, until })
  },

  amend: async (tx, caller, id, deed) => {
    if (deed.document === 'sales_order') await salesActions.createOrder(tx, caller, orderInput(id, deed, false))
    else await salesActions.createQuotation(tx, caller, quotationInput(caller, id, deed, false))
  },

  undo: async (tx, caller, id, { document }) => {
    if (document === 'sales_order') await undoOrder(tx, caller, id)
    else await undoQuotation(tx, caller, id)
  },

  done: (caller, id, { document }, lang): Promise<Shown> =>
    document === 'sales_order' ? orderShown(caller, id, lang) : quotationShown(caller, id, lang),
}

/** Where the goods are not all there, it is said what can be had; a quotation that holds nothing needs no goods. */
function waysOf(deed: SaleDeed, isShort: boolean, en: boolean): Way<SaleDeed>[] {
  if (deed.document === 'sales_order')
    return isShort && !deed.backorder
      ? [
          {
            name: 'confirm',
            label: en ? 'Send what is there' : '有货先发，余下后补',
            deed: { ...deed, backorder: true },
          },
        ]
      : [{ name: 'confirm', label: en ? 'Confirm order' : '确认下单', deed }]
  if (!deed.holdDays) return [{ name: 'confirm', label: en ? 'Confirm quotation' : '确认报价', deed }]
  return isShort
    ? [
        {
          name: 'confirm',
          label: en ? 'Quote, hold nothing' : '只报价，不留货',
          deed: { ...deed, holdDays: undefined },
        },
      ]
    : [{ name: 'confirm', label: en ? 'Quote and hold' : '确认报价并留货', deed }]
}

type OrderInput = Parameters<typeof salesActions.createOrder>[2]
type QuotationInput = Parameters<typeof salesActions.createQuotation>[2]

const linesOf = ({ lines }: SaleDeed) =>
  lines.map((line) => ({
    itemId: line.itemId,
    entered: line.entered,
    price: line.price,
    priceNote: priceNoteOf(line),
  }))

const orderInput = (id: string, deed: SaleDeed, submit: boolean): OrderInput => ({
  id,
  customerId: deed.customerId,
  warehouseId: deed.warehouseId,
  promisedOn: deed.promisedOn,
  backorder: deed.backorder,
  lines: linesOf(deed),
  submit,
})

const quotationInput = (caller: Caller, id: string, deed: SaleDeed, submit: boolean): QuotationInput => ({
  id,
  customerId: deed.customerId,
  warehouseId: deed.warehouseId,
  validUntil: addDays(dayAt(caller.at), validDays),
  lines: linesOf(deed),
  submit,
})

type Counted = { itemId: string; name: string; quantity: string }

const tooManyWords = (names: string, en: boolean): string =>
  en ? `${names}: far more than is usually sold at a time` : `${names} 的数量远超平时一单的量`

async function tooMany(tx: Tx, items: readonly Counted[], lang: Lang): Promise<Doubt[]> {
  const ids = await farBeyondUsual(tx, items)
  return items
    .filter(({ itemId }) => ids.includes(itemId))
    .map(({ itemId, name, quantity }) => ({
      code: `many:${itemId}:${quantity}`,
      words: tooManyWords(name, lang === 'en'),
    }))
}

/** Of the usual price less than so much, or more than so many times as much, may have been said or heard wrong. */
const oddBelow = 0.5
const oddAbove = 2

async function oddPrices(caller: Caller, deed: SaleDeed, lang: Lang): Promise<Doubt[]> {
  if (deed.lines.every((line) => line.price === null)) return []
  const { lines } = await previewOf(caller, deed)
  return lines.flatMap(({ item, price, rulePrice }, i) => {
    const ratio = new Decimal(rulePrice).isZero() ? new Decimal(1) : new Decimal(price).div(rulePrice)
    if (deed.lines[i]?.price === null || (ratio.gte(oddBelow) && ratio.lte(oddAbove))) return []
    const words =
      lang === 'en'
        ? `${nameOf(item)}: the price ${price} is far from the usual ${rulePrice}`
        : `${nameOf(item)} 的单价 ${price} 与平时的 ${rulePrice} 相差很大`
    return [{ code: `price:${item.id}:${price}`, words }]
  })
}

/** The same goods for the same customer within a day may be the same order said twice. */
async function repeats(tx: Tx, caller: Caller, deed: SaleDeed, lang: Lang): Promise<Doubt[]> {
  const { document, customerId, lines } = deed
  const since = new Date(caller.at.getTime() - dayMs)
  const numbers = await documentsAlike(tx, {
    document,
    customerId,
    itemIds: lines.map((line) => line.itemId),
    since,
    owners: visibleOwners(caller, document),
  })
  return numbers.map((number) => ({
    code: `again:${number}`,
    words:
      lang === 'en' ? `${number} has the same goods and is less than a day old` : `24 小时内已有同样商品的 ${number}`,
  }))
}

const nameOf = (item: { name?: string | null; spec?: string | null; code?: string | null }): string =>
  itemLabel({ name: item.name ?? '', spec: item.spec ?? '', code: item.code ?? '' })

/** Back to nothing: what waits for approval is withdrawn first. */
async function undoOrder(tx: Tx, caller: Caller, id: string): Promise<void> {
  const { order } = await salesActions.order(tx, caller, { id })
  const held =
    order.state === 'submitted'
      ? (await salesActions.withdrawOrder(tx, caller, { id, version: order.version })).order
      : order
  await salesActions.cancelOrder(tx, caller, { id, version: held.version, reason: '' })
}

async function undoQuotation(tx: Tx, caller: Caller, id: string): Promise<void> {
  const { quotation } = await salesActions.quotation(tx, caller, { id })
  const held =
    quotation.state === 'submitted'
      ? (await salesActions.withdrawQuotation(tx, caller, { id, version: quotation.version })).quotation
      : quotation
  await salesActions.loseQuotation(tx, caller, { id, version: held.version, reason: '' })
}
