import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'

const KEY_BYTES_MAX = 1024
const NEEDS_ACTION = ['text_notice', 'news_notice']
/** The types on which somebody decides something; each needs a task_id and gives a response_code. */
const INTERACTIVE = ['button_interaction', 'vote_interaction', 'multiple_interaction']

/** Says what is wrong with a template card as it would be shown, or nothing. Unknown fields are passed over, as WeCom does. */
export function faultOfCard(card: unknown): string | undefined {
  if (!isFields(card)) return 'template_card is not an object'
  const type = textOf(card['card_type'])
  const body = bodies[type]
  if (!body) return `unknown card_type ${type}`
  return (
    faultOfTitle(card, type) ??
    faultOfSource(card['source']) ??
    faultOfList(card, 'horizontal_content_list', 6, faultOfContent) ??
    faultOfList(card, 'jump_list', 3, faultOfJump) ??
    faultOfMenu(card['action_menu']) ??
    faultOfAction(card['card_action']) ??
    body(card)
  )
}

export function isInteractive(card: Fields): boolean {
  return INTERACTIVE.includes(textOf(card['card_type']))
}

/** Interactive cards and those with a menu answer under their task_id. */
export function needsTask(card: Fields): boolean {
  return isInteractive(card) || card['action_menu'] !== undefined
}

export function lacksAction(card: Fields): boolean {
  return NEEDS_ACTION.includes(textOf(card['card_type'])) && !isFields(card['card_action'])
}

export function isTaskId(taskId: string): boolean {
  return /^[A-Za-z0-9_\-@]{1,128}$/.test(taskId)
}

const bodies: Record<string, (card: Fields) => string | undefined> = {
  text_notice: () => undefined,
  news_notice: (card) =>
    isFields(card['card_image']) || isFields(card['image_text_area']) ? undefined : 'card_image is required',
  button_interaction: (card) =>
    faultOfSelection(card['button_selection'], 'button_selection') ??
    (Array.isArray(card['button_list']) && card['button_list'].length > 0 ? undefined : faultlessWhenReplaced(card)) ??
    faultOfList(card, 'button_list', 6, faultOfButton),
  vote_interaction: (card) => faultOfCheckbox(card['checkbox']) ?? faultOfSubmit(card),
  multiple_interaction: (card) =>
    (Array.isArray(card['select_list']) && card['select_list'].length > 0 ? undefined : 'select_list is required') ??
    faultOfList(card, 'select_list', 3, (each) => faultOfSelection(each, 'select_list')) ??
    faultOfSubmit(card),
}

function faultlessWhenReplaced(card: Fields): string | undefined {
  return textOf(card['replace_text']) ? undefined : 'button_list is required'
}

function faultOfTitle(card: Fields, type: string): string | undefined {
  const title = isFields(card['main_title']) ? textOf(card['main_title']['title']) : ''
  if (title) return undefined
  if (type === 'text_notice' && textOf(card['sub_title_text'])) return undefined
  return 'main_title.title is required'
}

function faultOfSource(source: unknown): string | undefined {
  if (source === undefined) return undefined
  if (!isFields(source)) return 'source is not an object'
  const color = source['desc_color'] ?? 0
  return [0, 1, 2, 3].includes(Number(color)) && typeof color === 'number' ? undefined : 'source.desc_color is 0 to 3'
}

function faultOfList(
  card: Fields,
  name: string,
  max: number,
  faultOf: (entry: Fields) => string | undefined,
): string | undefined {
  const list = card[name]
  if (list === undefined) return undefined
  if (!Array.isArray(list)) return `${name} is not an array`
  if (list.length > max) return `${name} has more than ${max} entries`
  for (const entry of list) {
    const fault = isFields(entry) ? faultOf(entry) : 'an entry is not an object'
    if (fault) return `${name}: ${fault}`
  }
  return undefined
}

function faultOfContent(entry: Fields): string | undefined {
  if (!textOf(entry['keyname'])) return 'keyname is required'
  if (entry['value'] !== undefined && typeof entry['value'] !== 'string') return 'value must be a text'
  const needs: Record<number, string> = { 1: 'url', 2: 'media_id', 3: 'userid' }
  const need = needs[Number(entry['type'] ?? 0)]
  return need && !textOf(entry[need]) ? `${need} is required` : undefined
}

function faultOfJump(entry: Fields): string | undefined {
  if (!textOf(entry['title'])) return 'title is required'
  return entry['type'] === 1 && !isUrl(entry['url']) ? 'url is required' : undefined
}

function faultOfMenu(menu: unknown): string | undefined {
  if (menu === undefined) return undefined
  if (!isFields(menu)) return 'action_menu is not an object'
  if (!Array.isArray(menu['action_list']) || menu['action_list'].length === 0) return 'action_list is required'
  return faultOfList(menu, 'action_list', 3, faultOfKey)
}

function faultOfAction(action: unknown): string | undefined {
  if (action === undefined) return undefined
  if (!isFields(action)) return 'card_action is not an object'
  if (![0, 1, 2].includes(Number(action['type']))) return 'card_action.type is 0 to 2'
  return action['type'] === 1 && !isUrl(action['url']) ? 'card_action.url is required' : undefined
}

function faultOfButton(button: Fields): string | undefined {
  if (!textOf(button['text'])) return 'text is required'
  const style = button['style'] ?? 1
  if (![1, 2, 3, 4].includes(Number(style)) || typeof style !== 'number') return 'style is 1 to 4'
  if (button['type'] === 1) return isUrl(button['url']) ? undefined : 'url is required'
  return faultOfKey(button)
}

function faultOfKey(entry: Fields): string | undefined {
  if (!textOf(entry['text'])) return 'text is required'
  const bytes = Buffer.byteLength(textOf(entry['key']))
  return bytes > 0 && bytes <= KEY_BYTES_MAX ? undefined : 'key must have 1 to 1024 bytes'
}

function faultOfSelection(selection: unknown, name: string): string | undefined {
  if (selection === undefined) return undefined
  if (!isFields(selection) || !textOf(selection['question_key'])) return `${name}.question_key is required`
  return faultOfOptions(selection['option_list'], 10)
}

function faultOfOptions(options: unknown, max: number): string | undefined {
  if (!Array.isArray(options) || options.length === 0) return 'option_list is required'
  if (options.length > max) return `option_list has more than ${max} entries`
  const isWhole = options.every((option) => isFields(option) && textOf(option['id']) && textOf(option['text']))
  return isWhole ? undefined : 'each option has id and text'
}

function faultOfCheckbox(checkbox: unknown): string | undefined {
  if (!isFields(checkbox) || !textOf(checkbox['question_key'])) return 'checkbox.question_key is required'
  return faultOfOptions(checkbox['option_list'], 20)
}

function faultOfSubmit(card: Fields): string | undefined {
  const submit = card['submit_button']
  if (textOf(card['replace_text'])) return undefined
  return isFields(submit) ? faultOfKey(submit) : 'submit_button is required'
}

function isUrl(value: unknown): boolean {
  return /^https?:\/\//.test(textOf(value))
}
