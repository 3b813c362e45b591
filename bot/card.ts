/**
 * A card, the same for every platform: plain data made for one viewer. A renderer per platform draws it within that platform's limits.
 * A card is a view: correctness never rests on updating it.
 */
export type Card = {
  /** Orange waits, green approved or good, red rejected or overdue, grey void, blue tells. */
  colour: 'orange' | 'green' | 'red' | 'grey' | 'blue'
  title: string
  subtitle?: string
  /** Where it stands, in a word, beside the title. */
  tag?: string
  parts: CardPart[]
  /** Typed text that goes with every button. */
  input?: { name: string; placeholder: string; maxLength: number }
  buttons: CardButton[]
  link?: { label: string; path: string }
}

/** Words, or pieces of them that lead to the page they are taken from. */
export type Words = string | { text: string; path?: string }[]
export type CardFact = { label: string; value: Words }

export type CardPart =
  /** The figure that the card is about. */
  | { kind: 'figure'; value: string; label: string }
  /** `boxed` are those that are read first. */
  | { kind: 'facts'; facts: CardFact[]; boxed?: boolean }
  /** One thing of several, with what there is to say of it, in a line that wraps. */
  | { kind: 'entry'; title: Words; facts: CardFact[] }
  | { kind: 'table'; columns: { label: string; isNumber?: boolean }[]; rows: Words[][] }
  /** Why it came: a rule and its clauses with their figures. */
  | { kind: 'reason'; rule: string; clauses: string[] }
  | { kind: 'list'; title: string; items: string[] }
  | { kind: 'text'; text: string }
  /** Small print: the moment, what was understood. */
  | { kind: 'note'; text: string }

export type CardButton = {
  /** Its name on the wire and in tests: 'approve'. Unique on a card. */
  name: string
  label: string
  look: 'primary' | 'danger' | 'plain'
  /** What pressing it does: an act of bot/actions and its arguments. The card itself carries an opaque token. */
  act: string
  args: Record<string, unknown>
  /** Asked before it is sent. */
  confirm?: string
}

/** A card whose buttons have their tokens: what a renderer draws. */
export type TokenCard = Omit<Card, 'buttons'> & { buttons: (Omit<CardButton, 'act' | 'args'> & { token: string })[] }
