import { type Input, Refusal } from '#contract'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { type Caller, canWrite } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { catalog } from './contract.ts'
import { allowPriceChange } from './policy.ts'
import { checkRules } from './price-list.model.ts'
import { updatePriceList } from './price-list-store.ts'
import { deletePriceRules } from './price-rule-store.ts'
import { type PriceListDetail, priceListThere, readPriceList } from './read-price-list.ts'

type RemovePriceRules = Input<(typeof catalog)['endpoints']['removePriceRules']>

/** Removes prices from a list; one that is not there is not missed. */
export async function removePriceRules(tx: Tx, caller: Caller, input: RemovePriceRules): Promise<PriceListDetail> {
  const { id, version, reason, rules } = input
  allowPriceChange(caller)
  if (!canWrite(caller, 'amount'))
    throw new Refusal('field_forbidden', { field: 'price', label: { zh: '价格', en: 'Price' } })
  const list = await priceListThere(tx, caller, id)
  if (list.version !== version) throw new Refusal('stale')
  checkRules(rules)

  await updatePriceList(tx, id, version, {})
  await deletePriceRules(tx, { priceListId: id, by: caller.personId, at: caller.at, reason }, rules)
  await record(tx, caller, await documentFor(tx, 'price_list'), { id, action: 'remove_prices' })
  return readPriceList(tx, caller, input)
}
