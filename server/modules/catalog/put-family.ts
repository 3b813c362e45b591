import { type Input, Refusal } from '#contract'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { catalog, FamilyGrid } from './contract.ts'
import { checkAxes } from './family.model.ts'
import {
  type FamilyFields,
  findFamily,
  insertFamilies,
  isFamilyCodeTaken,
  type StoredFamily,
  updateFamily,
} from './family-store.ts'
import { findItems } from './item-store.ts'
import { familyRow, readFamily } from './read-family.ts'
import { variantOf } from './read-item.ts'

type PutFamily = Input<(typeof catalog)['endpoints']['putFamily']>

/** Creates a family (without a version) or changes it. Items that are in it keep their cells. */
export async function putFamily(tx: Tx, caller: Caller, input: PutFamily): Promise<FamilyGrid> {
  allow(caller, 'item.write', { zh: '修改商品系列', en: 'change item families' })
  const document = await documentFor(tx, 'item_family')
  await checkWritten(tx, caller, document, input, 'create')
  const before = await findFamily(tx, input.id)
  if (before && input.version === undefined) return readFamily(tx, caller, input)
  if (before && before.version !== input.version) throw new Refusal('stale')
  if (await isFamilyCodeTaken(tx, input.id, input.code ?? ''))
    throw new Refusal('code_taken', { code: input.code }, [{ field: 'code', message: '编码已被使用 / taken' }])

  const fields = fieldsOf(input, before)
  const items = before ? await findItems(tx, { familyId: input.id }) : []
  checkAxes(before?.axes ?? [], fields.axes, items.map(variantOf))

  if (before) await updateFamily(tx, input.id, before.version, fields)
  else if ((await insertFamilies(tx, [{ id: input.id, ...fields }])) === 0) throw new ChangedMeanwhile()
  const after = { id: input.id, version: (before?.version ?? 0) + 1, ...fields }
  await record(tx, caller, document, {
    id: input.id,
    action: before ? 'edit' : 'create',
    before: before && familyRow(before),
    after: familyRow(after),
  })
  return readFamily(tx, caller, input)
}

const fieldsOf = (input: PutFamily, before: StoredFamily | undefined): FamilyFields => ({
  code: input.code ?? '',
  name: input.name ?? '',
  category: input.category ?? '',
  axes: input.axes,
  custom: mergedCustom(before?.custom, input.custom),
})
