import type { Input } from '#contract'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import { dateOf } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { catalog } from './contract.ts'
import { allowPriceChange } from './policy.ts'
import { checkPriceList } from './price-list.model.ts'
import { findPriceList, insertPriceLists } from './price-list-store.ts'
import { type PriceListDetail, readPriceList } from './read-price-list.ts'

type CreatePriceList = Input<(typeof catalog)['endpoints']['createPriceList']>

/** Creates a list. Sent again under the id it has by now, it answers what is there. */
export async function createPriceList(tx: Tx, caller: Caller, input: CreatePriceList): Promise<PriceListDetail> {
  allowPriceChange(caller)
  const document = await documentFor(tx, 'price_list')
  await checkWritten(tx, caller, document, input, 'create')
  if (await findPriceList(tx, input.id)) return readPriceList(tx, caller, input)

  const { id, level = null, customerId = null, startsOn = null, endsOn = null } = input
  checkPriceList({ level, customerId, startsOn, endsOn })
  const list = {
    id,
    name: input.name ?? '',
    level: level || null,
    customerId,
    startsOn: startsOn ? dateOf(startsOn) : null,
    endsOn: endsOn ? dateOf(endsOn) : null,
    priority: input.priority ?? 0,
    active: input.active ?? true,
    custom: mergedCustom({}, input.custom),
  }
  if ((await insertPriceLists(tx, [list])) === 0) throw new ChangedMeanwhile()
  await record(tx, caller, document, { id, action: 'create', after: list })
  return readPriceList(tx, caller, input)
}
