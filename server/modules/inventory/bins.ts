import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import { itemsByIds } from '#server/modules/catalog'
import { binOfCode, countOpenBins, findBin, insertBins, listBins, placeItem, placesOf, updateBin } from './bin-store.ts'
import { binCode, binCodes } from './bin.model.ts'
import type { BinView, inventory } from './contract.ts'
import { allowStock } from './policy.ts'
import { assertMine, findOwnWarehouse } from './warehouse-store.ts'

type Endpoints = (typeof inventory)['endpoints']
const keep = { zh: '管理库位', en: 'keep the bins' }

/** The bins of a warehouse in the order of their codes. */
export async function bins(
  tx: Tx,
  caller: Caller,
  { id, q, cursor, limit }: Input<Endpoints['bins']>,
): Promise<Output<Endpoints['bins']>> {
  allowStock(caller)
  await assertMine(tx, caller, id)
  const after = keysOf(cursor, ['text'])
  const page = pageFrom(await listBins(tx, id, { q, after: after?.[0], limit }), limit, ({ code }) => [code])
  return { rows: page.rows, cursor: page.cursor }
}

/** Makes bins by their codes and ranges of codes; those that are there already stay as they are. */
export async function createBins(
  tx: Tx,
  caller: Caller,
  { id, codes }: Input<Endpoints['createBins']>,
): Promise<Output<Endpoints['createBins']>> {
  allow(caller, 'bin.write', keep)
  const wanted = binCodes(codes)
  await findOwnWarehouse(tx, caller, id)
  const made = await insertBins(tx, id, wanted)
  return { made, there: wanted.length - made }
}

/** Renames a bin, or switches it off: then nothing is looked for there any more. */
export async function editBin(
  tx: Tx,
  caller: Caller,
  { id, version, code, ...values }: Input<Endpoints['editBin']>,
): Promise<BinView> {
  allow(caller, 'bin.write', keep)
  const bin = await findBin(tx, id)
  if (!bin) throw new Refusal('not_found', { what: { zh: '库位', en: 'bin' } })
  await assertMine(tx, caller, bin.warehouseId)
  const renamed = code === undefined ? bin.code : onlyCode(code)
  if (renamed !== bin.code && (await binOfCode(tx, bin.warehouseId, renamed)))
    throw new Refusal('bin_code_taken', { code: renamed })
  if (!(await updateBin(tx, { id, version }, { ...values, code: renamed }))) throw new Refusal('stale')
  const [changed] = await listBins(tx, bin.warehouseId, { q: renamed, limit: 1 })
  return changed!
}

function onlyCode(typed: string): string {
  const [code, ...more] = binCodes(typed)
  if (!code || more.length > 0) throw new Refusal('bad_bin_pattern', { pattern: binCode(typed) })
  return code
}

/** Says where an item lies in a warehouse, the place to look first first. */
export async function placeItemInBins(
  tx: Tx,
  caller: Caller,
  { id: warehouseId, itemId, binIds }: Input<Endpoints['placeItem']>,
): Promise<Output<Endpoints['placeItem']>> {
  allow(caller, 'bin.write', keep)
  await findOwnWarehouse(tx, caller, warehouseId)
  await itemsByIds(tx, [itemId], () => 'itemId')
  const wanted = [...new Set(binIds)]
  if ((await countOpenBins(tx, warehouseId, wanted)) !== wanted.length) throw new Refusal('bins_elsewhere')
  await placeItem(tx, { itemId, warehouseId }, wanted)
  return { bins: (await placesOf(tx, [itemId], [warehouseId]))(itemId, warehouseId) }
}
