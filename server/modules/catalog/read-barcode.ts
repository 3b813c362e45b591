import { Refusal, type Input, type Output } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { catalog } from './contract.ts'
import { findBarcode } from './item-store.ts'
import { itemRow } from './item-view.ts'
import { itemThere } from './read-item.ts'

type Barcode = (typeof catalog)['endpoints']['barcode']

/** The item that a scanned code stands for, and in which unit: the code on the box is not the code on the piece. */
export async function readBarcode(tx: Tx, caller: Caller, { code }: Input<Barcode>): Promise<Output<Barcode>> {
  const found = await findBarcode(tx, code)
  if (!found) throw new Refusal('unknown_barcode', { code })
  const item = await itemThere(tx, found.itemId)
  return { ...(await itemRow(tx, caller, item)), unit: found.unit }
}
