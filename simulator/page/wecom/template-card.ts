import { node, nodes, text } from '../card.ts'
import type { CardNode } from '../card.ts'

/** A choice on a card: a question with its options. */
export type Choice = {
  key: string
  title: string
  isMulti: boolean
  options: { id: string; text: string }[]
  chosen: string[]
}

/** The questions that stand on a card, whatever its type calls them. */
export function choicesOf(card: CardNode): Choice[] {
  const selections = [
    ...(card['button_selection'] ? [node(card['button_selection'])] : []),
    ...nodes(card['select_list']),
  ]
  const vote = card['checkbox'] ? [node(card['checkbox'])] : []
  return [
    ...selections.map((each) => choice(each, false, [text(each['selected_id'])].filter(Boolean))),
    ...vote.map((each) => choice(each, each['mode'] === 1, checked(each))),
  ]
}

function choice(question: CardNode, isMulti: boolean, chosen: string[]): Choice {
  const options = nodes(question['option_list']).map((option) => ({
    id: text(option['id']),
    text: text(option['text']),
  }))
  return { key: text(question['question_key']), title: text(question['title']), isMulti, options, chosen }
}

function checked(question: CardNode): string[] {
  return nodes(question['option_list']).flatMap((option) => (option['is_checked'] === true ? [text(option['id'])] : []))
}

/** The buttons at the foot: those that were given, or the one that hands in a vote. */
export function buttonsOf(card: CardNode): CardNode[] {
  if (card['submit_button']) return [{ style: 1, ...node(card['submit_button']) }]
  return nodes(card['button_list'])
}

/** By what a click calls a control: its key, or its words where it only opens an address. */
export function nameOf(control: CardNode): string {
  return text(control['key']) || text(control['text']) || text(control['title']) || text(control['keyname'])
}

export function opensAddress(control: CardNode): boolean {
  return control['type'] === 1
}

const SOURCE_INKS = ['#667085', '#15253b', '#d0342c', '#1a7a42']

/** The colours of the line that says where a card comes from: grey, black, red, green. */
export function sourceInk(source: CardNode): string {
  return SOURCE_INKS[Number(source['desc_color'] ?? 0)] ?? '#667085'
}
