import { computed, reactive } from 'vue'

import type { AskView, ChatView, ClickView, LiveEvent, MessageView, PersonView, WireView } from '../answers.ts'
import { api, listen } from './api.ts'
import { t } from './texts.ts'

const WIRE_MAX = 400
const TOAST_MS = 3500
const PHONES_MAX = 3
/** A seller: the person most visitors want to see first. */
const FIRST_SHOWN = 'xiaoli'

export type Toast = { id: number; person: string; type: string; content: string }
/** One phone that lies on the table. `key` changes when the app is opened anew. */
export type Phone = { person: string; url: string; key: number; isClosed: boolean }

type Stage = {
  people: PersonView[]
  appUrl: string
  botName: string
  /** Key of the person whose chat and phone are shown. */
  person: string
  chatId: string
  chats: Record<string, ChatView[]>
  unread: Record<string, number>
  /** The message that has just come or changed. */
  fresh: string
  phones: Phone[]
  /** Newest first. */
  wire: WireView[]
  questions: AskView[]
  toasts: Toast[]
  isWriting: boolean
  isConnected: boolean
  clockAheadMs: number
}

/** All that the page shows. */
export const stage = reactive<Stage>({
  people: [],
  appUrl: '',
  botName: '',
  person: '',
  chatId: '',
  chats: {},
  unread: {},
  fresh: '',
  phones: [],
  wire: [],
  questions: [],
  toasts: [],
  isWriting: false,
  isConnected: true,
  clockAheadMs: 0,
})

export const person = computed(() => stage.people.find((each) => each.key === stage.person))
export const chat = computed(() => {
  const chats = stage.chats[stage.person] ?? []
  return chats.find((each) => each.chatId === stage.chatId) ?? chats[0]
})
export const phone = computed(() => stage.phones.find((each) => each.person === stage.person))

let counter = 0

export async function begin(): Promise<void> {
  listen(take, (isConnected) => {
    const isBack = isConnected && !stage.isConnected
    stage.isConnected = isConnected
    // A simulator that was started anew has forgotten what the page still shows.
    if (isBack) void refresh()
  })
  const [{ platforms, appUrl }, { log }, { questions }, { now }] = await Promise.all([
    api.platforms(),
    api.log(),
    api.questions(),
    api.clock(),
  ])
  stage.appUrl = appUrl
  stage.botName = platforms.find((platform) => platform.name === 'feishu')?.botName ?? ''
  stage.wire = log.slice(-WIRE_MAX).toReversed()
  stage.questions = questions
  stage.clockAheadMs = Date.parse(now) - Date.now()
  await loadPeople()
  const asked = location.hash.slice(1)
  const first =
    [asked, FIRST_SHOWN].map((key) => stage.people.find((each) => each.key === key)).find(Boolean) ?? stage.people[0]
  if (first) await choosePerson(first.key)
}

async function refresh(): Promise<void> {
  stage.chats = {}
  await loadPeople()
  if (stage.person) await choosePerson(stage.person)
}

async function loadPeople(): Promise<void> {
  const { people } = await api.people()
  stage.people = people.filter((each) => each.platforms['feishu'])
}

export async function choosePerson(key: string): Promise<void> {
  stage.person = key
  stage.unread[key] = 0
  history.replaceState(null, '', `#${key}`)
  const { chats } = await api.chats(key)
  stage.chats[key] = chats
  if (!phone.value) await openApp('/')
}

/** Opens the workbench app on the phone of the person that is shown. */
export async function openApp(path: string): Promise<void> {
  const key = stage.person
  const { url } = await api.app(key, path)
  const others = stage.phones.filter((each) => each.person !== key).slice(-(PHONES_MAX - 1))
  stage.phones = [...others, { person: key, url, key: ++counter, isClosed: false }]
}

/** A link on a card: one into the app opens on the phone, any other in a new window. */
export function openLink(url: string): void {
  const target = new URL(url, location.href)
  const path = pathInApp(target)
  if (path) void openApp(path)
  else window.open(target.href, '_blank', 'noopener')
}

function pathInApp(target: URL): string | undefined {
  if (stage.appUrl && target.origin === new URL(stage.appUrl).origin)
    return target.pathname + target.search + target.hash
  if (target.hostname.endsWith('.localhost')) return target.pathname + target.search + target.hash
  if (target.hostname !== 'applink.feishu.cn') return undefined
  const inner = target.searchParams.get('lk_target_url')
  return inner ? pathInApp(new URL(inner)) : (target.searchParams.get('path') ?? '/')
}

export async function ask(text: string): Promise<void> {
  if (!chat.value || !text.trim()) return
  stage.isWriting = true
  try {
    await api.write(stage.person, text.trim(), chat.value.chatId)
  } catch (error) {
    showToast(stage.person, 'error', wordsOf(error))
  } finally {
    stage.isWriting = false
  }
}

/** Touches a control of a card in the name of the person that is shown. */
export async function press(messageId: string, action: string, form?: Record<string, unknown>): Promise<ClickView> {
  const key = stage.person
  try {
    const view = await api.click(messageId, key, action, form)
    if (view.toast) showToast(key, view.toast.type, view.toast.content)
    if (view.openUrl) openLink(view.openUrl)
    return view
  } catch (error) {
    showToast(key, 'error', wordsOf(error))
    return {}
  }
}

/** Brings the newest card of the shown chat into view and marks it for a moment. */
export function showCard(): boolean {
  const card = chat.value?.messages.findLast((message) => message.kind === 'card')
  stage.fresh = card?.messageId ?? ''
  return card !== undefined
}

export async function answer(question: AskView, value: string | string[] | null): Promise<void> {
  stage.questions = stage.questions.filter((each) => each.id !== question.id)
  await api.answer(question.person, question.ask, value)
}

export async function advance(ms: number): Promise<void> {
  await api.advance(ms)
}

export function showToast(key: string, type: string, content: string): void {
  const toast = { id: ++counter, person: key, type, content }
  stage.toasts.push(toast)
  setTimeout(() => {
    stage.toasts = stage.toasts.filter((each) => each.id !== toast.id)
  }, TOAST_MS)
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : t('unreachable')
}

function take(event: LiveEvent): void {
  if (event.kind === 'message') for (const key of event.people) takeMessage(key, event.message)
  if (event.kind === 'wire') stage.wire = [event.entry, ...stage.wire].slice(0, WIRE_MAX)
  if (event.kind === 'ask') stage.questions.push(event.question)
  if (event.kind === 'answered') stage.questions = stage.questions.filter((each) => each.id !== event.id)
  if (event.kind === 'toast') showToast(event.person, 'info', event.content)
  if (event.kind === 'people') void loadPeople()
  if (event.kind === 'clock') stage.clockAheadMs = Date.parse(event.now) - Date.now()
  if (event.kind === 'close') {
    const closing = stage.phones.find((each) => each.person === event.person)
    if (closing) closing.isClosed = true
  }
}

function takeMessage(key: string, message: MessageView): void {
  const isOwn = message.from.kind === 'person' && message.from.key === key
  if (key !== stage.person && !isOwn && message.version === 0) stage.unread[key] = (stage.unread[key] ?? 0) + 1
  const place = stage.chats[key]?.find((each) => each.chatId === message.chatId)
  if (!place) return
  const at = place.messages.findIndex((each) => each.messageId === message.messageId)
  if (at < 0) place.messages.push(message)
  else place.messages[at] = message
  stage.fresh = message.messageId
}
