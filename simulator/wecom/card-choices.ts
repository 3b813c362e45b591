import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'

export type Choice = { question: string; options: string[] }
type Question = { key: string; ids: string[]; isMulti: boolean }

/** The questions of a card: a selection above its buttons, several of them, or a vote. */
function questionsOf(card: Fields): Question[] {
  const single = [card['button_selection'], ...(Array.isArray(card['select_list']) ? card['select_list'] : [])]
  const vote = isFields(card['checkbox']) ? [card['checkbox']] : []
  return [
    ...single.filter(isFields).map((each) => question(each, false)),
    ...vote.map((each) => question(each, each['mode'] === 1)),
  ]
}

function question(selection: Fields, isMulti: boolean): Question {
  const options = Array.isArray(selection['option_list']) ? selection['option_list'].filter(isFields) : []
  return { key: textOf(selection['question_key']), ids: options.map((option) => textOf(option['id'])), isMulti }
}

/** What was chosen, question by question, as the event reports it. */
export function selectedItems(card: Fields, form: Fields): Choice[] {
  return questionsOf(card).flatMap(({ key }) => {
    const options = [form[key] ?? []].flat().map(textOf).filter(Boolean)
    return options.length > 0 ? [{ question: key, options }] : []
  })
}

/** Why the client does not let a choice through, or nothing. */
export function faultOfSelected(card: Fields, form: Fields): string | undefined {
  for (const { question, options } of selectedItems(card, form)) {
    const asked = questionsOf(card).find((each) => each.key === question)
    const stranger = options.find((option) => !asked?.ids.includes(option))
    if (stranger) return `${question} has no option ${stranger}`
    if (options.length > 1 && !asked?.isMulti) return `${question} takes one option`
  }
  return undefined
}
