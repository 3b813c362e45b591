import type { Input, Output } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import type { catalog, PriceRuleRow } from './contract.ts'
import { findPriceRulePage } from './price-rule-store.ts'
import { priceListThere } from './read-price-list.ts'

type PriceRules = (typeof catalog)['endpoints']['priceRules']

export async function listPriceRules(tx: Tx, caller: Caller, input: Input<PriceRules>): Promise<Output<PriceRules>> {
  await priceListThere(tx, caller, input.id)
  const filter = {
    priceListId: input.id,
    q: input.q,
    after: keysOf(input.cursor, ['text', 'decimal']),
    limit: input.limit,
  }
  const page = pageFrom(await findPriceRulePage(tx, filter), input.limit, ({ code, minQuantity }) => [
    code,
    minQuantity,
  ])
  return { rows: page.rows.map((row) => readable(caller, row)), cursor: page.cursor }
}

function readable(caller: Caller, { price, floorPrice, ...row }: Required<PriceRuleRow>): PriceRuleRow {
  return { ...row, ...(canRead(caller, 'amount') && { price }), ...(canRead(caller, 'floor') && { floorPrice }) }
}
