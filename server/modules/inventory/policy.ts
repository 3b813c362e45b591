import { canMove, type Document, Refusal } from '#contract'
import { allow, type Caller, has } from '#kernel/caller'

const stock = { zh: '查看库存', en: 'look at the stock' }

/** Everyone who may look at the stock sees all of it and every document that moves it; what it costs is a right of its own. */
export const allowStock = (caller: Caller): void => allow(caller, 'stock.read', stock)

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
