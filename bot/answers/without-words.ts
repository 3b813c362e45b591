import type { Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import { customersByIds } from '#server/modules/parties'

/** Whom, or which places, a list leaves out, by name. */
export async function withoutWords(
  caller: Caller,
  { without = [] }: { without?: string[] },
  lang: Lang,
): Promise<string> {
  if (without.length === 0) return ''
  const customers = await ask(caller, (tx) => customersByIds(tx, without), undefined)
  const { rows: warehouses } = await ask(caller, inventoryActions.warehouses, {})
  const names = without.flatMap(
    (id) => customers.get(id)?.shortName ?? warehouses.find((one) => one.id === id)?.name ?? [],
  )
  return `${lang === 'en' ? 'without ' : '不含 '}${names.join('、')}`
}
