import { type Input, Refusal } from '#contract'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import { dateOf, dayOrNull } from '#kernel/days'
import type { Tx } from '#kernel/db'
import type { catalog } from './contract.ts'
import { allowPriceChange } from './policy.ts'
import { checkPriceList } from './price-list.model.ts'
import { type PriceListFields, type StoredPriceList, updatePriceList } from './price-list-store.ts'
import { type PriceListDetail, priceListThere, readPriceList } from './read-price-list.ts'

type EditPriceList = Input<(typeof catalog)['endpoints']['editPriceList']>

export async function editPriceList(tx: Tx, caller: Caller, input: EditPriceList): Promise<PriceListDetail> {
  allowPriceChange(caller)
  const document = await documentFor(tx, 'price_list')
  await checkWritten(tx, caller, document, input, 'patch')
  const before = await priceListThere(tx, caller, input.id)
  if (before.version !== input.version) throw new Refusal('stale')

  const fields = merged(before, input)
  checkPriceList({ ...fields, startsOn: dayOrNull(fields.startsOn), endsOn: dayOrNull(fields.endsOn) })
  await updatePriceList(tx, input.id, input.version, fields)
  await record(tx, caller, document, { id: input.id, action: 'edit', before, after: { ...before, ...fields } })
  return readPriceList(tx, caller, input)
}

const merged = (before: StoredPriceList, input: EditPriceList): PriceListFields => ({
  name: input.name ?? before.name,
  level: input.level === undefined ? before.level : input.level || null,
  customerId: input.customerId === undefined ? before.customerId : input.customerId,
  startsOn: dateAfter(input.startsOn, before.startsOn),
  endsOn: dateAfter(input.endsOn, before.endsOn),
  priority: input.priority ?? before.priority,
  active: input.active ?? before.active,
  custom: mergedCustom(before.custom, input.custom),
})

const dateAfter = (sent: string | null | undefined, before: Date | null): Date | null =>
  sent === undefined ? before : sent === null ? null : dateOf(sent)
