import { canMove, type Document, Refusal } from '#contract'
import { allow, type Caller, canRead, has, seesWarehouse, visibleWarehouses } from '#kernel/caller'

const stock = { zh: '查看库存', en: 'look at the stock' }

/** Who may look at the stock sees that of the warehouses he reaches, and every document that moves it; what it costs is a right of its own. */
export const allowStock = (caller: Caller): void => allow(caller, 'stock.read', stock)

/** A document that is about costs is only for those who may read them. */
export function allowCosts(caller: Caller): void {
  if (!canRead(caller, 'cost')) throw new Refusal('forbidden', { doing: { zh: '查看成本', en: 'see costs' } })
}

/** The one move that has a right of its own: who orders goods is not who says that they have come. */
const rightFor = (document: Document, move: string): string =>
  document.name === 'goods_receipt' && move === 'receive' ? 'goods_receipt.receive' : `${document.name}.write`

const words = (document: Document, move: string) => document.moves?.[move]?.label ?? { zh: '修改', en: 'change' }

/** A document may be edited as long as it may still be cancelled. */
const isOpenTo = (document: Document, move: string, state: string): boolean =>
  canMove(document.moves ?? {}, move === 'edit' ? 'cancel' : move, state)

export const allowWriting = (caller: Caller, document: Document): void =>
  allow(caller, rightFor(document, 'create'), {
    zh: `填写${document.label.zh}`,
    en: `write a ${document.label.en?.toLowerCase() ?? document.name}`,
  })

/** Refuses a move that the caller's roles, or the state of the document, do not allow. */
export function allowMove(caller: Caller, document: Document, move: string, state: string): void {
  const doing = words(document, move)
  allow(caller, rightFor(document, move), doing)
  if (isOpenTo(document, move, state)) return
  throw new Refusal('wrong_state', { document: document.label, state: document.states?.[state]?.label ?? state, doing })
}

/** What this caller may do now with a document in a state. */
export const movesFor = (caller: Caller, document: Document, state: string): string[] =>
  ['edit', ...Object.keys(document.moves ?? {})].filter(
    (move) => has(caller, rightFor(document, move)) && isOpenTo(document, move, state),
  )

/** The warehouses that an answer is about: the one asked for, else all that the caller reaches; null means all there are. */
export function reached(caller: Caller, warehouseId?: string): readonly string[] | null {
  if (!warehouseId) return visibleWarehouses(caller)
  return seesWarehouse(caller, warehouseId) ? [warehouseId] : []
}

/** A document of warehouses that the caller does not reach answers exactly as one that is not there. */
export function assertSeen(caller: Caller, document: Document, warehouseIds: readonly string[]): void {
  if (!warehouseIds.some((id) => seesWarehouse(caller, id))) throw new Refusal('not_found', { what: document.label })
}
