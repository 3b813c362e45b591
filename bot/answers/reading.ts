/** What a message has besides words: an intent is likelier when it can use it, and unlikelier when it must do without. */
export type Has =
  | 'item'
  | 'category'
  | 'customer'
  | 'supplier'
  | 'warehouse'
  | 'order'
  | 'quantity'
  | 'days'
  | 'mine'
  | 'strange'

type Cue = readonly [pattern: RegExp, weight: number]
/** The words that point to an intent, and away from it by a negative weight; and what else there should be. */
export type Reading = {
  cues: readonly Cue[]
  /** What is meant where nothing says it better. */
  weak?: RegExp
  with?: Partial<Record<Has, number>>
  without?: Partial<Record<Has, number>>
}
