import { showToast } from 'vant'
import { computed, ref } from 'vue'
import type { ItemBrief } from '#contract/modules/sales'
import { host } from '../../../host/index.ts'
import { useQuery, wordsOf } from '../../../query.ts'
import { catalogApi } from '../../catalog/api.ts'
import { briefOf } from './entry.model.ts'

export type FoundItem = { item: ItemBrief; price: string | null; packing: string; unit?: string }

const foundMax = 30

/** Finds items by what people type; nothing is asked before something is. */
export function useItemSearch() {
  const sought = ref('')
  const answer = useQuery(async (signal): Promise<FoundItem[]> => {
    const q = sought.value.trim()
    if (q === '') return []
    const { rows } = await catalogApi.items({ q, active: 'true', limit: foundMax }, { signal })
    return rows.map((row) => ({
      item: briefOf(row),
      price: row.item.listPrice ?? null,
      packing: row.item.packing ?? '',
    }))
  })
  const found = computed(() => (sought.value.trim() === '' ? [] : (answer.value ?? [])))
  return { sought, found, answer }
}

/** The item and unit of a barcode that is scanned; undefined when nobody scans, or nothing has it: that is said. */
export async function scanItem(): Promise<FoundItem | undefined> {
  const code = await host.scan()
  if (code === null) return undefined
  try {
    const { unit, ...row } = await catalogApi.barcode({ code })
    return { item: briefOf(row), price: row.item.listPrice ?? null, packing: '', unit }
  } catch (error) {
    showToast({ message: wordsOf(error), wordBreak: 'break-word' })
    return undefined
  }
}
