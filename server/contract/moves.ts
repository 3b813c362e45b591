import type { Text } from './text.ts'

/** One move of a document from state to state. The page, the policy, the tests and the diagram are made from these. */
export type Move<S extends string> = {
  from: readonly S[]
  to: S
  /** What it is called before it is done. */
  label: Text
  /** And afterwards, in English: Chinese has one word for both. */
  done: string
}
export type Moves<S extends string> = Record<string, Move<S>>

export const canMove = <S extends string>(moves: Moves<S>, move: string, state: S): boolean =>
  moves[move]?.from.includes(state) ?? false
