import type { Output } from '#contract'
import type { catalog } from '#contract/modules/catalog'

export type FamilyGrid = Output<(typeof catalog)['endpoints']['family']>
type Cell = FamilyGrid['cells'][number]
type Axis = FamilyGrid['axes'][number]

/** The items of a family as a table: the last axis across, all others down; rows that no item stands in are left out. */
export type Table = {
  across: Axis | undefined
  columns: string[]
  rows: { label: string; cells: (Cell | undefined)[] }[]
}

export function tableOf({ axes, cells }: Pick<FamilyGrid, 'axes' | 'cells'>): Table {
  const across = axes.at(-1)
  const down = axes.slice(0, -1)
  const columns = (across?.values ?? []).filter((value) =>
    cells.some(({ variant }) => variant[across?.key ?? ''] === value),
  )
  const rows = combinations(down)
    .map((place) => ({
      label: down.map(({ key }) => place[key]).join(' '),
      cells: columns.map((value) =>
        cells.find(({ variant }) => stands(variant, { ...place, [across?.key ?? '']: value })),
      ),
    }))
    .filter((row) => row.cells.some(Boolean))
  return { across, columns, rows }
}

type Place = Record<string, string>
const stands = (variant: Place, place: Place): boolean =>
  Object.entries(place).every(([key, value]) => variant[key] === value)

const combinations = (axes: readonly Axis[]): Place[] =>
  axes.reduce<Place[]>(
    (places, { key, values }) => places.flatMap((place) => values.map((value) => ({ ...place, [key]: value }))),
    [{}],
  )
