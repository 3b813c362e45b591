import type { Tx } from '#kernel/db'
import { countCategories } from './item-store.ts'

export async function listCategories(tx: Tx): Promise<{ categories: { category: string; items: number }[] }> {
  return { categories: await countCategories(tx) }
}
