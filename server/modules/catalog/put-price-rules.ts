import { type Input, Refusal } from '#contract'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { type Caller, canWrite } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { catalog } from './contract.ts'
import { itemsByIds } from './items-by-ids.ts'
import { allowPriceChange } from './policy.ts'
import { checkRules } from './price-list.model.ts'
import { updatePriceList } from './price-list-store.ts'
import { savePriceRules } from './price-rule-store.ts'
import { type PriceListDetail, priceListThere, readPriceList } from './read-price-list.ts'

type PutPriceRules = Input<(typeof catalog)['endpoints']['putPriceRules']>

/** Sets prices of a list, all in one statement, and writes down who changed which price from what, and why. */
export async function putPriceRules(tx: Tx, caller: Caller, input: PutPriceRules): Promise<PriceListDetail> {
  const { id, version, reason, rules } = input
  allowPriceChange(caller)
  allowFields(caller, input)
  const list = await priceListThere(tx, caller, id)
  if (list.version !== version) throw new Refusal('stale')
  checkRules(rules)
  await itemsByIds(
    tx,
    rules.map(({ itemId }) => itemId),
    (i) => `rules.${i}.itemId`,
  )

  await updatePriceList(tx, id, version, {})
  await savePriceRules(tx, { priceListId: id, by: caller.personId, at: caller.at, reason }, rules)
  await record(tx, caller, await documentFor(tx, 'price_list'), { id, action: 'put_prices' })
  return readPriceList(tx, caller, input)
}

function allowFields(caller: Caller, { rules }: PutPriceRules): void {
  if (!canWrite(caller, 'amount'))
    throw new Refusal('field_forbidden', { field: 'price', label: { zh: '价格', en: 'Price' } })
  const setsFloor = rules.some(({ floorPrice }) => floorPrice !== undefined)
  if (setsFloor && !canWrite(caller, 'floor'))
    throw new Refusal('field_forbidden', { field: 'floorPrice', label: { zh: '最低售价', en: 'Floor price' } })
}
