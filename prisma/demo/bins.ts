import { v7 } from 'uuid'
import type { Goods } from './history/world.ts'

type Rows = { bins: Record<string, unknown>[]; items: Record<string, unknown>[] }

/** The aisles of the main warehouse, by what stands there: five racks of four levels each. The last takes everything else. */
const aisles: [aisle: string, categories: string[]][] = [
  ['A', ['紧固件', '钉丝']],
  ['B', ['门窗五金', '锁具']],
  ['C', ['胶粘', '管件']],
  ['D', []],
]
const aisleOf = (category: string): string =>
  aisles.find(([, categories]) => categories.includes(category))?.[0] ?? aisles.at(-1)![0]
const [racks, levels] = [5, 4]
const shopShelves = 6
const two = (n: number): string => String(n).padStart(2, '0')

/**
 * Bins of the main warehouse and of the shop, and where every item lies in the main one: items of a kind beside each other, what sells most at
 * the front, and some of what is bulky in a second place at the back.
 */
export function demoBins(goods: readonly Goods[], mainId: string, shopId: string): Rows {
  const codes = aisles.flatMap(([aisle]) =>
    Array.from(
      { length: racks * levels },
      (_, i) => `${aisle}-${two(Math.floor(i / levels) + 1)}-${two((i % levels) + 1)}`,
    ),
  )
  const back = ['Z-01', 'Z-02', 'Z-03']
  const ids = new Map([...codes, ...back].map((code) => [code, v7()]))
  const nameOf = (code: string): string => (back.includes(code) ? '后区整箱' : '')
  const bins = [...ids].map(([code, id]) => binRow(id, mainId, code, nameOf(code)))
  const shelves = Array.from({ length: shopShelves }, (_, i) => binRow(v7(), shopId, `S-${two(i + 1)}`, '货架'))
  const items = aisles.flatMap(([aisle]) => {
    const here = goods.filter(({ category }) => aisleOf(category) === aisle)
    const places = codes.filter((code) => code.startsWith(`${aisle}-`))
    return here.flatMap(({ id }, i) => {
      const front = places[Math.floor((i * places.length) / here.length)]!
      const lies = i % 7 === 0 ? [front, back[i % back.length]!] : [front]
      return lies.map((code, position) => ({ item_id: id, warehouse_id: mainId, bin_id: ids.get(code), position }))
    })
  })
  const inShop = goods.filter((one) => one.inShop.gt(0))
  const onShelves = inShop.map(({ id }, i) => {
    const shelf = shelves[Math.floor((i * shelves.length) / inShop.length)]!
    return { item_id: id, warehouse_id: shopId, bin_id: shelf['id'], position: 0 }
  })
  return { bins: [...bins, ...shelves], items: [...items, ...onShelves] }
}

const binRow = (id: string, warehouseId: string, code: string, name: string): Record<string, unknown> => ({
  id,
  warehouse_id: warehouseId,
  code,
  name,
  active: true,
  version: 1,
})
