import { type Contract, type Document, type Fields, type Input, type Output, Refusal, type Text } from '#contract'
import { documentFor } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Action } from '#kernel/perform'

/** What rows that are no document are made of. */
export type Described = { label: Text; fields: Fields }
/** What columns are made of: a document's descriptor with the company's own fields, or the like of it. */
export type Shape = Described & Partial<Pick<Document, 'title' | 'summary' | 'states' | 'lines'>>

type Page<R> = { rows: R[]; cursor: string | null }
type Asked = { cursor?: string; limit: number }

/**
 * A list that can be exported, said in a few words by the module whose it is, when it is loaded: its own action, and what its rows are made of.
 * Whatever the action refuses or leaves out stays out of the workbook.
 */
export type Exportable<I = Asked, R = unknown> = {
  /** The list's action; with the documents' lines, where the list itself leaves them out. */
  read: Action<I, Page<R>>
  /** The name of the document that the rows are views of; or what they are made of. */
  of: string | Described
  /** A row's values by their keys; left out where a row is a document's view. */
  values?: (row: R, caller: Caller) => object
}
type RowOf<O> = O extends { rows: (infer R)[] } ? R : never

const exportables = new Map<string, Exportable>()

/** registerExport(sales, 'orders', { read: orders, of: 'sales_order' }) */
export function registerExport<C extends Contract, K extends keyof C['endpoints'] & string>(
  contract: C,
  name: K,
  exportable: Exportable<Input<C['endpoints'][K]>, RowOf<Output<C['endpoints'][K]>>>,
): void {
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

/** What a list's action takes, made of the texts in an address as the list itself reads them. */
export function askedOf(list: string, filter: Readonly<Record<string, string>>): object {
  const { cursor: _, limit: __, ...asked } = filter
  const parsed = inputs.get(list)?.safeParse(asked)
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

export const shapeOf = async (tx: Tx, { of }: Exportable): Promise<Shape> =>
  typeof of === 'string' ? documentFor(tx, of) : of
