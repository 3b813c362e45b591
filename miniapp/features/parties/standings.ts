import { reactive } from 'vue'
import type { Output } from '#contract'
import type { finance } from '#contract/modules/finance'
import { useSession } from '../../session.ts'
import { financeApi } from '../finance/api.ts'

export type Standing = Output<(typeof finance)['endpoints']['standings']>['rows'][number]

/**
 * What the customers of a list owe, for who may see it. It comes after the list and is no reason to keep anybody waiting for that; a row whose
 * figures could not be had is shown without.
 */
export function useStandings() {
  const session = useSession()
  const known = reactive(new Map<string, Standing>())

  async function ask(customerIds: readonly string[]): Promise<void> {
    if (customerIds.length === 0 || !session.may('receivable.read')) return
    const { rows } = await financeApi.standings({ customers: customerIds.join() }).catch(() => ({ rows: [] }))
    for (const row of rows) known.set(row.customerId, row)
  }

  return { of: (id: string): Standing | undefined => known.get(id), ask }
}
