import type { Fields } from '../request-body.ts'
import { isFields, jsonOf, textOf } from '../request-body.ts'

import type { Content } from './drawn.ts'
type Buttons = { title: string; url: string }[]

/** Reads `msgParam` as its `msgKey` wants it; a text says what is missing, nothing that the key is unknown. */
export function contentOfKey(msgKey: string, param: Fields): Content | string | undefined {
  if (msgKey === 'sampleText') return textContent(param['content'])
  if (msgKey === 'sampleMarkdown') return markdownContent(param['title'], param['text'])
  if (msgKey === 'sampleLink') return linkContent(param)
  if (msgKey === 'sampleImageMsg') {
    const url = textOf(param['photoURL'])
    return url ? { kind: 'image', url } : 'photoURL'
  }
  const count = /^sampleActionCard([2-6]?)$/.exec(msgKey)?.[1]
  return count === undefined ? undefined : actionCardOfKey(count, param)
}

/** `sampleActionCard` has one link over all of it, 2 to 5 stand below each other, 6 has two beside each other. */
function actionCardOfKey(count: string, param: Fields): Content | string {
  if (count === '')
    return actionCard(param, [{ title: textOf(param['singleTitle']), url: textOf(param['singleURL']) }], false)
  const isRow = count === '6'
  const numbers = Array.from({ length: isRow ? 2 : Number(count) }, (_, index) => index + 1)
  const [title, url] = isRow ? ['buttonTitle', 'buttonUrl'] : ['actionTitle', 'actionURL']
  const buttons = numbers.map((number) => ({
    title: textOf(param[`${title}${number}`]),
    url: textOf(param[`${url}${number}`]),
  }))
  return actionCard(param, buttons, isRow)
}

function actionCard({ title, text }: Fields, buttons: Buttons, isRow: boolean): Content | string {
  if (!textOf(title)) return 'title'
  if (!textOf(text)) return 'text'
  if (buttons.length === 0 || buttons.some((button) => !button.title || !button.url))
    return 'the title or address of a button'
  return { kind: 'actionCard', title: textOf(title), text: textOf(text), isRow, buttons }
}

function textContent(content: unknown): Content | string {
  return textOf(content).trim() ? { kind: 'text', text: textOf(content) } : 'content'
}

function markdownContent(title: unknown, text: unknown): Content | string {
  if (!textOf(title)) return 'title'
  return textOf(text) ? { kind: 'markdown', title: textOf(title), text: textOf(text) } : 'text'
}

function linkContent(given: Fields): Content | string {
  const [title, text, url] = [textOf(given['title']), textOf(given['text']), textOf(given['messageUrl'])]
  if (!title || !text || !url) return 'title, text or messageUrl'
  return { kind: 'link', title, text, url, image: textOf(given['picUrl']) }
}

/** Reads what is sent to the address of a conversation. */
export function contentOfSession(message: Fields): Content | string {
  const kind = textOf(message['msgtype'])
  const inner = isFields(message[kind]) ? message[kind] : {}
  if (kind === 'text') return textContent(inner['content'])
  if (kind === 'markdown') return markdownContent(inner['title'], inner['text'])
  if (kind === 'link') return linkContent(inner)
  if (kind !== 'actionCard') return 'msgtype'
  const single = { title: textOf(inner['singleTitle']), url: textOf(inner['singleURL']) }
  const many = buttonsIn(inner['btns'], 'actionURL')
  return actionCard(inner, many.length > 0 ? many : [single], inner['btnOrientation'] === '1')
}

/** Reads a work notification. Its names have underscores. */
export function contentOfNotice(message: Fields): Content | string {
  const kind = textOf(message['msgtype'])
  const inner = isFields(message[kind]) ? message[kind] : {}
  if (kind === 'text') return textContent(inner['content'])
  if (kind === 'markdown') return markdownContent(inner['title'], inner['text'])
  if (kind === 'link') return linkContent(inner)
  if (kind !== 'action_card') return 'msgtype'
  const single = { title: textOf(inner['single_title']), url: textOf(inner['single_url']) }
  const many = buttonsIn(inner['btn_json_list'], 'action_url')
  const words = { title: inner['title'], text: inner['markdown'] }
  return actionCard(words, many.length > 0 ? many : [single], inner['btn_orientation'] === '1')
}

function buttonsIn(given: unknown, urlName: string): Buttons {
  const listed = typeof given === 'string' ? jsonOf(given) : given
  if (!Array.isArray(listed)) return []
  return listed.filter(isFields).map((each) => ({ title: textOf(each['title']), url: textOf(each[urlName]) }))
}
