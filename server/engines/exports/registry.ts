import { type Contract, type Document, type Fields, type Input, type Output, Refusal, type Text } from '#contract'
import { documentFor } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Action } from '#kernel/perform'

/** What columns are made of: a document's descriptor with the company's own fields, or what is said of rows that are no document. */
export type Shape = { label: Text; fields: Fields } & Partial<Pick<Document, 'title' | 'summary' | 'states' | 'lines'>>

type Page<R> = { rows: R[]; cursor: string | null }
type Asked = { cursor?: string; limit: number }

/**
 * A list that can be exported, said in a few words by the module whose it is, when it is loaded: its own action, and what its rows are made of.
 * Whatever the action refuses or leaves out stays out of the workbook.
 */
export type Exportable<I = Asked, R = unknown, W = R> = {
  /** The list's own action. */
  read: Action<I, Page<R>>
  /** The same rows with the lines of their documents, where the list leaves them out: a fixed number of queries, however many. */
  whole?: (tx: Tx, caller: Caller, rows: readonly R[]) => Promise<W[]>
  /** The name of the document that the rows are views of; or what they are made of. */
  of: string | Shape
  /** Fields that programs follow and people do not read. */
  without?: readonly string[]
  /** A row's values by their keys; left out where a row is a document's view. */
  values?: (row: W, caller: Caller, asked: I) => object
}
type RowOf<O> = O extends { rows: (infer R)[] } ? R : never

const exportables = new Map<string, Exportable>()

/** registerExport(sales, 'orders', { read: orders, of: 'sales_order' }) */
export function registerExport<
  C extends Contract,
  K extends keyof C['endpoints'] & string,
  W = RowOf<Output<C['endpoints'][K]>>,
>(contract: C, name: K, exportable: Exportable<Input<C['endpoints'][K]>, RowOf<Output<C['endpoints'][K]>>, W>): void {
  const list = `${contract.name}.${name}`
  exportables.set(list, exportable as unknown as Exportable) // asked only with what its endpoint's schema has made of a filter
  inputs.set(list, contract.endpoints[name]!.input)
}
const inputs = new Map<string, Contract['endpoints'][string]['input']>()

export type Listed = { list: string; exportable: Exportable }
export const registeredExports = (): Listed[] => [...exportables].map(([list, exportable]) => ({ list, exportable }))

export function exportableOf(list: string): Exportable {
  const exportable = exportables.get(list)
  if (!exportable) throw new Refusal('not_exportable', { list })
  return exportable
}

export type Filter = Readonly<Record<string, string>>
/** What narrows a list, without where somebody stands in it. */
export const narrowing = (filter: Filter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter(([key]) => key !== 'cursor' && key !== 'limit'))

/** What a list's action takes, made of the texts in an address as the list itself reads them. */
export function askedOf(list: string, filter: Filter): object {
  const parsed = inputs.get(list)?.safeParse(filter)
  if (!parsed?.success) {
    const issues = parsed?.error.issues ?? []
    throw new Refusal(
      'malformed',
      {},
      issues.map(({ path, message }) => ({ field: `filter.${path.join('.')}`, message })),
    )
  }
  return parsed.data as object // the input of an endpoint is an object
}

export async function shapeOf(tx: Tx, { of, without = [] }: Exportable): Promise<Shape> {
  const shape = typeof of === 'string' ? await documentFor(tx, of) : of
  const fields = Object.entries(shape.fields).filter(([key]) => !without.includes(key))
  return { ...shape, fields: Object.fromEntries(fields) }
}
